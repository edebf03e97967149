"""Searching people (verified enterprises only) and companies: the same box, the same understanding."""

from typing import NamedTuple

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import degrees, places
from app.core.db import now
from app.core.guard import Role, only, public
from app.discovery import shelves
from app.discovery.finding import PAGE_SIZE, Asked, AskedCompanies, AskedPeople
from app.discovery.routes.blueprint import bp
from app.discovery.routes.people import employer
from app.discovery.routes.visitor import tabs
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


def _beyond(asked: Asked, results: Results) -> str | None:
    """The address of the last page, for who asks for one behind it."""
    last = max(1, -(-results.total // PAGE_SIZE))
    return asked.address_of_page(last) if asked.page > last else None


@bp.get("/people")
@only(Role.ENTERPRISE)
def find_people() -> ResponseReturnValue:
    organization = employer()
    asked = AskedPeople(request.args)
    if organization.standing is not Standing.VERIFIED:
        return render_template(
            "discovery/find_people.html", asked=asked, is_verified=False, tabs=_people_tabs(asked)
        )
    results, is_from_database = shelves.search(shelves.PEOPLE, asked.query(organization.id))
    if behind := _beyond(asked, results):
        return redirect(url_for("discovery.find_people") + behind, 303)
    allowed = shelves.searchable([hit.id for hit in results.hits], organization)
    return render_template(
        "discovery/find_people.html",
        asked=asked,
        is_verified=True,
        tabs=_people_tabs(asked),
        results=results,
        chips=asked.chips(results),
        people=[
            _line(hit, Content.from_dict(allowed[hit.id].content))
            for hit in results.hits
            if hit.id in allowed
        ],
        pages=max(1, -(-results.total // PAGE_SIZE)),
        is_from_database=is_from_database,
    )


def _people_tabs(asked: Asked) -> list[dict[str, object]]:
    return tabs("discovery.find_people", asked.text)


def _line(hit: Hit, content: Content) -> FoundPerson:
    years = years_of_experience(content, now().date())
    wished = [places.label(code) for code in content.intention.places[:2]]
    facts = [degrees.Degree(highest_degree(content)).label, f"{years:g}年经验" if years else "应届或没写经验"]
    has_match = any(is_match for _, is_match in hit.snippet)
    title = content.headline or "、".join(content.intention.jobs[:2]) or "没写求职方向"
    return FoundPerson(hit.id, title, [*facts, *wished], hit.snippet if has_match else ())


@bp.get("/companies/search")
@public
def find_companies() -> ResponseReturnValue:
    asked = AskedCompanies(request.args)
    results, is_from_database = shelves.search(shelves.COMPANIES, asked.query())
    if behind := _beyond(asked, results):
        return redirect(url_for("discovery.find_companies") + behind, 303)
    on = postings.today()
    rows = shelves.public_companies([hit.id for hit in results.hits], on)
    openings = postings.open_counts(list(rows), on)
    return render_template(
        "discovery/find_companies.html",
        asked=asked,
        tabs=tabs("discovery.find_companies", asked.text),
        results=results,
        chips=asked.chips(results),
        cards=[company_card(rows[hit.id], openings.get(hit.id, 0)) for hit in results.hits if hit.id in rows],
        pages=max(1, -(-results.total // PAGE_SIZE)),
        is_from_database=is_from_database,
    )
