"""The second factor of office and admin: asked at each sign-in, set up at the first."""

import io

import segno
from flask import Response as FlaskResponse
from flask import redirect, render_template, url_for
from flask_login import current_user

from app.accounts import lockout, queries
from app.accounts.forms import SecondFactorForm
from app.accounts.models import User
from app.accounts.routes import steps
from app.accounts.routes.blueprint import bp
from app.accounts.routes.sessions import confirmed, open_session
from app.accounts.routes.sign_in import Page, enter, home_of
from app.accounts.services import registration
from app.accounts.services import second_factor as factor
from app.core.db import transaction
from app.core.guard import Role, local_target, only, public
from app.core.limits import limiter

WRONG = "动态码不对，或已经用过；等它换成下一个再试"


def _who(user_id: int) -> str:
    return f"second factor:{user_id}"


@bp.route("/sign-in/second-factor", methods=["GET", "POST"], endpoint="second_factor")
@public
@limiter.limit("30/minute", methods=["POST"])
def ask() -> Page:
    waiting = steps.pending()
    if waiting is None:
        return redirect(url_for("accounts.sign_in"), 303)
    user, target = waiting
    if user.totp_confirmed_at is None:
        return redirect(url_for("accounts.set_up_second_factor"), 303)
    form = SecondFactorForm()
    status = 200
    if form.validate_on_submit():
        if seconds := lockout.seconds_left(_who(user.id)):
            form.code.errors = [lockout.wait_words(seconds)]
            status = 429
        else:
            with transaction():
                is_right = _accept(user, form.code.data)
            if is_right:
                lockout.forget(_who(user.id))
                return enter(user, target)
            lockout.note_failure(_who(user.id))
            form.code.errors, status = [WRONG], 422
    elif form.is_submitted():
        status = 422
    return render_template("accounts/second_factor.html", form=form), status


def _accept(user: User, typed: str) -> bool:
    plain = typed.replace(" ", "")
    if plain.isdigit() and len(plain) == 6:
        return factor.accept(user, plain)
    return factor.accept_recovery_code(user, plain)


@bp.route("/sign-in/second-factor/set-up", methods=["GET", "POST"])
@public
@limiter.limit("30/minute", methods=["POST"])
def set_up_second_factor() -> Page:
    waiting = steps.pending()
    if waiting is None:
        return redirect(url_for("accounts.sign_in"), 303)
    user, target = waiting
    if user.totp_confirmed_at is not None:
        return redirect(url_for("accounts.second_factor"), 303)
    form = SecondFactorForm()
    if form.validate_on_submit():
        with transaction():
            codes = factor.confirm(user, form.code.data)
            if codes:
                open_session(user, registration.consent_state(user))
        if codes:
            onward = local_target(target) or home_of(user)
            return render_template("accounts/recovery_codes.html", codes=codes, onward=onward)
        form.code.errors = [WRONG]
    key = factor.key_of(user)
    grouped = " ".join(key[at : at + 4] for at in range(0, len(key), 4))
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/set_up_second_factor.html", form=form, key=grouped), status


@bp.get("/sign-in/second-factor/qr.svg")
@public
def second_factor_qr() -> Page:
    """The key as a QR code, only for whoever is setting it up on this browser right now."""
    waiting = steps.pending()
    if waiting is None or waiting[0].totp_confirmed_at is not None:
        return redirect(url_for("accounts.sign_in"), 303)
    picture = io.BytesIO()
    segno.make(factor.address_for_apps(waiting[0]), error="m").save(picture, kind="svg", scale=6, border=2)
    response = FlaskResponse(picture.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/account/recovery-codes")
@only(Role.OFFICE, Role.ADMIN)
@confirmed
def recovery_codes() -> Page:
    left = queries.recovery_codes_left(current_user)
    return render_template("accounts/renew_codes.html", left=left)


@bp.post("/account/recovery-codes")
@only(Role.OFFICE, Role.ADMIN)
@confirmed
def renew_recovery_codes() -> Page:
    with transaction():
        codes = factor.renew_recovery_codes(current_user)
    return render_template("accounts/recovery_codes.html", codes=codes, onward=url_for("accounts.settings"))
