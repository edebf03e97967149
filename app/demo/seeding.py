"""Fills an empty site with invented data: same size, same seed, same rows.

Rows go in by bulk inserts that pass no flush hooks, so whoever calls this rebuilds index and matcher afterwards.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.core import county_time
from app.core.db import db, now, transaction
from app.core.errors import DomainError
from app.core.guard import Role
from app.demo import names, organizations, people, posts
from app.organizations.models import MemberRole, Membership, Organization
from app.people.models import Person, Resume, Visibility
from app.postings.models import Posting

SEED = 350423
BATCH = 2_000
Progress = Callable[[str, int, int], None]  # what, how many done, of how many


@dataclass(frozen=True)
class Size:
    enterprises: int
    posts: int
    people: int


FIRST_PERSON = 3_000_000  # of the numbers kept for demonstrations; nobody else's lie behind it
SIZES = {
    "small": Size(8, 60, 80),
    "county": Size(45, 600, 1_600),
    "large": Size(45, 100_000, 100_000),
}


class NotEmpty(DomainError):
    message = "the site already holds data: run `python3 dev.py reset` first"


def is_empty() -> bool:
    return not db.session.scalar(select(func.count()).select_from(User))


def _insert(session: Session, model: type, rows: list[dict[str, Any]]) -> list[int]:
    """Insert *rows* and return their ids, in order."""
    if not rows:
        return []
    table = model.__table__  # type: ignore[attr-defined]  # every model has one
    versioned = [{"version": 1, **row} for row in rows] if "version" in table.c else rows
    result = session.execute(insert(table).returning(table.c.id, sort_by_parameter_order=True), versioned)
    return [row[0] for row in result]


def _batches(total: int) -> Iterator[tuple[int, int]]:
    for start in range(0, total, BATCH):
        yield start, min(BATCH, total - start)


def seed(size: Size, progress: Progress, today: date | None = None) -> None:
    """Write enterprises with their recruiters, posts and people.

    Raises
    ------
    NotEmpty
        The site already has accounts.
    """
    if not is_empty():
        raise NotEmpty
    today = today or county_time.today()
    rng = random.Random(SEED)
    owners = _seed_enterprises(size, rng, today)
    progress("enterprises", len(owners), len(owners))
    _seed_posts(size, owners, rng, today, progress)
    _seed_people(size, rng, today, progress)


def _seed_enterprises(size: Size, rng: random.Random, today: date) -> dict[str, tuple[int, int]]:
    """Name → (organization id, owner's user id)."""
    rows = organizations.from_posts(posts.written(), rng, today)[: size.enterprises]
    with transaction() as session:
        ids = _insert(session, Organization, rows)
        users = [
            {
                "name": f"{row['name'].removeprefix('福建').removeprefix('清流').removeprefix('三明')[:2]}人事",
                "phone": f"1700200{number:04d}",
                "role": Role.ENTERPRISE,
                "is_demo": True,
            }
            for number, row in enumerate(rows)
        ]
        owners = _insert(session, User, users)
        memberships = [
            {"organization_id": organization, "user_id": user, "role": MemberRole.OWNER}
            for organization, user in zip(ids, owners, strict=True)
        ]
        _insert(session, Membership, memberships)
    return {row["name"]: pair for row, pair in zip(rows, zip(ids, owners, strict=True), strict=True)}


def _seed_posts(
    size: Size, owners: dict[str, tuple[int, int]], rng: random.Random, today: date, progress: Progress
) -> None:
    source = (post for post in posts.endless(rng) if post["enterprise"] in owners)
    for start, count in _batches(size.posts):
        rows = [
            posts.columns(post, *owners[post["enterprise"]], today, rng) for post in islice(source, count)
        ]
        with transaction() as session:
            _insert(session, Posting, rows)
        progress("posts", start + count, size.posts)


def _seed_people(size: Size, rng: random.Random, today: date, progress: Progress) -> None:
    source = people.endless(rng)
    for start, count in _batches(size.people):
        moment = now()
        users = [
            {
                "name": names.name(rng),
                "phone": names.phone(FIRST_PERSON + start + n),
                "role": Role.SEEKER,
                "is_demo": True,
                "created_at": moment - timedelta(days=rng.randint(0, 200)),
            }
            for n in range(count)
        ]
        contents = [people.content(person, rng, today) for person in islice(source, count)]
        with transaction() as session:
            user_ids = _insert(session, User, users)
            persons = [
                {
                    "user_id": user_id,
                    "name": user["name"],
                    "visibility": rng.choices(
                        (Visibility.ENTERPRISES, Visibility.APPLIED, Visibility.HIDDEN), (80, 15, 5)
                    )[0],
                    "updated_at": moment - timedelta(days=rng.randint(0, 120)),
                }
                for user_id, user in zip(user_ids, users, strict=True)
            ]
            person_ids = _insert(session, Person, persons)
            resumes = [
                {"person_id": person_id, "title": "我的简历", "is_main": True, "content": content}
                for person_id, content in zip(person_ids, contents, strict=True)
            ]
            _insert(session, Resume, resumes)
        progress("people", start + count, size.people)
