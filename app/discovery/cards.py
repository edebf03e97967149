"""What a list shows of a posting: plain values for the card macro, made from one row."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import url_for
from sqlalchemy import Row

from app.core import degrees, places
from app.core.fit import Fit
from app.core.presentation import ago, degree_text, pay, years_text
from search import Hit


def address_of_posts() -> str:
    """The address of a posting's page up to its number: built once for a list, not once a card."""
    return url_for("postings.show", posting_id=0).removesuffix("0")


def card(
    row: Row[Any],
    *,
    fit: Fit | None = None,
    is_saved: bool = False,
    hit: Hit | None = None,
    base: str = "",
) -> dict[str, Any]:
    base = base or address_of_posts()
    tags = [*row.benefits[:5], *row.required_certificates[:2]]
    return {
        "id": row.id,
        "title": row.title,
        "pieces": hit.title if hit else (),
        "snippet": hit.snippet if hit else (),
        "url": f"{base}{row.id}",
        "pay": pay(row.salary_min, row.salary_max, row.salary_months),
        "facts": [
            places.label(row.place),
            degree_text(degrees.Degree(row.degree).label),
            years_text(row.years),
            row.shift,
        ],
        "band": fit.band if fit else 0,
        "why": fit.why if fit else "",
        "tags": tags,
        "hits": (),
        "enterprise": row.enterprise,
        "when": ago(row.published_at),
        "is_urgent": row.is_urgent,
        "is_saved": is_saved,
    }


def cards(
    rows: Iterable[Row[Any]],
    fits: Mapping[int, Fit] | None = None,
    saved: Iterable[int] = (),
    hits: Mapping[int, Hit] | None = None,
) -> list[dict[str, Any]]:
    fits, kept, found = fits or {}, set(saved), hits or {}
    base = address_of_posts()
    return [
        card(row, fit=fits.get(row.id), is_saved=row.id in kept, hit=found.get(row.id), base=base)
        for row in rows
    ]
