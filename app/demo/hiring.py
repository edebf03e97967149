"""Applications of the demonstration in every stage, to employers of many chain links, by people whom the work suits.

Everything goes through the services that people's own actions go through; only then are the
moments moved into the past.
"""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.applications import services
from app.applications.models import Application, Interview, Offer, Stage, StageMove
from app.core import county_time
from app.core.county_time import COUNTY_TIME
from app.core.db import db, now, transaction
from app.demo.hours import by_day
from app.notifications.models import Notification
from app.organizations.models import MemberRole, Membership, Organization
from app.people.models import Person, Resume, Visibility
from app.people.queries import main_resume
from app.postings.models import Posting, PostingState

OF_EMPLOYER, OF_OTHERS = 5, 14  # postings that people apply to
APPLICANTS = 24  # of the demonstration's employer
LOOKED_AT = 600  # people among whom the suitable ones are sought
PAST = timedelta(days=10)  # how long ago an interview was held that led to an offer


def tell(employer: Organization, member_id: int, seeker_id: int | None, rng: random.Random) -> None:
    """Applications to *employer*, whom *member_id* acts for, and to some of the others."""
    waiting = _people()
    pairs: list[tuple[int, int, int]] = []
    others = _postings(Posting.organization_id != employer.id, OF_OTHERS, spread_by="chain_link")
    for posting_id, family in others:
        owner = _owner_of(posting_id)
        if owner and (person_id := _suitable(waiting, family)):
            pairs.append((person_id, posting_id, owner))
    own = _postings(Posting.organization_id == employer.id, OF_EMPLOYER, spread_by="family")
    for n in range(APPLICANTS if own else 0):
        posting_id, family = own[n % len(own)]
        if person_id := _suitable(waiting, family):
            pairs.append((person_id, posting_id, member_id))
    if seeker_id is not None:
        pairs += [(seeker_id, posting_id, member_id) for posting_id, _ in own[:2]]
    for n, (person_id, posting_id, membership_id) in enumerate(pairs):
        _happen(person_id, posting_id, membership_id, n, rng)


def _people() -> list[tuple[int, set[str]]]:
    """(person, families they look for), of those who let themselves be found."""
    query = (
        select(Person.id, Resume.content)
        .join(Resume, Resume.person_id == Person.id)
        .where(Resume.is_main, Person.visibility == Visibility.ENTERPRISES)
        .order_by(Person.id)
        .limit(LOOKED_AT)
    )
    return [(row[0], set(row[1]["intention"]["families"])) for row in db.session.execute(query)]


def _suitable(waiting: list[tuple[int, set[str]]], family: str) -> int | None:
    """The next person who looks for this kind of work, taken off the list."""
    found = next((each for each in waiting if family in each[1]), None)
    if found is None:
        return None
    waiting.remove(found)
    return found[0]


def _postings(condition: object, most: int, *, spread_by: str) -> list[tuple[int, str]]:
    """(posting, family), one for each value of the column first, so that all kinds are there."""
    column = getattr(Posting, spread_by)
    query = select(Posting.id, Posting.family, column).where(
        condition, Posting.state == PostingState.PUBLISHED
    )  # type: ignore[arg-type]  # a comparison of columns
    rows = list(db.session.execute(query.order_by(Posting.id).limit(LOOKED_AT)))
    first: dict[str, tuple[int, str]] = {}
    for posting_id, family, value in rows:
        first.setdefault(value, (posting_id, family))
    chosen = list(first.values())[:most]
    rest = [(row[0], row[1]) for row in rows if (row[0], row[1]) not in chosen]
    return [*chosen, *rest][:most]


def _owner_of(posting_id: int) -> int | None:
    return db.session.scalar(
        select(Membership.id)
        .join(Posting, Posting.organization_id == Membership.organization_id)
        .where(Posting.id == posting_id, Membership.role == MemberRole.OWNER, Membership.ended_at.is_(None))
        .limit(1)
    )


def _happen(person_id: int, posting_id: int, membership_id: int, n: int, rng: random.Random) -> None:
    """One application, step by step, each in its own transaction, as a recruiter and a seeker would."""
    with transaction() as session:
        person, posting = session.get_one(Person, person_id), session.get_one(Posting, posting_id)
        resume = main_resume(person)
        if resume is None:
            return
        application, _ = services.apply(person, posting, resume, {})
        application_id = application.id
    for step in _steps((n * 5) % 9, n):
        with transaction() as session:
            application = session.get_one(Application, application_id)
            membership = session.get_one(Membership, membership_id)
            step(session, application, membership, rng)
    with transaction() as session:
        _move_into_the_past(session, session.get_one(Application, application_id), days=2 + 4 * n % 7)


