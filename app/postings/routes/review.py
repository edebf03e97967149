"""The office's review: the queue, one posting with its findings, reports from readers."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.core import places
from app.core.db import get_or_404, paginate, transaction
from app.core.guard import Role, only
from app.core.presentation import ago
from app.postings import checking, fields, pay, policy, queries, services
from app.postings.forms import OutcomeForm, PublishForm, ReturnForm
from app.postings.kinds import OFFICE, STATE_LABELS, STATE_TONES, kind_of
from app.postings.models import Posting, PostingReport
from app.postings.routes.access import me
from app.postings.routes.blueprint import bp
from app.postings.routes.companies import page_number
from app.postings.routes.desk import event_of, moves_open_to
from app.postings.routes.public import facts_of

Answer = str | Response | tuple[str, int]


def _tabs(current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": "待审核",
            "href": url_for("postings.review"),
            "current": current == "review",
            "count": queries.waiting_count(),
        },
        {
            "label": "举报",
            "href": url_for("postings.reports"),
            "current": current == "reports",
            "count": queries.report_count(),
        },
    ]


@bp.get("/review/postings")
@only(Role.OFFICE, Role.ADMIN)
def review() -> str:
    page, on = paginate(queries.waiting(), number=page_number(), size=20), queries.today()
    rows = [
        {
            "posting": each,
            "place": places.label(each.place),
            "pay": pay.short(each),
            "waiting": ago(each.submitted_at),
            "is_late": each.submitted_at is not None and (on - each.submitted_at.date()).days >= 2,
            "may_publish": each.organization.may_publish(on),
        }
        for each in page
    ]
    return render_template(
        "postings/review.html",
        page=page,
        rows=rows,
        tabs_shown=_tabs("review"),
        url_for_page=lambda number: url_for("postings.review", page=number),
    )


def _review_page(posting: Posting, publish_form: PublishForm, return_form: ReturnForm) -> str:
    on, values = queries.today(), fields.values_of(posting)
    marked: dict[str, list[str]] = {}
    found = checking.findings(values)
    for each in found:
        marked.setdefault(each.field, []).append(each.words)
    return render_template(
        "postings/review_one.html",
        posting=posting,
        kind=kind_of(posting.kind),
        state=STATE_LABELS[posting.state],
        tone=STATE_TONES.get(posting.state, ""),
        pay=pay.full(posting),
        facts=facts_of(posting),
        findings=found,
        labels=fields.LABELS,
        marked_words=marked,
        texts=fields.worded(values),
        verbs=moves_open_to(posting, OFFICE),
        may_publish=policy.can_publish(posting.organization, on),
        openings=queries.open_count(posting.organization_id, on),
        events=[event_of(step) for step in queries.moves(posting, limit=20)],
        reports=queries.reports_of(posting),
        outcome_form=OutcomeForm(formdata=None),
        publish_form=publish_form,
        return_form=return_form,
        waiting=queries.waiting_count(),
    )


def _posting(posting_id: int) -> Posting:
    posting = queries.with_organization(posting_id)
    if posting is None or (posting.submitted_at is None and posting.published_at is None):
        abort(404)  # drafts are nobody's business but the employer's
    return posting


def _fresh(posting: Posting) -> tuple[PublishForm, ReturnForm]:
    seen = str(posting.version)
    return PublishForm(formdata=None, version=seen), ReturnForm(formdata=None, version=seen)


@bp.get("/review/postings/<int:posting_id>")
@only(Role.OFFICE, Role.ADMIN)
def review_one(posting_id: int) -> str:
    posting = _posting(posting_id)
    return _review_page(posting, *_fresh(posting))


def _on_to_next(decided: Posting) -> Response:
    """Straight to the next one in the queue, back to the empty queue after the last."""
    following = queries.next_waiting(decided)
    if following is None:
        return redirect(url_for("postings.review"), 303)
    return redirect(url_for("postings.review_one", posting_id=following.id), 303)


@bp.post("/review/postings/<int:posting_id>/publish")
@only(Role.OFFICE, Role.ADMIN)
def publish(posting_id: int) -> Answer:
    posting, form = _posting(posting_id), PublishForm()
    is_valid = form.validate()
    if is_valid and posting.warnings and not form.note.data:
        form.note.errors = ["写下放行的理由，会留在记录里"]
        is_valid = False
    if not is_valid:
        return _review_page(posting, form, _fresh(posting)[1]), 422
    with transaction():
        services.publish(posting, me(), seen_version=form.seen_version, note=form.note.data or "")
    flash(f"已发布「{posting.title}」", "success")
    return _on_to_next(posting)


@bp.post("/review/postings/<int:posting_id>/return")
@only(Role.OFFICE, Role.ADMIN)
def return_(posting_id: int) -> Answer:
    posting, form = _posting(posting_id), ReturnForm()
    if not form.validate():
        return _review_page(posting, _fresh(posting)[0], form), 422
    with transaction():
        services.return_(posting, me(), seen_version=form.seen_version, reason=form.full_reason())
    flash(f"已退回「{posting.title}」，作者会收到原因", "success")
    return _on_to_next(posting)


@bp.get("/review/reports")
@only(Role.OFFICE, Role.ADMIN)
def reports() -> str:
    page = paginate(queries.open_reports(), number=page_number(), size=20)
    return render_template(
        "postings/reports.html",
        page=page,
        form=OutcomeForm(formdata=None),
        tabs_shown=_tabs("reports"),
        url_for_page=lambda number: url_for("postings.reports", page=number),
    )


@bp.post("/review/reports/<int:report_id>")
@only(Role.OFFICE, Role.ADMIN)
def handle_report(report_id: int) -> Response:
    row, form = get_or_404(PostingReport, report_id), OutcomeForm()
    if not form.validate():
        flash(form.outcome.errors[0], "error")
        return redirect(url_for("postings.reports"), 303)
    with transaction():
        services.handle_report(row, form.outcome.data)
    flash("已记下处理结果", "success")
    return redirect(url_for("postings.reports"), 303)
