"""What lists show of postings and companies: plain values for the card macros."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from app.core import fit, places
from app.core.degrees import Degree
from app.core.presentation import ago, years_text
from app.core.trades import COMPANY_SIZES, LINKS
from app.organizations.models import Organization
from app.people.queries import person_of
from app.postings.models import Posting
from app.postings.pay import short
from app.postings.queries import saved_among
from app.postings.routes.access import me_or_none


def card(posting: Posting, found: fit.Fit | None = None, *, is_saved: bool = False) -> dict[str, Any]:
    return {
        "id": posting.id,
        "title": posting.title,
        "url": url_for("postings.show", posting_id=posting.id),
        "pay": short(posting),
        "facts": [
            places.label(posting.place),
            Degree(posting.degree).demand,
            years_text(posting.years),
            posting.shift,
        ],
        "band": found.band if found else 0,
        "why": found.why if found else "",
        "tags": [*posting.benefits[:4], *posting.required_certificates[:2]],
        "hits": (),
        "enterprise": posting.organization.name,
        "when": ago(posting.published_at),
        "is_urgent": posting.is_urgent,
        "is_saved": is_saved,
    }


def cards(postings: Iterable[Posting]) -> list[dict[str, Any]]:
    """Cards with bands and saved marks for the person who looks."""
    rows = list(postings)
    user = me_or_none()
    person = person_of(user) if user is not None and rows else None
    if user is None or person is None:
        return [card(each) for each in rows]
    ids = [each.id for each in rows]
    bands, saved = fit.current().bands(person.id, ids), saved_among(user, ids)
    return [card(each, bands.get(each.id), is_saved=each.id in saved) for each in rows]


def company_card(company: Organization, openings: int) -> dict[str, Any]:
    return {
        "name": company.name,
        "url": url_for("postings.company", organization_id=company.id),
        "facts": [places.label(company.place), COMPANY_SIZES.label(company.size)],
        "intro": company.introduction,
        "tags": [LINKS.label(link) for link in company.chain_links[:3]],
        "openings": openings,
        "is_verified": True,
    }
