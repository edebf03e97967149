"""Searching posts: the page, and completions while typing."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import degrees, fit, places
from app.core.guard import public
from app.discovery import queries, services
from app.discovery.answers import answer
from app.discovery.forms import SearchRequest
from app.discovery.routes.blueprint import bp
from app.discovery.routes.visitor import seeker
from app.postings.cards import cards
from app.postings.queries import saved_row

KINDS = {"post": "职位", "skill": "技能", "enterprise": "公司", "place": "地点"}


@bp.get("/jobs")
@public
def search() -> str:
    asked = SearchRequest(request.args)
    found = answer(asked)
    hits = {hit.id: hit for hit in found.results.hits}
    return render_template(
        "discovery/search.html",
        asked=asked,
        found=found,
        cards=cards(list(hits), hits),  # those that are open now
    )


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
        place=places.label(posting.place),
        degree=degrees.Degree(posting.degree).demand,
        fit=match,
        is_saved=person is not None and saved_row(current_user, posting) is not None,
    )


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
