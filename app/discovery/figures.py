"""The county's figures on the first page: counted anew when a posting or an enterprise changed, or the day did."""

from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import func, select

from app.core import trades
from app.core.county_time import today
from app.core.db import db
from app.discovery.queries import is_open, last_change
from app.organizations.models import Organization, Standing
from app.postings.models import Posting
from app.postings.queries import newest_ids

FRESH = 6


@dataclass(frozen=True)
class LinkFigures:
    """Open postings of one chain link, and how many people they look for."""

    name: str
    posts: int
    heads: int


@dataclass(frozen=True)
class Figures:
    links: tuple[LinkFigures, ...]
    posts: int  # of every trade, those outside the chain too
    heads: int
    enterprises: int
    fresh: tuple[int, ...]  # the newest postings
    as_of: tuple[int, date]


def figures() -> Figures:
    as_of = (last_change(), today())
    kept: Figures | None = current_app.extensions.get("figures")
    if kept is None or kept.as_of != as_of:
        kept = current_app.extensions["figures"] = _counted(as_of)
    return kept


def _counted(as_of: tuple[int, date]) -> Figures:
    day = as_of[1]
    query = (
        select(Posting.chain_link, func.count(), func.sum(Posting.headcount))
        .join(Posting.organization)
        .where(is_open(day))
        .group_by(Posting.chain_link)
    )
    by_link = {link: (posts, heads) for link, posts, heads in db.session.execute(query)}
    links = tuple(LinkFigures(term.name, *by_link.get(term.name, (0, 0))) for term in trades.CHAIN_LINKS)
    verified = (
        select(func.count()).select_from(Organization).where(Organization.standing == Standing.VERIFIED)
    )
    posts, heads = (sum(column) for column in zip((0, 0), *by_link.values(), strict=True))
    return Figures(
        links, posts, heads, db.session.scalar(verified) or 0, tuple(newest_ids(FRESH, day)), as_of
    )
