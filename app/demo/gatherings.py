"""Invented gatherings: a fair last spring with what came of it, one today, one in preparation, and other kinds."""

import random
import secrets
from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.core import crypto
from app.core.county_time import COUNTY_TIME, today
from app.core.db import db, now, transaction
from app.core.guard import Role
from app.demo import appointments, papers, visits
from app.demo.visits import Stand
from app.events.models import (
    Booth,
    Event,
    EventState,
    Exhibitor,
    ExhibitorPosting,
    ExhibitorState,
    Hall,
    HelperLink,
    TimetableEntry,
)
from app.organizations.models import Organization, OrganizationKind
from app.postings.models import Posting, PostingState

SEED = 35042305
COMPANIES = 16
INTRODUCTION = "氟新材料企业现场招人，操作、化验、仪表、研发都有。带身份证和手机，现场有人帮做简历。"
RULES = "凭入场券进场，一人一票。\n不收任何费用。\n不要占用消防通道。"


def tell() -> None:
    """Write the gatherings; the accounts, enterprises and people must be there."""
    rng = random.Random(SEED)
    with transaction():
        office = db.session.scalars(select(User).where(User.role == Role.OFFICE).order_by(User.id)).first()
        if office is None:
            return
        day = datetime.combine(today(), time(8, 30), COUNTY_TIME)
        past = _fair(office, "春季氟新材料专场双选会", day - timedelta(days=230))
        visits.hold(past, _exhibitors(past, COMPANIES, rng), visits.register(past, rng), rng, share_in=0.7)
        past.state, past.ended_at = EventState.ENDED, past.ends_at
        _fair_now(office, day, rng)
        _fair_to_come(office, day + timedelta(days=10), rng)
        _others(office, day)


def _event(office: User, kind: str, title: str, start: datetime, hours: float, **given: object) -> Event:
    event = Event(
        **{
            "kind": kind,
            "title": title,
            "created_by_id": office.id,
            "place": "县体育馆",
            "address": "龙津镇北大路",
            "starts_at": start,
            "ends_at": start + timedelta(hours=hours),
            "introduction": INTRODUCTION,
            "rules": "",
            "audience": {},
            "contact_name": "人才办",
            "contact_phone": "05985320000",
            "state": EventState.PUBLISHED,
            "published_at": min(start - timedelta(days=20), now()),
            "is_demo": True,
            **given,
        }
    )
    db.session.add(event)
    db.session.flush()
    return event


def _fair(office: User, title: str, start: datetime, hours: float = 8) -> Event:
    event = _event(office, "fair", title, start, hours, rules=RULES, capacity=600, registration_limit=900)
    papers.give_plans(event)
    for at, what, place in (
        (0, "开门入场", "东门"),
        (0.5, "双选和面试", "主馆"),
        (2, "政策宣讲", "二楼会议室"),
    ):
        begins = start + timedelta(hours=at)
        line = TimetableEntry(
            event_id=event.id, starts_at=begins, ends_at=begins + timedelta(hours=1.5), what=what, place=place
        )
        db.session.add(line)
    hall = Hall(event_id=event.id, name="主馆", width=15, height=9, entrance_x=1, entrance_y=5)
    db.session.add(hall)
    db.session.flush()
    for row, letter in ((2, "A"), (4, "B"), (6, "C"), (8, "D")):
        for column in range(6):
            booth = Booth(
                event_id=event.id,
                hall_id=hall.id,
                number=f"{letter}{column + 1:02d}",
                x=3 + 2 * column,
                y=row,
                w=2 if column == 5 else 1,
                has_power=column % 2 == 0,
            )
            db.session.add(booth)
    db.session.flush()
    return event


def _companies(count: int) -> list[tuple[Organization, list[Posting]]]:
    query = (
        select(Organization)
        .where(Organization.kind == OrganizationKind.ENTERPRISE, Organization.is_demo)
        .order_by(Organization.id)
    )
    found = []
    for organization in db.session.scalars(query):
        posts = select(Posting).where(
            Posting.organization_id == organization.id, Posting.state == PostingState.PUBLISHED
        )
        if chosen := list(db.session.scalars(posts.order_by(Posting.id).limit(3))):
            found.append((organization, chosen))
        if len(found) == count:
            break
    return found


def _exhibitors(event: Event, count: int, rng: random.Random) -> list[Stand]:
    rows = []
    for place, (organization, posts) in enumerate(_companies(count)):
        exhibitor = Exhibitor(
            event=event,
            organization=organization,
            state=ExhibitorState.APPROVED,
            wishes={
                "cells": rng.choice((1, 1, 1, 2)),
                "power": rng.random() < 0.3,
                "accessible": False,
                "near_entrance": rng.random() < 0.2,
            },
            card=organization.introduction.split("，")[0] + "。",
            staff=["人事主管", "车间主任"],
            booth_reasons=[],
            applied_at=event.starts_at - timedelta(days=15) + timedelta(hours=place),
        )
        db.session.add(exhibitor)
        db.session.flush()
        for post in posts:
            db.session.add(ExhibitorPosting(exhibitor_id=exhibitor.id, posting_id=post.id))
        rows.append((exhibitor, posts))
    db.session.flush()
    return rows


def _fair_now(office: User, day: datetime, rng: random.Random) -> None:
    """Whenever the demonstration is looked at, it goes on."""
    half_hour = now().astimezone(COUNTY_TIME).replace(minute=now().minute // 30 * 30, second=0, microsecond=0)
    event = _fair(office, "冬季氟新材料专场双选会", min(day, half_hour - timedelta(hours=2)), hours=14)
    for door in ("东门", "西门"):
        link = crypto.digest(secrets.token_urlsafe(16))  # to open one, the office makes its own
        db.session.add(HelperLink(event_id=event.id, token_digest=link, door=door, made_by_id=office.id))
    stands, people = _exhibitors(event, COMPANIES, rng), visits.register(event, rng)
    appointments.wish(stands, people[:40], half_hour + timedelta(hours=1), rng)
    visits.hold(event, stands, people, rng, share_in=0.45)
    appointments.publish(event)


def _fair_to_come(office: User, start: datetime, rng: random.Random) -> None:
    event = _fair(office, "清流县校企双选会", start)
    stands = _exhibitors(event, 12, rng)
    for exhibitor, _ in stands[2::3]:
        exhibitor.state = ExhibitorState.APPLIED
    approved = [stand for place, stand in enumerate(stands) if place % 3 != 2]
    appointments.wish(approved, visits.register(event, rng, 60), start + timedelta(hours=1), rng)


def _others(office: User, day: datetime) -> None:
    _event(
        office,
        "lecture",
        "氟新材料产业知识讲座",
        day + timedelta(days=4),
        2,
        place="县委党校",
        introduction="读本第一章，氟从哪里来。",
    )
    _event(
        office,
        "training",
        "氟化工艺安全培训",
        day + timedelta(days=7),
        6,
        place="园区培训中心",
        introduction="特种作业取证前的培训。",
    )
    _event(
        office,
        "round_table",
        "第四季度政企恳谈会",
        day + timedelta(days=14),
        3,
        place="园区会议室",
        introduction="企业提问题，部门当场答复。",
    )
