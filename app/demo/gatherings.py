"""Invented gatherings: a fair last spring with what came of it, one today, one in preparation, and other kinds."""

import random
from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.applications.models import Application, Stage
from app.core.db import db, now, transaction
from app.core.guard import Role
from app.core.presentation import COUNTY_TIME
from app.events import tickets
from app.events.models import (
    Booth,
    CheckIn,
    Event,
    EventApplication,
    EventState,
    Exhibitor,
    ExhibitorPosting,
    ExhibitorState,
    Hall,
    Meeting,
    MeetingState,
    Registration,
    RegistrationSource,
    Scan,
    ScanMark,
    TimetableEntry,
)
from app.events.services import exhibiting
from app.events.services.registering import consent_sentence
from app.organizations.models import Membership, Organization, OrganizationKind
from app.people.models import Person, Resume, ResumeSnapshot
from app.postings.models import Posting, PostingState

SEED = 35042305
PEOPLE = 180  # who registered for the fair of last spring and for today's
COMPANIES = 16
MAJORS = ("应用化工技术", "精细化工", "机电一体化", "工业分析", "化工自动化", "安全工程")
INTRODUCTION = "氟新材料企业现场招人，操作、化验、仪表、研发都有。带身份证和手机，现场有人帮做简历。"
RULES = "凭入场券进场，一人一票。\n不收任何费用。\n不要占用消防通道。"


def tell() -> None:
    """Write the gatherings; the accounts, enterprises and people must be there."""
    rng = random.Random(SEED)
    with transaction():
        office = db.session.scalars(select(User).where(User.role == Role.OFFICE).order_by(User.id)).first()
        if office is None:
            return
        day = datetime.combine(now().astimezone(COUNTY_TIME).date(), time(8, 30), COUNTY_TIME)
        past = _fair(office, "春季氟新材料专场双选会", day - timedelta(days=230))
        _hold(past, rng, share_in=0.7)
        past.state, past.ended_at = EventState.ENDED, past.ends_at
        begun = min(day, now() - timedelta(hours=2))  # whenever the demonstration is looked at, it goes on
        today = _fair(office, "冬季氟新材料专场双选会", begun, hours=14)
        _hold(today, rng, share_in=0.45)
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
    hall = Hall(event_id=event.id, name="主馆", width=14, height=9, entrance_x=1, entrance_y=5)
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


def _exhibitors(event: Event, count: int, rng: random.Random) -> list[tuple[Exhibitor, list[Posting]]]:
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


def _register(event: Event, person: Person, rng: random.Random, codes: set[str]) -> Registration:
    code = tickets.new_code()
    while code in codes:
        code = tickets.new_code()
    codes.add(code)
    school = rng.choice(_schools())
    shares = ["name", "school", "contact", "resume"]
    row = Registration(
        event_id=event.id,
        person_id=person.id,
        name=person.name,
        phone=person.user.phone or "",
        school_id=school.id if school else None,
        school=school.name if school else rng.choice(("三明学院", "福州大学", "")),
        major=rng.choice(MAJORS),
        graduation_year=event.starts_at.year + rng.choice((0, 0, 1)),
        source=rng.choice((RegistrationSource.SELF, RegistrationSource.SELF, RegistrationSource.IMPORT)),
        code=code,
        serial=tickets.new_serial(),
        shares=shares,
        consent_text=consent_sentence(event, shares),
        consented_at=event.published_at,
        registered_at=event.starts_at - timedelta(hours=rng.randint(3, 200)),
    )
    db.session.add(row)
    return row


def _schools() -> list[Organization | None]:
    query = select(Organization).where(Organization.kind == OrganizationKind.SCHOOL).order_by(Organization.id)
    return [*db.session.scalars(query.limit(3)), None]


