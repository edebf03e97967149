"""Postings as lists show them: a face that is the same for everybody, and what is added for the one who looks.

A face is rendered once for each version of a posting, language and day. Whether the posting is
still open is asked of the database for every list.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask import Flask, current_app, url_for
from flask_login import current_user
from markupsafe import Markup

from app.core import fit, places
from app.core.degrees import Degree
from app.core.fit import Fit
from app.core.guard import Role
from app.core.presentation import ago, years_text
from app.core.translation import language
from app.people.queries import person_of
from app.postings import queries
from app.postings.models import Posting
from app.postings.pay import short
from app.postings.queries import Version, saved_among

MOST_KEPT = 5_000  # faces; about 2 KB each


class Face(NamedTuple):
    """What a list shows of a posting, whoever looks: a title, and three rendered parts."""

    title: str
    url: str
    pay: str
    facts: Markup
    tags: Markup
    enterprise: str
    foot: Markup


class Card(NamedTuple):
    """A face with the band and the reason for one person, whether they keep it, and what their search found in it."""

    id: int
    face: Face
    band: int = 0
    why: str = ""
    is_saved: bool = False
    pieces: Sequence[Any] = ()
    snippet: Sequence[Any] = ()
    lacks: tuple[str, ...] = ()  # words of the search that it does not have


def face(posting: Posting) -> Face:
    parts: Any = current_app.jinja_env.get_template("macros/cards.html").module
    facts = (
        places.label(posting.place),
        Degree(posting.degree).demand,
        years_text(posting.years),
        posting.shift,
    )
    enterprise = posting.organization.name
    return Face(
        posting.title,
        url_for("postings.show", posting_id=posting.id),
        short(posting),
        parts.dots(facts, "job-facts"),
        parts.job_tags((*posting.benefits[:5], *posting.required_certificates[:2]), posting.is_urgent),
        enterprise,
        parts.job_foot(enterprise, ago(posting.published_at)),
    )


def _faces(versions: Sequence[Version], on: date) -> list[tuple[int, Face]]:
    kept: dict[tuple[Any, ...], Face] = current_app.extensions["faces"]
    keys = {version.id: (version, on, language()) for version in versions}
    if missing := [id_ for id_, key in keys.items() if key not in kept]:
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept |= {keys[posting.id]: face(posting) for posting in queries.open_among(missing, on)}
    return [(id_, kept[key]) for id_, key in keys.items() if key in kept]


def cards(
    ids: Sequence[int], hits: Mapping[int, Any] | None = None, fits: Mapping[int, Fit] | None = None
) -> list[Card]:
    """Those of *ids* that are open, in the order given, with bands and saved marks for the person who looks."""
    on = queries.today()
    faces = _faces(queries.open_versions(ids, on), on)
    is_known = current_user.is_authenticated and current_user.role is Role.SEEKER and bool(faces)
    person = person_of(current_user) if is_known else None
    ids = [id_ for id_, _ in faces]
    bands: Mapping[int, Fit] = fits or {}
    saved: set[int] = set()
    if is_known:
        saved = saved_among(current_user, ids)
        if fits is None and person is not None and person.is_matching_on:
            bands = fit.current().bands(person.id, ids)
    shown = []
    for id_, seen in faces:
        match, hit = bands.get(id_), (hits or {}).get(id_)
        shown.append(
            Card(
                id_,
                seen,
                match.band if match else 0,
                match.why if match else "",
                id_ in saved,
                _title(hit.title, seen.title) if hit else (),
                hit.snippet if hit and any(is_match for _, is_match in hit.snippet) else (),
                hit.lacks if hit else (),
            )
        )
    return shown


def _title(pieces: Sequence[tuple[str, bool]], title: str) -> Sequence[tuple[str, bool]]:
    """The pieces of a title in which something is marked, unless the title has changed since it was indexed."""
    has_match = any(is_match for _, is_match in pieces)
    return pieces if has_match and "".join(text for text, _ in pieces) == title else ()


def similar_cards(posting: Posting, limit: int = 4) -> list[Card]:
    """Open postings like this one, by the matcher or, without one, of the same family."""
    return cards(fit.current().similar(posting.id, limit)) or cards(
        queries.akin(posting, queries.today(), limit)
    )


def init_app(app: Flask) -> None:
    app.extensions["faces"] = {}
