"""Reads a graded collection: posts, people and labels as lines of JSON, the format in which training and evaluation come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.profiles import Candidate, Post


@dataclass(frozen=True, slots=True)
class Label:
    """One graded pair: 3 would be invited at once, 2 is worth considering, 1 weak, 0 not suitable; `missing` hard needs."""

    post: Any
    candidate: Any
    grade: int
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Collection:
    """Posts, people and their labels."""

    posts: dict[Any, Post]
    people: dict[Any, Candidate]
    labels: Sequence[Label]


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a JSONL file, empty lines skipped."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_posts(path: Path) -> dict[Any, Post]:
    """Return posts by id."""
    return {post.id: post for post in map(Post.from_record, lines(path))}


def read_people(path: Path) -> dict[Any, Candidate]:
    """Return people by id."""
    return {person.id: person for person in map(Candidate.from_record, lines(path))}


def read_collection(jobs: Path, candidates: Path, labels: Path) -> Collection:
    """Return the collection; a label whose post or person is not there is left out."""
    posts, people = read_posts(jobs), read_people(candidates)
    graded = [
        Label(row["job"], row["candidate"], int(row["grade"]), frozenset(row.get("missing", ())))
        for row in lines(labels)
        if row["job"] in posts and row["candidate"] in people
    ]
    return Collection(posts, people, graded)