def _hold(event: Event, rng: random.Random, *, share_in: float) -> None:
    """People register, come, are scanned, apply and are interviewed, as far as time has gone."""
    stands = _exhibitors(event, COMPANIES, rng)
    exhibiting.allocate(event)
    people = list(
        db.session.scalars(
            select(Person)
            .join(Resume, Resume.person_id == Person.id)
            .where(Resume.is_main)
            .order_by(Person.id)
            .limit(PEOPLE)
        )
    )
    codes: set[str] = set()
    rows = [_register(event, person, rng, codes) for person in people]
    db.session.flush()
    span = max(60.0, (min(now(), event.ends_at) - event.starts_at).total_seconds())
    number = 0
    for row in rng.sample(rows, int(len(rows) * share_in)):
        at = event.starts_at + timedelta(seconds=rng.uniform(0, span * 0.9)) if span > 60 else now()
        came = CheckIn(
            registration_id=row.id,
            event_id=event.id,
            at=min(at, now()),
            device_at=None,
            received_at=min(at, now()),
            key=f"demo-{row.id}",
            device="demo",
            door=rng.choice(("东门", "西门")),
            is_queued=False,
        )
        db.session.add(came)
        for exhibitor, posts in rng.sample(stands, min(len(stands), rng.choice((0, 1, 1, 2)))):
            number += 1
            _visit(event, exhibitor, rng.choice(posts), row, came.at, number, rng)


def _visit(  # noqa: PLR0917 - one row of each table that a visit leaves
    event: Event,
    exhibitor: Exhibitor,
    posting: Posting,
    row: Registration,
    at: datetime,
    number: int,
    rng: random.Random,
) -> None:
    owner = select(Membership.user_id).where(Membership.organization_id == exhibitor.organization_id)
    by = db.session.scalar(owner.limit(1))
    if by is None:
        return
    mark = rng.choice((ScanMark.WANTED, ScanMark.WANTED, ScanMark.MAYBE, ScanMark.UNFIT))
    scan = Scan(
        exhibitor_id=exhibitor.id,
        registration_id=row.id,
        shares=row.shares,
        mark=mark,
        note="",
        scanned_by_id=by,
        scanned_at=at,
    )
    db.session.add(scan)
    _apply(event, exhibitor, posting, row, at, mark, rng)
    if mark is ScanMark.WANTED:
        is_over = event.state is EventState.ENDED or event.ends_at < now() or rng.random() < 0.6
        state = MeetingState.MET if is_over else rng.choice((MeetingState.CALLED, MeetingState.WAITING))
        letter = exhibitor.booth.number[:1] if exhibitor.booth else "Z"
        meeting = Meeting(
            event_id=event.id,
            exhibitor_id=exhibitor.id,
            registration_id=row.id,
            number=f"{letter}{number:03d}",
            state=state,
            called_at=at if state is not MeetingState.WAITING else None,
            ended_at=at if state is MeetingState.MET else None,
            made_at=at,
        )
        db.session.add(meeting)


def _apply(  # noqa: PLR0917 - one row of each table that a visit leaves
    event: Event,
    exhibitor: Exhibitor,
    posting: Posting,
    row: Registration,
    at: datetime,
    mark: ScanMark,
    rng: random.Random,
) -> None:
    known = select(Application.id).where(
        Application.posting_id == posting.id, Application.person_id == row.person_id
    )
    if db.session.scalar(known) is not None:
        return
    resume = db.session.scalars(select(Resume).where(Resume.person_id == row.person_id, Resume.is_main)).one()
    snapshot = db.session.scalar(
        select(ResumeSnapshot).where(
            ResumeSnapshot.resume_id == resume.id, ResumeSnapshot.resume_version == resume.version
        )
    ) or ResumeSnapshot(resume=resume, resume_version=resume.version, content=resume.content)
    is_hired = event.starts_at < now() - timedelta(days=60) and mark is ScanMark.WANTED and rng.random() < 0.5
    stage = Stage.HIRED if is_hired else Stage.INTERVIEW if mark is ScanMark.WANTED else Stage.VIEWED
    application = Application(
        posting_id=posting.id,
        person_id=row.person_id,
        snapshot=snapshot,
        answers=[],
        consent_text=f"同意把简历和联系方式交给{exhibitor.organization.name}",
        consented_at=at,
        submitted_at=at,
        moved_at=at + timedelta(days=20) if is_hired else at,
        stage=stage,
    )
    db.session.add(application)
    db.session.flush()
    source = EventApplication(
        application_id=application.id,
        event_id=event.id,
        exhibitor_id=exhibitor.id,
        registration_id=row.id,
        applied_at=at,
    )
    db.session.add(source)


def _fair_to_come(office: User, start: datetime, rng: random.Random) -> None:
    event = _fair(office, "清流县校企双选会", start)
    for place, (exhibitor, _) in enumerate(_exhibitors(event, 12, rng)):
        if place % 3 == 2:
            exhibitor.state = ExhibitorState.APPLIED
    db.session.flush()


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
