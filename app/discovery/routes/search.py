"""Searching posts: the page, and completions while typing."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import fit
from app.core.guard import Role, public
from app.discovery import queries, services
from app.discovery.answers import answer
from app.discovery.exposures import note_postings
from app.discovery.forms import SearchRequest
from app.discovery.models import Place
from app.discovery.routes.blueprint import bp
from app.discovery.routes.visitor import seeker, tabs
from app.postings import pay
from app.postings.cards import Card, cards
from app.postings.queries import saved_row
from app.postings.routes.public import facts_of
from search import Hit

KINDS = {"post": "职位", "skill": "技能", "enterprise": "公司", "place": "地点"}


@bp.get("/jobs")
@public
def search() -> ResponseReturnValue:
    asked = SearchRequest(request.args)
    person = seeker()
    has_match = person is not None and person.is_matching_on
    found = answer(asked, has_match=has_match)
    last = max(1, -(-found.results.total // services.PAGE_SIZE))
    if asked.page > last:
        return redirect(url_for("discovery.search") + asked.page_address(last), 303)
    shown: Sequence[Hit] = found.results.hits
    if asked.is_by_match and person is not None and person.is_matching_on:
        shown = services.fitting_first(asked.query(services.PAGE_SIZE, ()), person)
    hits = {hit.id: hit for hit in shown}
    if current_user.is_authenticated and current_user.role is Role.SEEKER:
        note_postings(Place.SEARCH, current_user.id, list(hits), (asked.page - 1) * services.PAGE_SIZE + 1)
    shown_now = cards(list(hits), hits)  # those that are open now
    return render_template(
        "discovery/search.html",
        asked=asked,
        tabs=tabs("discovery.search", asked.text),
        found=found,
        cards=shown_now,
        fewer=_first_with_less(shown_now) if asked.sort == "relevance" else 0,
    )


def _first_with_less(shown: Sequence[Card]) -> int:
    """The place, from 1, of the first post that lacks a word of the search when those before have all; else 0."""
    place = next((at for at, card in enumerate(shown, 1) if card.lacks), 0)
    return place if place > 1 else 0


@bp.get("/jobs/<int:posting_id>/detail")
@public
def detail(posting_id: int) -> str:
    """A posting beside the list, on a wide desk: its main part without the frame of the site."""
    posting = next(iter(queries.open_postings([posting_id])), None)
    if posting is None:
        abort(404)
    person = seeker()
    match = fit.current().explain(person.id, posting_id) if person and person.is_matching_on else None
    return render_template(
        "discovery/_detail.html",
        posting=posting,
        pay=pay.full(posting),
        facts=facts_of(posting),
        can_apply=not current_user.is_authenticated or current_user.role is Role.SEEKER,
        fit=fit.with_remedies([match])[0] if match else None,
        back=_page_around(),
        is_saved=person is not None and saved_row(current_user, posting) is not None,
    )


def _page_around() -> str:
    """The address of the list that asked for a detail: a seeker who keeps a post goes on reading there."""
    parts = urlsplit(request.referrer or "")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@bp.get("/suggest")
@public
def suggest() -> ResponseReturnValue:
    """Completions of what is being typed, for the search box."""
    prefix = request.args.get("q", "").replace("\x00", "").strip()[:30]
    if not prefix:
        return []
    return [
        {
            "value": each.text,
            "note": KINDS.get(each.kind, ""),
            "href": url_for("discovery.search", q=each.text),
        }
        for each in services.suggest(prefix)
    ]
