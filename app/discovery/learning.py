"""Trains the matcher from what people were shown and what came of it, and keeps the versions of its model.

What was shown stands in `exposures`; what came of it in applications, their moves, saved postings, contact requests and
dismissals. Nothing is learned from pairs that were not shown, nor from people who switched matching off.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from flask import current_app

import matching
from app.applications.models import Stage
from app.core.db import now
from app.discovery import documents, outcomes, queries
from app.discovery.models import Place
from matching import Candidate, Post, Versions

WINDOW = timedelta(days=180)
GRADES = {Stage.HIRED: 3, Stage.OFFER: 3, Stage.INTERVIEW: 3, Stage.SHORTLISTED: 3, Stage.REJECTED: 0}
NOT_ABOUT_FIT = ("待遇没有谈拢", "岗位已经招满", "联系不上或没有到场", "其他")
APPLIED, ASKED, OPENED = 2, 2, 1


class Trained(NamedTuple):
    """The name of the new file, what was learned, and whether it is in use now."""

    name: str
    learned: "matching.Learned"
    is_promoted: bool


def versions() -> Versions:
    return Versions(Path(current_app.config["DATA_DIR"]) / "models")


def backend() -> AbstractContextManager[None]:
    """Where what takes long is computed: here, or as the configuration says."""
    config = current_app.config
    return matching.backend(config["MATCHING_BACKEND"], scheduler=config["MATCHING_SCHEDULER"])


def train(seed: int = 0) -> Trained:
    """Train, write a new file, and use it if it is not worse on held-out people and posts."""
    shelf = versions()
    with backend():
        learned = matching.learn(shelf.load(), *examples(now()), seed=seed)
    name = shelf.add(learned.model)
    if learned.is_better:
        shelf.promote(name)
    return Trained(name, learned, learned.is_better)


def examples(moment: datetime) -> "tuple[list[Post], list[Candidate], matching.Shown]":
    """Return the posts, the people and the rows of lists of the last half year with what came of each."""
    rows = list(_rows(moment))
    today = moment.date()
    posts = [documents.match_post(row) for row in outcomes.postings_by_id({row[0] for row in rows})]
    people = [
        documents.match_candidate(person, resume, today)
        for person, resume in queries.matched_people({row[1] for row in rows})
    ]
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), ()]
    return posts, people, matching.Shown(*(np.array(column) for column in columns))


def _rows(moment: datetime) -> Iterator[tuple[int, int, str, int, int]]:
    """Yield (posting, person, list, position, grade); a pair that came back in one list of one day counts once."""
    grades, opened = _grades(), set()
    shown: dict[tuple[str, int, int], int] = {}
    for place, posting_id, person_id, position, shown_at in outcomes.exposures_since(moment - WINDOW):
        if place in (Place.POST, Place.PERSON):
            opened.add((posting_id, person_id))
            continue
        owner = posting_id if place is Place.PEOPLE else person_id
        key = (f"{place}:{owner}:{shown_at:%Y%m%d}", posting_id, person_id)
        shown[key] = min(position, shown.get(key, position))
    for (name, posting_id, person_id), position in shown.items():
        pair = (posting_id, person_id)
        grade = grades.get(pair)
        yield (
            posting_id,
            person_id,
            name,
            position,
            (OPENED if pair in opened else 0) if grade is None else grade,
        )


def _grades() -> dict[tuple[int, int], int]:
    """Return what came of each (posting, person): what both did outweighs what one did, a no outweighs a click."""
    grades: dict[tuple[int, int], int] = dict.fromkeys(outcomes.kept_by_seekers(), ASKED)
    grades.update(dict.fromkeys(outcomes.asked_for(), ASKED))
    grades.update(dict.fromkeys(outcomes.dismissed_pairs(), 0))
    for posting_id, person_id, stage, reason in outcomes.outcomes():
        grade = GRADES.get(stage, APPLIED)
        if stage is Stage.REJECTED and reason and reason.startswith(NOT_ABOUT_FIT):
            grade = APPLIED
        grades[posting_id, person_id] = grade
    return grades


def report(trained: Trained) -> dict[str, Any]:
    """Return what the command prints."""
    about = trained.learned.model.about
    return {
        "model": trained.name,
        "data": about["data"],
        "rows": about["rows"],
        "acted": about["acted"],
        **about["figures"],
        "is_promoted": trained.is_promoted,
    }
