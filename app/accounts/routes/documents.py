"""The texts that people agree to, and the page that asks again when one has changed."""

from flask import flash, redirect, render_template, request
from flask_login import current_user

from app.accounts import consents, queries
from app.accounts.forms import ConsentForm
from app.accounts.models import ConsentDocument
from app.accounts.routes.blueprint import bp
from app.accounts.routes.sessions import current_session
from app.accounts.routes.sign_in import Page, home_of
from app.accounts.services import registration
from app.core.db import transaction
from app.core.guard import local_target, public, signed_in


@bp.get("/terms")
@public
def terms() -> str:
    return render_template("accounts/terms.html", text=consents.CURRENT[ConsentDocument.TERMS])


@bp.get("/privacy")
@public
def privacy() -> str:
    return render_template("accounts/privacy.html", text=consents.CURRENT[ConsentDocument.PRIVACY])


@bp.route("/consent", methods=["GET", "POST"])
@signed_in
def consent() -> Page:
    form = ConsentForm()
    target = local_target(request.values.get("next")) or home_of(current_user)
    if form.validate_on_submit():
        with transaction():
            registration.agree(current_user)
            current_session().consent = consents.current_versions()
        flash("谢谢，已记下你的同意", "success")
        return redirect(target, 303)
    has_older = bool(queries.agreed_versions(current_user))
    page = render_template(
        "accounts/consent.html",
        form=form,
        target=target,
        has_older=has_older,
        texts=consents.CURRENT.values(),
    )
    return page, 422 if form.is_submitted() else 200
