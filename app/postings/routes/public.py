"""The public page of one posting, its share page and QR code."""

import io
from typing import Any

import segno
from flask import Response, abort, current_app, render_template, url_for

from app.core import fit, places
from app.core.degrees import Degree
from app.core.guard import Role, public
from app.core.presentation import day, years_text
from app.organizations.queries import membership_of
from app.people.queries import person_of
from app.postings import pay, policy, queries
from app.postings.cards import similar_cards
from app.postings.kinds import STATE_LABELS, kind_of
from app.postings.models import Posting, PostingState
from app.postings.routes.access import me_or_none
from app.postings.routes.blueprint import bp
from app.postings.structured import as_script, job_posting

ONCE_PUBLIC = frozenset(
    {PostingState.PAUSED, PostingState.CLOSED, PostingState.EXPIRED, PostingState.PUBLISHED}
)


def absolute(path: str) -> str:
    return current_app.config["SERVER_URL"].rstrip("/") + path


def facts_of(posting: Posting) -> list[tuple[str, str]]:
    """The grid of facts, in the order in which people ask."""
    extra = posting.extra or {}
    own = [
        (each.label, f"{extra[each.name]}{each.unit}" if each.type == "number" else "是")
        for each in kind_of(posting.kind).extra
        if extra.get(each.name) and each.type != "tick"
    ]
    return [
        ("工作地点", places.label(posting.place)),
        ("班次", posting.shift),
        ("学历", Degree(posting.degree).demand),
        ("经验", years_text(posting.years)),
        ("招聘人数", f"{posting.headcount}人"),
        ("用工形式", posting.employment),
        ("岗位类别", posting.family),
        ("产业链", posting.chain_link),
        *own,
        ("发布", day(posting.published_at)),
        ("有效至", day(posting.valid_until)),
    ]


def _fit_for_me(posting: Posting) -> fit.Fit | None:
    user = me_or_none()
    if user is None or user.role is not Role.SEEKER:
        return None
    person = person_of(user)
    if person is None or not person.is_matching_on:
        return None
    found = fit.current().explain(person.id, posting.id)
    return fit.with_remedies([found])[0] if found else None


def _gone(posting: Posting) -> tuple[str, int]:
    """What was public and is over says so and shows where else to look."""
    page = render_template(
        "postings/gone.html",
        posting=posting,
        is_recruiting=posting.organization.may_publish(queries.today()),
        state=STATE_LABELS[posting.state],
        similar=similar_cards(posting),
    )
    return page, 410


@bp.get("/jobs/<int:posting_id>")
@public
def show(posting_id: int) -> str | tuple[str, int]:
    posting = queries.with_organization(posting_id)
    if posting is None:
        abort(404)
    on, user = queries.today(), me_or_none()
    if not posting.is_open(on):
        membership = membership_of(user) if user is not None and user.role is Role.ENTERPRISE else None
        if not policy.can_read(user, membership, posting, on):
            if posting.published_at is not None and posting.state in ONCE_PUBLIC:
                return _gone(posting)
            abort(404)
        return shown(posting, is_preview=True)
    is_seeker = user is not None and user.role is Role.SEEKER
    return shown(
        posting,
        fit=_fit_for_me(posting),
        similar=similar_cards(posting),
        openings=queries.open_count(posting.organization_id, on),
        is_saved=is_seeker and queries.saved_row(user, posting) is not None,
        structured=as_script(
            job_posting(posting, absolute(_path(posting)), absolute(_company_path(posting)))
        ),
    )


def shown(posting: Posting, *, is_preview: bool = False, **more: Any) -> str:
    """The page as readers see it; a preview has nothing to press and no structured data."""
    user = me_or_none()
    return render_template(
        "postings/show.html",
        posting=posting,
        kind=kind_of(posting.kind),
        pay=pay.full(posting),
        facts=facts_of(posting),
        place=places.label(posting.place),
        is_preview=is_preview,
        state=STATE_LABELS[posting.state] if posting.state else "",
        can_apply=user is None or user.role is Role.SEEKER,
        link=absolute(_path(posting)) if posting.id else "",
        **more,
    )


def _path(posting: Posting) -> str:
    return url_for("postings.show", posting_id=posting.id)


def _company_path(posting: Posting) -> str:
    return url_for("postings.company", organization_id=posting.organization_id)


def _open_or_404(posting_id: int) -> Posting:
    posting = queries.with_organization(posting_id)
    if posting is None or not posting.is_open(queries.today()):
        abort(404)
    return posting


@bp.get("/jobs/<int:posting_id>/share")
@public
def share(posting_id: int) -> str:
    posting = _open_or_404(posting_id)
    return render_template(
        "postings/share.html", posting=posting, pay=pay.short(posting), link=absolute(_path(posting))
    )


@bp.get("/jobs/<int:posting_id>/qr.svg")
@public
def qr(posting_id: int) -> Response:
    posting = _open_or_404(posting_id)
    image = io.BytesIO()
    segno.make(absolute(_path(posting)), error="m").save(
        image, kind="svg", scale=8, border=4, svgclass=None, lineclass=None, light="#ffffff", dark="#000000"
    )
    response = Response(image.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
