"""Signing in, by code or by password."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.fields import Field

from app.accounts import lockout, queries
from app.accounts.forms import AddressForm, CodeForm, PasswordSignInForm
from app.accounts.models import CodePurpose, User
from app.accounts.routes import steps
from app.accounts.routes.blueprint import bp
from app.accounts.routes.sessions import open_session
from app.accounts.services import codes, registration, second_factor
from app.core.crypto import verify_password
from app.core.db import transaction
from app.core.errors import DomainError
from app.core.guard import Role, local_target, public
from app.core.limits import limiter, typed_address

Page = str | Response | tuple[str, int]

HOMES = {
    Role.SEEKER: "discovery.home",
    Role.ENTERPRISE: "applications.desk",
    Role.ORGANIZER: "organizations.mine",
    Role.OFFICE: "office.home",
    Role.ADMIN: "accounts.users",
}
WRONG = "手机号、邮箱或密码不对"
SUSPENDED = "这个账号已停用，有疑问请联系县委人才办"


def home_of(user: User) -> str:
    """Where a person of this role starts."""
    endpoint = HOMES[user.role]
    return url_for(endpoint if endpoint in current_app.view_functions else "discovery.home")


def finish(user: User, target: str) -> Response:
    """The first factor was right: sign in, or lead to the second one."""
    if user.needs_totp:
        with transaction():
            second_factor.prepare(user)
        steps.put_pending(user, target)
        is_set = user.totp_confirmed_at is not None
        return redirect(url_for("accounts.second_factor" if is_set else "accounts.set_up_second_factor"), 303)
    return enter(user, target)


def enter(user: User, target: str) -> Response:
    """Every factor was right: sign in on this browser."""
    with transaction():
        open_session(user, registration.consent_state(user))
    return redirect(local_target(target) or home_of(user), 303)


def send_code(step: steps.Step, field: Field) -> bool:
    """Send the code of *step* and remember the step; False with the reason on *field* when it is too soon."""
    try:
        with transaction():
            codes.issue(step.address, step.purpose)
    except codes.CodesTooOften as error:
        field.errors = [str(error)]
        return False
    steps.put(step)
    return True


def _page(way: str, form: AddressForm | PasswordSignInForm, status: int = 200) -> Page:
    target = local_target(request.values.get("next")) or ""
    return render_template("accounts/sign_in.html", way=way, form=form, target=target), status


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
@limiter.limit("20/hour", key_func=typed_address, methods=["POST"])
def sign_in() -> Page:
    target = local_target(request.values.get("next")) or ""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(target or home_of(current_user), 303)
    if request.values.get("way") == "password":
        return _by_password(target)
    form = AddressForm()
    if not form.validate_on_submit():
        return _page("code", form, 422 if form.errors else 200)
    if not send_code(steps.Step(CodePurpose.SIGN_IN, form.address.data, target=target), form.address):
        return _page("code", form, 429)
    return redirect(url_for("accounts.sign_in_code"), 303)


def _by_password(target: str) -> Page:
    form = PasswordSignInForm()
    if not form.validate_on_submit():
        return _page("password", form, 422 if form.errors else 200)
    address = form.address.data
    if seconds := lockout.seconds_left(address):
        form.password.errors = [lockout.wait_words(seconds) + "，或改用验证码登录"]
        return _page("password", form, 429)
    user = queries.by_address(address)
    if not verify_password(user.password_hash if user else None, form.password.data) or user is None:
        lockout.note_failure(address)
        form.password.errors = [WRONG]
        return _page("password", form, 422)
    if not user.is_active:
        form.address.errors = [SUSPENDED]
        return _page("password", form, 403)
    lockout.forget(address)
    return finish(user, target)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
def sign_in_code() -> Page:
    step = steps.current(CodePurpose.SIGN_IN)
    if step is None:
        return redirect(url_for("accounts.sign_in"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        with transaction():
            verdict = codes.check(step.address, step.purpose, form.code.data)
        user = queries.by_address(step.address)
        if verdict.is_right and user is not None:
            if not user.is_active:
                raise DomainError(SUSPENDED)
            lockout.forget(step.address)
            return finish(user, step.target)
        form.code.errors = [verdict.message]
    status = 422 if form.errors or form.code.errors else 200
    return render_template("accounts/code.html", form=form, step=step), status


@bp.post("/sign-in/code/again/<purpose>")
@public
@limiter.limit("10/minute")
def send_again(purpose: str) -> Response:
    """Send the code of the current step once more."""
    known = CodePurpose(purpose) if purpose in set(CodePurpose) else None
    step = steps.current(known) if known else None
    if step is None:
        return redirect(url_for("accounts.sign_in"), 303)
    try:
        with transaction():
            codes.issue(step.address, step.purpose)
    except codes.CodesTooOften as error:
        flash(str(error), "error")
    else:
        flash("验证码已重新发出", "success")
    return redirect(url_for(CODE_PAGES[step.purpose]), 303)


CODE_PAGES = {
    CodePurpose.SIGN_IN: "accounts.sign_in_code",
    CodePurpose.SIGN_UP: "accounts.sign_up_code",
    CodePurpose.RECOVERY: "accounts.recover_code",
    CodePurpose.CHANGE: "accounts.change_address_code",
    CodePurpose.CONFIRM: "accounts.confirm_code",
}
