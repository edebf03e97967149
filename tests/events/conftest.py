"""Saved gatherings, halls and exhibitors for these tests: `fair(...)`, `booths(event)`, `exhibitor(event)`."""

from datetime import timedelta
from itertools import count

import pytest

from app.core.db import now, transaction
from app.core.guard import Role
from app.events.models import (
    Booth,
    CheckIn,
    Event,
    EventState,
    Exhibitor,
    ExhibitorPosting,
    ExhibitorState,
    Hall,
)
from app.events.services import registering
from app.organizations.models import MemberRole, Membership, OrganizationKind

_numbers = count(1)


def saved(obj):
    with transaction() as session:
        session.add(obj)
    return obj


def came(row):
    """Let in at the door, just now."""
    moment = now()
    saved(
        CheckIn(
            registration_id=row.id, event_id=row.event_id, at=moment, received_at=moment, key=f"k{row.id}",
            device="d", door="门", is_queued=False,
        )
    )  # fmt: skip


@pytest.fixture
def school(make):
    """A verified school."""
    return make.organization(kind=OrganizationKind.SCHOOL, name="清流职业中专学校")


@pytest.fixture
def organizer(make, school):
    """Acts for the school."""
    return member(make, school)


def member(make, organization):
    user = make.user(Role.ORGANIZER)
    saved(Membership(organization=organization, user=user, role=MemberRole.OWNER))
    return user


@pytest.fixture
def fair(make):
    """A published fair of the office in ten days, or whatever is given."""

    def made(**given):
        start = given.pop("starts_at", now() + timedelta(days=10))
        given.setdefault("created_by_id", make.office().id)
        given.setdefault("ends_at", start + timedelta(hours=6))
        state = given.setdefault("state", EventState.PUBLISHED)
        if state is not EventState.DRAFT:
            given.setdefault("published_at", now())
        return saved(
            Event(
                **{
                    "kind": "fair",
                    "title": "冬季双选会",
                    "place": "县体育馆",
                    "address": "龙津镇",
                    "starts_at": start,
                    "introduction": "氟新材料企业专场。",
                    "rules": "",
                    "audience": {},
                    "contact_name": "林老师",
                    "contact_phone": "05981234567",
                }
                | given
            )
        )

    return made


@pytest.fixture
def booths():
    """A hall of *columns* × *rows* booths with an aisle between the rows."""

    def made(event, columns=4, rows=1, **given):
        hall = saved(Hall(event_id=event.id, name="主馆", width=20, height=20, entrance_x=1, entrance_y=1))
        return [
            saved(
                Booth(
                    **{
                        "event_id": event.id,
                        "hall_id": hall.id,
                        "number": f"{chr(65 + row)}{column + 1:02d}",
                        "x": 2 + column,
                        "y": 2 + 2 * row,
                    }
                    | given
                )
            )
            for row in range(rows)
            for column in range(columns)
        ]

    return made


@pytest.fixture
def exhibitor(make):
    """An approved exhibitor with one post."""

    def made(event, organization=None, posts=1, **given):
        organization = organization or make.organization()
        row = saved(
            Exhibitor(
                **{
                    "event_id": event.id,
                    "organization_id": organization.id,
                    "state": ExhibitorState.APPROVED,
                    "wishes": {},
                    "card": "",
                    "staff": [],
                    "booth_reasons": [],
                    "applied_at": now() + timedelta(seconds=next(_numbers)),
                }
                | given
            )
        )
        for _ in range(posts):
            saved(ExhibitorPosting(exhibitor_id=row.id, posting_id=make.posting(organization).id))
        return row

    return made


@pytest.fixture
def visitor(app):
    """Somebody who registered."""

    def made(event, **given):
        n = next(_numbers)
        person = given.pop("person", None)
        said = registering.Visitor(
            **{"name": f"访客{n}", "phone": f"139{n:08d}", "shares": ("name", "school", "contact")} | given
        )
        with transaction() as session:
            row, _ = registering.register(session.get(Event, event.id), said, person=person)
        return row

    return made


@pytest.fixture
def company(make):
    return make.organization()


@pytest.fixture
def recruiter(make, company):
    return make.recruiter(company)


@pytest.fixture
def day(fair, booths, exhibitor, company):
    """A fair that began an hour ago, with one exhibitor in booth A01."""
    event = fair(starts_at=now() - timedelta(hours=1))
    return event, exhibitor(event, company, booth_id=booths(event, 3)[0].id)
