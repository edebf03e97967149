"""One's own account: name, contact, password, consents, closing."""

from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from app.accounts import consents, lockout, queries
from app.accounts.forms import AddressForm, CloseForm, CodeForm, NameForm, NewPasswordForm, PasswordForm
from app.accounts.models import CodePurpose
from app.accounts.routes import steps
from app.accounts.routes.blueprint import bp
from app.accounts.routes.sessions import confirmed, current_session
from app.accounts.routes.sign_in import Page, send_code
from app.accounts.services import closing, codes, profile, sessions
from app.core.crypto import hash_password, verify_password
from app.core.db import transaction
from app.core.guard import local_target, signed_in
from app.core.limits import limiter


@bp.route("/account", methods=["GET", "POST"])
@signed_in
def settings() -> Page:
    form = NameForm(data={"name": current_user.name})
    if form.validate_on_submit():
        with transaction():
            profile.rename(current_user, form.name.data)
        flash("称呼已改好", "success")
        return redirect(url_for("accounts.settings"), 303)
    left = queries.recovery_codes_left(current_user) if current_user.needs_totp else 0
    page = render_template(
        "accounts/settings.html", form=form, codes_left=left, texts=consents.CURRENT.values()
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/account/confirm", methods=["GET", "POST"])
@signed_in
@limiter.limit("20/hour", methods=["POST"])
def confirm() -> Page:
    """Prove again that it is you: by password, or by a code to the account's own address."""
    target = local_target(request.values.get("next")) or url_for("accounts.settings")
    form = PasswordForm()
    if request.form.get("way") == "code":
        own = current_user.phone or current_user.email
        if send_code(steps.Step(CodePurpose.CONFIRM, own, target=target), form.password):
            return redirect(url_for("accounts.confirm_code"), 303)
        flash(form.password.errors[0], "error")
        return redirect(url_for("accounts.confirm", next=target), 303)
    who = f"confirm:{current_user.id}"
    if form.validate_on_submit():
        if seconds := lockout.seconds_left(who):
            form.password.errors = [lockout.wait_words(seconds)]
        elif verify_password(current_user.password_hash, form.password.data):
            lockout.forget(who)
            with transaction():
                sessions.confirm(current_session())
            return redirect(target, 303)
        else:
            lockout.note_failure(who)
            form.password.errors = ["密码不对"]
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/confirm.html", form=form, target=target), status


@bp.route("/account/confirm/code", methods=["GET", "POST"])
@signed_in
@limiter.limit("30/minute", methods=["POST"])
def confirm_code() -> Page:
    step = steps.current(CodePurpose.CONFIRM)
    if step is None:
        return redirect(url_for("accounts.confirm"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        with transaction():
            verdict = codes.check(step.address, step.purpose, form.code.data)
            if verdict.is_right:
                sessions.confirm(current_session())
        if verdict.is_right:
            steps.done()
            return redirect(local_target(step.target) or url_for("accounts.settings"), 303)
        form.code.errors = [verdict.message]
    return render_template("accounts/code.html", form=form, step=step), 422 if form.is_submitted() else 200


@bp.route("/account/address", methods=["GET", "POST"])
@signed_in
@confirmed
def change_address() -> Page:
    form = AddressForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        if send_code(steps.Step(CodePurpose.CHANGE, form.address.data), form.address):
            return redirect(url_for("accounts.change_address_code"), 303)
        status = 429
    return render_template("accounts/change_address.html", form=form), status


@bp.route("/account/address/code", methods=["GET", "POST"])
@signed_in
@confirmed
@limiter.limit("30/minute", methods=["POST"])
def change_address_code() -> Page:
    step = steps.current(CodePurpose.CHANGE)
    if step is None:
        return redirect(url_for("accounts.change_address"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        with transaction():
            verdict = codes.check(step.address, step.purpose, form.code.data)
            if verdict.is_right:
                profile.change_address(current_user, step.address)
        if verdict.is_right:
            steps.done()
            flash("联系方式已换好", "success")
            return redirect(url_for("accounts.settings"), 303)
        form.code.errors = [verdict.message]
    return render_template("accounts/code.html", form=form, step=step), 422 if form.is_submitted() else 200


@bp.route("/account/password", methods=["GET", "POST"])
@signed_in
@confirmed
def change_password() -> Page:
    form = NewPasswordForm()
    form.known = (current_user.phone, current_user.email)
    if form.validate_on_submit():
        password_hash = hash_password(form.password.data)
        with transaction():
            profile.set_password(current_user, password_hash, keep=current_session())
        flash("新密码设好了，别处的登录都已退出", "success")
        return redirect(url_for("accounts.settings"), 303)
    return render_template("accounts/change_password.html", form=form), 422 if form.is_submitted() else 200


@bp.route("/account/close", methods=["GET", "POST"])
@signed_in
@confirmed
def close() -> Page:
    form = CloseForm()
    if form.validate_on_submit():
        with transaction():
            closing.close(current_session().user)
        session.clear()
        flash("账号已注销", "success")
        return redirect(url_for("discovery.home"), 303)
    page = render_template("accounts/close.html", form=form, years=closing.KEPT_YEARS)
    return page, 422 if form.is_submitted() else 200
