"""Searching people (verified enterprises only), companies and events: the same box, the same understanding."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import county_time, degrees, places
from app.core.db import now
from app.core.guard import Role, only, public
from app.discovery import contents, shelves
from app.discovery.documents import OFFICE_NAME
from app.discovery.finding import PAGE_SIZE, WHEN, Asked, AskedCompanies, AskedEvents, AskedPeople, Group
from app.discovery.routes.blueprint import bp
from app.discovery.routes.people import employer
from app.discovery.routes.visitor import tabs
from app.discovery.shelves import Found
from app.events.kinds import KINDS
from app.organizations.models import Standing
from app.people.content import Content, highest_degree, years_of_experience
from app.postings import queries as postings
from app.postings.routes.cards import company_card
from search import Hit, Results


class FoundPerson(NamedTuple):
    """One line: what the person wants and has, and where the words stand. No name, no contact."""

    id: int
    title: str
    facts: list[str]
    snippet: tuple[tuple[str, bool], ...]
    lacks: tuple[str, ...]


def _page(
    endpoint: str, asked: Asked, found: Found, groups: Sequence[Group], cards: Sequence[Any], **more: Any
) -> ResponseReturnValue:
    """The page of one kind; who asks for a page behind the last one is led to that."""
    last = max(1, -(-found.results.total // PAGE_SIZE))
    if asked.page > last:
        return redirect(url_for(endpoint) + asked.address_of_page(last), 303)
    return render_template(
        f"{endpoint.replace('.', '/')}.html",
        asked=asked,
        tabs=tabs(endpoint, asked.text),
        results=found.results,
        is_from_tables=found.is_from_tables,
        chips=asked.chips(found.results),
        groups=groups,
        cards=cards,
        pages=last,
        here=url_for(endpoint),
        **more,
    )


@bp.get("/people")
@only(Role.ENTERPRISE)
def find_people() -> ResponseReturnValue:
    organization, asked = employer(), AskedPeople(request.args)
    here = "discovery.find_people"
    if organization.standing is not Standing.VERIFIED:
        found = Found(Results((), 0))
        return _page(here, asked, found, (), (), is_verified=False)
    found = shelves.search(shelves.PEOPLE, asked.query(organization.id))
    rows = contents.shown_people([hit.id for hit in found.results.hits], organization)
    cards = [
        _line(hit, Content.from_dict(rows[hit.id].content)) for hit in found.results.hits if hit.id in rows
    ]
    return _page(here, asked, found, asked.groups(found.results), cards, is_verified=True)


def _line(hit: Hit, content: Content) -> FoundPerson:
    years = years_of_experience(content, county_time.today())
    wished = [places.label(code) for code in content.intention.places[:2]]
    facts = [degrees.Degree(highest_degree(content)).label, f"{years:g}年经验" if years else "应届或没写经验"]
    title = content.headline or "、".join(content.intention.jobs[:2]) or "没写求职方向"
    return FoundPerson(hit.id, title, [*facts, *wished], _where(hit), hit.lacks)


def _where(hit: Hit) -> tuple[tuple[str, bool], ...]:
    """The words around what matched, if anything did."""
    return hit.snippet if any(is_match for _, is_match in hit.snippet) else ()


@bp.get("/companies")
@public
def find_companies() -> ResponseReturnValue:
    asked = AskedCompanies(request.args)
    found = shelves.search(shelves.COMPANIES, asked.query())
    rows = contents.shown_companies([hit.id for hit in found.results.hits])
    openings = postings.open_counts(list(rows), county_time.today())
    cards = [
        company_card(rows[hit.id], openings.get(hit.id, 0))
        | {"pieces": hit.title, "snippet": _where(hit), "lacks": hit.lacks}
        for hit in found.results.hits
        if hit.id in rows
    ]
    return _page("discovery.find_companies", asked, found, asked.groups(found.results), cards)


@bp.get("/events")
@public
def find_events() -> ResponseReturnValue:
    asked = AskedEvents(request.args)
    found = shelves.search(shelves.EVENTS, asked.query())
    rows = contents.shown_events([hit.id for hit in found.results.hits])
    counts = {
        when: shelves.search(
            shelves.EVENTS, replace(asked.query(when), page=1, per_page=1, facets=())
        ).results.total
        for when, _ in WHEN
    }
    cards = [(rows[hit.id], hit) for hit in found.results.hits if hit.id in rows]
    return _page(
        "discovery.find_events",
        asked,
        found,
        asked.groups(found.results, counts),
        cards,
        now=now(),
        labels={key: kind.label for key, kind in KINDS.items()},
        office_name=OFFICE_NAME,
    )
