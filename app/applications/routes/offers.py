"""Offers: the employer's form and the seeker's answer."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.applications import services
from app.applications.forms import OfferAnswerForm, OfferForm
from app.applications.models import Application, Offer
from app.applications.routes.access import candidate_or_404, me, my_membership, own_or_404
from app.applications.routes.blueprint import bp
from app.applications.routes.seeking import seeker_page
from app.applications.services.moving import require_handling
from app.core.db import get_or_404, transaction
from app.core.guard import Role, only
from app.core.limits import limiter


@bp.route("/desk/candidates/<int:application_id>/offer", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
@limiter.limit("60/hour", methods=["POST"])
def offer(application_id: int) -> str | Response | tuple[str, int]:
    membership = my_membership()
    application = candidate_or_404(membership, application_id)
    require_handling(application, membership)
    posting = application.posting
    form = OfferForm(salary=posting.salary_min, months=posting.salary_months)
    if request.method == "GET":
        form.version.data = str(application.version)
        return _page(application, form, 200)
    if not form.validate():
        return _page(application, form, 422)
    if form.salary.data < posting.salary_min and not form.is_sure.data:
        return _page(application, form, 422, is_below=True)
    with transaction():
        services.make(
            application,
            membership,
            salary=form.salary.data,
            months=form.months.data,
            starts_on=form.starts_on.data,
            terms=form.terms.data,
            answer_by=form.answer_by.data,
            seen_version=form.seen_version,
        )
    flash("录用通知已发出，等对方答复", "success")
    return redirect(url_for("applications.candidate", application_id=application_id), 303)


def _page(
    application: Application, form: OfferForm, status: int, *, is_below: bool = False
) -> tuple[str, int]:
    return render_template(
        "applications/offer.html", application=application, form=form, is_below=is_below
    ), status


@bp.route("/applications/<int:application_id>/offers/<int:offer_id>", methods=["GET", "POST"])
@only(Role.SEEKER)
def answer_offer(application_id: int, offer_id: int) -> Response | str | tuple[str, int]:
    """POST answers; GET asks once more, before declining or with `answer=accept` before accepting."""
    application = own_or_404(application_id)
    found = get_or_404(Offer, offer_id)
    if found.application_id != application.id:
        abort(404)
    back = url_for("applications.show", application_id=application.id)
    if request.method == "GET" and request.args.get("answer") == "accept":
        return render_template(
            "confirm.html",
            title="接受录用？",
            text="公司会马上收到通知，按录用通知上的待遇和到岗日期等你来。",
            action=request.path,
            yes="接受录用",
            kind="primary",
            hidden={"answer": "accept"},
            back=back,
        )
    if request.method == "GET":
        return render_template("applications/decline.html", offer=found, form=OfferAnswerForm(formdata=None))
    form = OfferAnswerForm()
    if not form.validate() or form.answer.data not in {"accept", "decline"}:
        return seeker_page(application, offer_form=form), 422
    with transaction():
        if form.answer.data == "accept":
            services.accept(found, me())
        else:
            services.decline(found, me(), form.words.data or "")
    flash("已接受录用，公司会和你联系到岗" if form.answer.data == "accept" else "已谢绝录用", "success")
    return redirect(back, 303)
