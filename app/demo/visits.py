"""What invented people do at an invented fair: register, come, are scanned, apply, are interviewed."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.applications.models import Application, Stage
from app.core.db import db, now
from app.demo.accounts import SIGN_INS
from app.events import tickets
from app.events.models import (
    CheckIn,
    Event,
    EventApplication,
    EventState,
    Exhibitor,
    Meeting,
    MeetingState,
    Registration,
    RegistrationSource,
    Scan,
    ScanMark,
)
from app.events.queries.meeting import source_of
from app.events.services import placing
from app.events.services.registering import consent_sentence
from app.organizations.models import Membership, Organization, OrganizationKind
from app.people.models import Person, Resume, ResumeSnapshot
from app.postings.models import Posting

REFUSED = "岗位已经招满"
PEOPLE = 180  # who register for a fair
MAJORS = ("应用化工技术", "精细化工", "机电一体化", "工业分析", "化工自动化", "安全工程")
Stand = tuple[Exhibitor, list[Posting]]


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


def register(event: Event, rng: random.Random, count: int = PEOPLE) -> list[Registration]:
    """The demonstration's own seeker and *count* others get places."""
    query = select(Person).join(Resume, Resume.person_id == Person.id).join(Person.user).where(Resume.is_main)
    known = query.where(User.phone.in_([entry.phone for entry in SIGN_INS]))
    people = dict.fromkeys(
        [*db.session.scalars(known), *db.session.scalars(query.order_by(Person.id).limit(count))]
    )
    codes: set[str] = set()
    rows = [_register(event, person, rng, codes) for person in people]
    db.session.flush()
    return rows


def hold(
    event: Event,
    stands: Sequence[Stand],
    rows: Sequence[Registration],
    rng: random.Random,
    *,
    share_in: float,
) -> None:
    """People come, are scanned, apply and are interviewed, as far as time has gone; the first has yet to come."""
    placing.allocate(event)
    span = max(60.0, (min(now(), event.ends_at) - event.starts_at).total_seconds())
    number = 0
    for row in rng.sample(rows[1:], int(len(rows) * share_in)):
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
        for exhibitor, posts in rng.sample(list(stands), min(len(stands), rng.choice((0, 1, 1, 2)))):
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
    ) or ResumeSnapshot(resume=resume, resume_version=resume.version, content=resume.content, taken_at=at)
    is_long_past = event.starts_at < now() - timedelta(days=60)
    is_hired = is_long_past and mark is ScanMark.WANTED and rng.random() < 0.5
    is_refused = is_long_past and not is_hired  # nobody waits for an answer for half a year
    stage = Stage.INTERVIEW if mark is ScanMark.WANTED else Stage.VIEWED
    if is_long_past:
        stage = Stage.HIRED if is_hired else Stage.REJECTED
    application = Application(
        posting_id=posting.id,
        person_id=row.person_id,
        snapshot=snapshot,
        answers=[],
        consent_text=f"同意把简历和联系方式交给{exhibitor.organization.name}",
        consented_at=at,
        submitted_at=at,
        moved_at=at + timedelta(days=20 if is_hired else 6) if is_long_past else at,
        stage=stage,
        rejection_reason=REFUSED if is_refused else None,
    )
    db.session.add(application)
    db.session.flush()
    source = source_of(application) or EventApplication(
        application_id=application.id
    )  # it may be noted already
    source.event_id, source.exhibitor_id, source.registration_id = event.id, exhibitor.id, row.id
    source.applied_at = at
    db.session.add(source)
