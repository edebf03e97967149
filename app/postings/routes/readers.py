"""What a reader does with a posting: keep it, report it."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core.db import paginate, transaction
from app.core.guard import Role, local_target, only, public
from app.core.limits import limiter
from app.postings import queries, services
from app.postings.cards import cards
from app.postings.forms import ReportForm
from app.postings.models import Posting
from app.postings.routes.access import me, me_or_none
from app.postings.routes.blueprint import bp
from app.postings.routes.companies import page_number


def _known(posting_id: int) -> Posting:
    posting = queries.with_organization(posting_id)
    if posting is None or posting.published_at is None:
        abort(404)
    return posting


def _back(posting: Posting) -> Response:
    target = local_target(request.form.get("next")) or url_for("postings.show", posting_id=posting.id)
    return redirect(target, 303)


@bp.post("/jobs/<int:posting_id>/save")
@only(Role.SEEKER)
def save(posting_id: int) -> Response:
    posting = _known(posting_id)
    with transaction():
        services.save(posting, me())
    flash("已收藏，在「我的」里能找到", "success")
    return _back(posting)


@bp.post("/jobs/<int:posting_id>/unsave")
@only(Role.SEEKER)
def unsave(posting_id: int) -> Response:
    posting = _known(posting_id)
    with transaction():
        services.unsave(posting, me())
    flash("已取消收藏", "success")
    return _back(posting)


@bp.get("/jobs/saved")
@only(Role.SEEKER)
def saved() -> str:
    on = queries.today()
    page = paginate(queries.saved_by(me()), number=page_number(), size=20)
    still_open = [row.posting for row in page if row.posting.is_open(on)]
    over = [row.posting for row in page if not row.posting.is_open(on)]
    return render_template(
        "postings/saved.html",
        page=page,
        cards=cards([each.id for each in still_open]),
        over=over,
        url_for_page=lambda number: url_for("postings.saved", page=number),
    )


@bp.route("/jobs/<int:posting_id>/report", methods=["GET", "POST"])
@public
@limiter.limit("6/hour", methods=["POST"])
def report(posting_id: int) -> str | Response | tuple[str, int]:
    posting = _known(posting_id)
    form = ReportForm()
    if form.validate_on_submit():
        with transaction():
            services.report(posting, me_or_none(), form.reason.data, form.text.data or "")
        flash("收到了，人才办会核实。谢谢你", "success")
        return redirect(url_for("discovery.find_companies"), 303)
    page = render_template("postings/report.html", posting=posting, form=form)
    return (page, 422) if form.errors else page
