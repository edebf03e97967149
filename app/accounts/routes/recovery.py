"""A forgotten password: a code to the account's own address, then a new one."""

from flask import flash, redirect, render_template, url_for

from app.accounts import lockout, queries
from app.accounts.forms import AddressForm, RecoveryForm
from app.accounts.models import CodePurpose
from app.accounts.routes import steps
from app.accounts.routes.blueprint import bp
from app.accounts.routes.sign_in import SUSPENDED, Page, finish, send_code
from app.accounts.services import codes, profile
from app.core.crypto import hash_password
from app.core.db import transaction
from app.core.errors import DomainError
from app.core.guard import public
from app.core.limits import limiter, typed_address


@bp.route("/recover", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
@limiter.limit("20/hour", key_func=typed_address, methods=["POST"])
def recover() -> Page:
    form = AddressForm()
    status = 200
    if form.validate_on_submit():
        if send_code(steps.Step(CodePurpose.RECOVERY, form.address.data), form.address):
            return redirect(url_for("accounts.recover_code"), 303)
        status = 429
    elif form.is_submitted():
        status = 422
    return render_template("accounts/recover.html", form=form), status


@bp.route("/recover/code", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
def recover_code() -> Page:
    step = steps.current(CodePurpose.RECOVERY)
    if step is None:
        return redirect(url_for("accounts.recover"), 303)
    form = RecoveryForm()
    form.known = (step.address,)
    if form.validate_on_submit():
        password_hash = hash_password(form.password.data)
        with transaction():
            verdict = codes.check(step.address, step.purpose, form.code.data)
            user = queries.by_address(step.address)
            if verdict.is_right and user is not None and user.is_active:
                profile.set_password(user, password_hash)
        if verdict.is_right and user is not None:
            if not user.is_active:
                raise DomainError(SUSPENDED)
            lockout.forget(step.address)
            steps.done()
            flash("新密码设好了，别处的登录都已退出", "success")
            return finish(user, "")
        form.code.errors = [verdict.message]
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/recover_code.html", form=form, step=step), status