def _steps(reached: int, n: int) -> Iterator:  # type: ignore[type-arg]  # functions of one shape
    """0 submitted, 1 viewed, 2 refused, 3 shortlisted, 4 invited, 5 and 6 agreed, 7 offered, 8 hired."""
    if reached >= 1:
        yield _view
    if reached == 2:
        yield _refuse
    if reached >= 3:
        yield _shortlist
    if reached >= 4:
        yield _invite
    if reached >= 5:
        yield _agree
    if reached >= 7:
        yield _offer
    if reached == 8:
        yield _accept
        yield _hire
    if n == 9:
        yield _ask


def _view(_session: Session, application: Application, member: Membership, _rng: random.Random) -> None:
    services.view(application, member)


def _take(application: Application, verb: str, member: Membership, reason: str = "") -> None:
    services.take(application, verb, member, reason=reason, seen_version=application.version)


def _refuse(_session: Session, application: Application, member: Membership, _rng: random.Random) -> None:
    _take(application, "reject", member, "缺必须的证书")


def _shortlist(_session: Session, application: Application, member: Membership, _rng: random.Random) -> None:
    _take(application, "shortlist", member)


def _hire(_session: Session, application: Application, member: Membership, _rng: random.Random) -> None:
    _take(application, "hire", member)


def _ask(_session: Session, application: Application, _member: Membership, _rng: random.Random) -> None:
    services.say(application, application.person.user, "您好，请问厂里有夫妻房吗？")


def _invite(_session: Session, application: Application, member: Membership, rng: random.Random) -> None:
    day = now().astimezone(COUNTY_TIME).date() + timedelta(days=rng.randint(2, 6))
    services.propose(
        application,
        member,
        slots=[datetime.combine(day, time(hour, 30), tzinfo=COUNTY_TIME) for hour in (9, 14)],
        minutes=30,
        mode="现场面试",
        place="办公楼二楼会议室",
        note="带上证书原件",
        seen_version=application.version,
    )


def _agree(session: Session, application: Application, _member: Membership, _rng: random.Random) -> None:
    interview = session.scalars(select(Interview).filter_by(application_id=application.id)).one()
    services.accept_slot(interview, application.person.user, interview.slots[0])


def _offer(_session: Session, application: Application, member: Membership, _rng: random.Random) -> None:
    today = county_time.today()
    services.make(
        application,
        member,
        salary=application.posting.salary_max,
        months=12,
        starts_on=today + timedelta(days=20),
        terms="试用期两个月，五险一金，提供宿舍。",
        answer_by=today + timedelta(days=5),
        seen_version=application.version,
    )


def _accept(session: Session, application: Application, _member: Membership, _rng: random.Random) -> None:
    offer = session.scalars(select(Offer).filter_by(application_id=application.id)).one()
    services.accept(offer, application.person.user)


def _move_into_the_past(session: Session, application: Application, days: int) -> None:
    """Spread what happened just now over the days since the application was handed in."""
    since = now() - timedelta(days=days, hours=2)
    begun = by_day(since)
    moves = session.scalars(
        select(StageMove).filter_by(application_id=application.id).order_by(StageMove.id)
    ).all()
    times = {
        move.to_stage: by_day(since + n * timedelta(days=days) / len(moves)) for n, move in enumerate(moves)
    }
    for move in moves:
        move.moved_at = times[move.to_stage]
    application.submitted_at = application.consented_at = begun
    application.moved_at = moves[-1].moved_at
    application.snapshot.taken_at = min(application.snapshot.taken_at, begun)
    for interview in session.scalars(select(Interview).filter_by(application_id=application.id)):
        interview.proposed_at = times[Stage.INTERVIEW]
        if interview.answered_at:
            interview.answered_at = interview.proposed_at + timedelta(minutes=35)
        if Stage.OFFER in times and interview.starts_at:
            _hold(interview)
    for offer in session.scalars(select(Offer).filter_by(application_id=application.id)):
        offer.made_at = times[Stage.OFFER]
        if offer.answered_at:
            offer.answered_at = offer.made_at + timedelta(minutes=50)
    _tell_then(session, application)


def _tell_then(session: Session, application: Application) -> None:
    """What the seeker was told came with the moves; whoever has answered has read it."""
    told = session.scalars(
        select(Notification)
        .filter_by(user_id=application.person.user_id, path=f"/applications/{application.id}")
        .order_by(Notification.id)
    ).all()
    interviews = session.scalars(select(Interview).filter_by(application_id=application.id)).all()
    has_answered = any(each.answered_at for each in interviews)
    for each in told:
        each.created_at = application.moved_at
        if has_answered or each is not told[-1]:
            each.read_at = application.moved_at + timedelta(minutes=30)


def _hold(interview: Interview) -> None:
    """An interview that led to an offer has been held."""
    slots = [datetime.fromisoformat(slot) - PAST for slot in interview.slots]
    interview.slots = [slot.isoformat() for slot in slots]
    interview.last_slot_at, interview.starts_at = slots[-1], slots[0]
    interview.agreed_slot = interview.slots[0]
    interview.result = "通过"
