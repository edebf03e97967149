"""Answers to recent questions, rendered but for the cards.

Most visitors ask the same few questions. Until the index changes or midnight comes, the same
question has the same hits, counts and links; the cards are made anew for each reader, from rows
that are open at that moment.
"""

from dataclasses import dataclass, field
from typing import Any

from flask import current_app, request
from markupsafe import Markup

from app.core.translation import language
from app.discovery import recent, services
from app.discovery.forms import FACETS, SORTS, SearchRequest
from app.discovery.services import PAGE_SIZE
from app.postings.cards import Card
from search import Results

ITEMS_KEPT = 3 * PAGE_SIZE  # of one answer


@dataclass(frozen=True)
class Answer:
    """What the index (or, when it cannot, the database) says to one question, and the page around the cards."""

    results: Results
    conditions: Markup
    filters: Markup
    bar: Markup
    pages: Markup
    keep: Markup
    loosenings: tuple[dict[str, str], ...] = ()
    is_from_tables: bool = False
    items: dict[Card, Markup] = field(default_factory=dict)

    def item(self, card: Card) -> Markup:
        """A card of the list. Visitors see the same cards, seekers their own bands, so that only some are kept."""
        found = self.items.get(card)
        if found is None:
            found = _parts().item(card)
            if len(self.items) < ITEMS_KEPT:
                self.items[card] = found
        return found


def answer(asked: SearchRequest, *, has_match: bool = False) -> Answer:
    """*has_match* offers the order by fit: to seekers who let themselves be matched."""
    known = recent.answers()
    key = (language(), request.root_path, asked.parameters(page=asked.page), has_match)
    found: Answer | None = known.get(key)
    if found is None:
        found = _answered(asked, has_match=has_match)
        if not found.is_from_tables:
            known[key] = found
    return found


def _parts() -> Any:
    return current_app.jinja_env.get_template("discovery/_answer.html").module


def _answered(asked: SearchRequest, *, has_match: bool) -> Answer:
    found = services.search(asked.query(PAGE_SIZE, services.FACETS))
    results = found.results
    parts = _parts()
    sorts = [
        {"label": label, "href": "?" + asked.parameters(sort=name), "current": name == asked.sort}
        for name, label in SORTS
        if name != "match" or has_match
    ]
    return Answer(
        results,
        parts.conditions(results, asked.chips(results)),
        parts.filters(asked, results, [(facet, asked.options(facet, results)) for facet in FACETS]),
        parts.bar(results, sorts),
        parts.pages(asked, results, max(1, -(-results.total // PAGE_SIZE))),
        parts.keep(asked),
        tuple(
            {
                "label": f"不限「{asked.given_up(each)}」，看{each.count}个",
                "href": "?" + asked.without(each),
            }
            for each in results.loosenings[:3]
        ),
        found.is_from_tables,
    )
