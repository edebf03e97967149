"""The employer's own postings: the list, one posting's page with its moves, and its history."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import places
from app.core.db import paginate, transaction
from app.core.errors import authorize
from app.core.guard import Role, only
from app.core.presentation import day, due, due_tone, moment
from app.postings import fields, pay, policy, queries, services
from app.postings.forms import CloseForm, RenewForm
from app.postings.fullness import gaps
from app.postings.kinds import AUTHOR, STATE_LABELS, STATE_TONES, kind_of
from app.postings.models import Posting, PostingMove, PostingState
from app.postings.routes.access import me, my_membership, own_posting
from app.postings.routes.blueprint import bp
from app.postings.routes.companies import page_number
from app.postings.routes.public import absolute

EXPIRING = "expiring"
SAID = {  # what the page says after each move
    "submit": "已提交，人才办审核后发布",
    "recall": "撤回来了，改好再提交",
    "pause": "已暂停，求职者暂时看不到",
    "resume": "恢复招聘了",
}


def row_of(posting: Posting) -> dict[str, Any]:
    is_running = posting.state is PostingState.PUBLISHED
    return {
        "posting": posting,
        "state": STATE_LABELS[posting.state],
        "tone": STATE_TONES.get(posting.state, ""),
        "pay": pay.short(posting),
        "place": places.label(posting.place),
        "due": due(posting.valid_until) if is_running else "",
        "due_tone": due_tone(posting.valid_until) if is_running else "",
    }


@bp.get("/postings")
@only(Role.ENTERPRISE)
def index() -> str:
    membership, on = my_membership(), queries.today()
    asked, words = request.args.get("state", ""), request.args.get("q", "").strip()[:40]
    state = PostingState(asked) if asked in set(PostingState) else None
    soon = on + timedelta(days=queries.EXPIRING_DAYS) if asked == EXPIRING else None
    query = queries.of_organization(membership.organization_id, state=state, words=words, expiring_by=soon)
    page = paginate(query, number=page_number(), size=20)
    counts = queries.counts_by_state(membership.organization_id)
    return render_template(
        "postings/index.html",
        page=page,
        rows=[row_of(each) for each in page],
        tabs_shown=_tabs(counts, queries.expiring_count(membership.organization_id, on), asked, words),
        words=words,
        asked=asked,
        organization=membership.organization,
        may_publish=policy.can_publish(membership.organization, on),
        url_for_page=lambda number: url_for(
            "postings.index", state=asked or None, q=words or None, page=number
        ),
    )


def _tabs(counts: dict[PostingState, int], expiring: int, asked: str, words: str) -> list[dict[str, Any]]:
    def tab(label: str, value: str, count: int) -> dict[str, Any]:
        href = url_for("postings.index", state=value or None, q=words or None)
        return {"label": label, "href": href, "current": asked == value, "count": count}

    shown = [tab("全部", "", sum(counts.values()))]
    shown += [
        tab(STATE_LABELS[state], state.value, counts[state]) for state in PostingState if counts.get(state)
    ]
    if expiring or asked == EXPIRING:
        shown.append(tab("快到期", EXPIRING, expiring))
    return shown


def event_of(step: PostingMove) -> dict[str, Any]:
    """A move as the timeline shows it."""
    return {
        "title": f"{STATE_LABELS[step.from_state]} → {STATE_LABELS[step.to_state]}",
        "when": moment(step.moved_at),
        "iso": step.moved_at.isoformat(),
        "text": step.reason or "",
        "who": step.moved_by.name if step.moved_by else "系统",
        "kind": STATE_TONES.get(step.to_state, ""),
    }


def moves_open_to(posting: Posting, part: str) -> list[str]:
    return [move.verb for move in kind_of(posting.kind).workflow.possible(posting.state, part)]


@bp.get("/postings/<int:posting_id>")
@only(Role.ENTERPRISE)
def manage(posting_id: int) -> str:
    return _manage_page(own_posting(posting_id), CloseForm(), RenewForm())


def _manage_page(posting: Posting, close_form: CloseForm, renew_form: RenewForm) -> str:
    on = queries.today()
    return render_template(
        "postings/manage.html",
        gaps=gaps(posting),
        row=row_of(posting),
        posting=posting,
        kind=kind_of(posting.kind),
        verbs=moves_open_to(posting, AUTHOR),
        is_open=posting.is_open(on),
        may_publish=policy.can_publish(posting.organization, on),
        link=absolute(url_for("postings.show", posting_id=posting.id)),
        events=[event_of(step) for step in queries.moves(posting, limit=6)],
        close_form=close_form,
        renew_form=renew_form,
        latest=on + timedelta(days=366),
    )


@bp.post("/postings/<int:posting_id>/moves/<verb>")
@only(Role.ENTERPRISE)
def move(posting_id: int, verb: str) -> Response:
    """The moves that need no words: submit, recall, pause, resume."""
    posting = own_posting(posting_id)
    if verb not in SAID:
        return redirect(url_for("postings.manage", posting_id=posting_id), 303)
    with transaction():
        authorize(policy.can_write(my_membership(), posting))
        getattr(services, verb)(posting, me())
    flash(SAID[verb], "success")
    return redirect(url_for("postings.manage", posting_id=posting_id), 303)


@bp.route("/postings/<int:posting_id>/close", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def close(posting_id: int) -> str | Response | tuple[str, int]:
    posting, form = own_posting(posting_id), CloseForm()
    if form.validate_on_submit():
        with transaction():
            authorize(policy.can_write(my_membership(), posting))
            services.close(posting, me(), form.reason.data)
        flash("已关闭，不再收投递", "success")
        return redirect(url_for("postings.manage", posting_id=posting_id), 303)
    return render_template("postings/close.html", posting=posting, form=form), 422 if form.errors else 200


@bp.post("/postings/<int:posting_id>/renew")
@only(Role.ENTERPRISE)
def renew(posting_id: int) -> Response | tuple[str, int]:
    posting, form = own_posting(posting_id), RenewForm()
    if not form.validate_on_submit():
        return _manage_page(posting, CloseForm(formdata=None), form), 422
    with transaction():
        authorize(policy.can_write(my_membership(), posting))
        services.renew(posting, me(), form.valid_until.data)
    flash(f"重新招聘，到{day(form.valid_until.data)}为止", "success")
    return redirect(url_for("postings.manage", posting_id=posting_id), 303)


@bp.route("/postings/<int:posting_id>/discard", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def discard(posting_id: int) -> str | Response:
    posting = own_posting(posting_id)
    if request.method == "GET":
        return render_template(
            "confirm.html",
            title=f"删除草稿「{posting.title}」？",
            text="删除后找不回来。",
            action=url_for("postings.discard", posting_id=posting_id),
            yes="删除",
            back=url_for("postings.manage", posting_id=posting_id),
        )
    with transaction():
        authorize(policy.can_write(my_membership(), posting))
        services.discard(posting)
    flash("草稿删掉了", "success")
    return redirect(url_for("postings.index"), 303)


@bp.get("/postings/<int:posting_id>/history")
@only(Role.ENTERPRISE)
def history(posting_id: int) -> str:
    posting = own_posting(posting_id)
    page = paginate(queries.revisions(posting), number=page_number(), size=20)
    rows = list(page)
    newer = queries.revision_after(posting, rows[0].version) if rows else None
    following = newer.fields if newer else fields.snapshot(posting)
    edits = []
    for revision in rows:  # newest first: what an edit led to is what the next one began with
        edits.append((revision, fields.differences(posting.kind, revision.fields, following)))
        following = revision.fields
    return render_template(
        "postings/history.html",
        posting=posting,
        edits=edits,
        events=[event_of(step) for step in queries.moves(posting)],
        page=page,
        url_for_page=lambda number: url_for("postings.history", posting_id=posting_id, page=number),
    )
