"""Signing up: address and consents first, then code, name and, for those who want one, a password."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from app.accounts import queries
from app.accounts.forms import SignUpCodeForm, SignUpForm
from app.accounts.models import CodePurpose
from app.accounts.routes import steps
from app.accounts.routes.blueprint import bp
from app.accounts.routes.sign_in import SUSPENDED, Page, finish, home_of, send_code
from app.accounts.services import codes, registration
from app.core.crypto import hash_password
from app.core.db import transaction
from app.core.errors import DomainError
from app.core.guard import Role, local_target, public
from app.core.limits import limiter, typed_address

ROLES = {Role.SEEKER: "找工作", Role.ENTERPRISE: "企业招人", Role.ORGANIZER: "学校"}
STARTS: dict[Role, tuple[str, dict[str, int]]] = {
    Role.SEEKER: ("people.quick", {"step": 1}),  # eight questions: with them done, one can apply and be found
    Role.ENTERPRISE: ("organizations.register", {}),
    Role.ORGANIZER: ("organizations.register", {}),
}


def _role() -> Role:
    asked = request.values.get("as", "")
    return Role(asked) if asked in {role.value for role in ROLES} else Role.SEEKER


@bp.route("/sign-up", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
@limiter.limit("20/hour", key_func=typed_address, methods=["POST"])
def sign_up() -> Page:
    if current_user.is_authenticated:
        return redirect(home_of(current_user), 303)
    form, role = SignUpForm(), _role()
    target = local_target(request.values.get("next")) or ""
    status = 200
    if form.validate_on_submit():
        step = steps.Step(CodePurpose.SIGN_UP, form.address.data, role=role.value, target=target)
        if send_code(step, form.address):
            return redirect(url_for("accounts.sign_up_code"), 303)
        status = 429
    elif form.is_submitted():
        status = 422
    return render_template("accounts/sign_up.html", form=form, role=role, roles=ROLES, target=target), status


@bp.route("/sign-up/code", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
def sign_up_code() -> Page:
    step = steps.current(CodePurpose.SIGN_UP)
    if step is None:
        return redirect(url_for("accounts.sign_up"), 303)
    form = SignUpCodeForm()
    form.known = (step.address,)
    if form.validate_on_submit():
        password_hash = hash_password(form.password.data) if form.password.data else None
        role, name = Role(step.role), form.name.data
        with transaction():
            verdict = codes.check(step.address, step.purpose, form.code.data)
            user = queries.by_address(step.address)
            is_new = verdict.is_right and user is None
            if is_new:
                user = registration.sign_up(
                    address=step.address, name=name, role=role, password_hash=password_hash
                )
        if verdict.is_right and user is not None:
            if not user.is_active:
                raise DomainError(SUSPENDED)
            if not is_new:
                flash("这个号码已经有账号，已经直接登录", "warning")
                return finish(user, step.target)
            flash(f"注册好了，{name}，欢迎你", "success")
            endpoint, values = STARTS[role]
            return finish(user, step.target or url_for(endpoint, **values))  # type: ignore[arg-type]  # of a path
        form.code.errors = [verdict.message]
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/sign_up_code.html", form=form, step=step), status
