"""What has happened already in the demonstration: sign-ins, applications in every stage, work for the office.

Everything goes through the services that people's own actions go through, so that no state is
shown that could not have come about.
"""

import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.accounts.models import User
from app.applications import services as applications
from app.applications.models import Application, Interview, Offer, StageMove
from app.core import places
from app.core.db import db, now, transaction
from app.core.guard import Role
from app.demo import accounts, people
from app.demo.organizations import credit_code
from app.organizations.models import MemberRole, Membership, Organization, OrganizationKind, Standing
from app.people.content import Content
from app.people.models import Person, Resume, Visibility
from app.people.queries import main_resume
from app.people.services import create_resume, ensure_person, set_privacy
from app.postings.models import Posting, PostingState

HOME_ZONE = ZoneInfo("Asia/Shanghai")
EMPLOYER = "福建泷岚氟化工有限公司"
SEED = 20240426
APPLICANTS = 26


def tell() -> None:
    """Write the stories into a site that `seeding.seed` has just filled."""
    rng = random.Random(SEED)
    with transaction() as session:
        users = accounts.create(session, now())
    employer = db.session.scalar(select(Organization).where(Organization.name == EMPLOYER))
    if employer is None:
        return
    _staff(users, employer)
    _seeker_resume(users[Role.SEEKER], rng)
    _office_queue(employer)
    _pipeline(users, employer, rng)


def _staff(users: dict[Role, User], employer: Organization) -> None:
    today = now().date()
    school = {
        "kind": OrganizationKind.SCHOOL,
        "name": "清流县高级职业中学",
        "credit_code": credit_code(9001),
        "place": places.HOME,
        "address": "龙津镇学府路 2 号",
        "size": "100-499",
        "chain_links": [],
        "introduction": "开设应用化工技术、机电技术应用、电气自动化等专业，每年与企业合办校企直通车。",
        "handler_name": "就业办",
        "handler_phone": "17001009001",
        "standing": Standing.VERIFIED,
        "verified_at": now(),
        "verified_until": today + timedelta(days=180),
        "is_demo": True,
    }
    with transaction() as session:
        session.add(Membership(organization=employer, user=users[Role.ENTERPRISE], role=MemberRole.OWNER))
        organization = Organization(**school)
        session.add(organization)
        session.add(Membership(organization=organization, user=users[Role.ORGANIZER], role=MemberRole.OWNER))


def _seeker_resume(user: User, rng: random.Random) -> None:
    today = now().date()
    written = next(
        person
        for person in people.written()
        if person["education"]
        and person["education"][0]["degree"] == "大专"
        and 2 <= person["years"] <= 6
        and "氟化工艺" in "".join(person["certificates"])
        and "清流" in person["expected_city"]
    )
    content = Content.from_dict(people.content(written, rng, today))
    with transaction():
        person = ensure_person(user)
        create_resume(person, title="我的简历", content=content, today=today)
        set_privacy(person, visibility=Visibility.ENTERPRISES, is_matching_on=True)


def _office_queue(employer: Organization) -> None:
    """Two enterprises to verify, three postings to review, one returned."""
    with transaction() as session:
        for number, (name, link) in enumerate(
            (("清流瑞氟新材料有限公司", "含氟精细化学品"), ("三明恒冷制冷剂有限公司", "制冷剂")), start=9101
        ):
            session.add(
                Organization(
                    kind=OrganizationKind.ENTERPRISE,
                    name=name,
                    credit_code=credit_code(number),
                    place=places.PARK,
                    address="氟新材料产业园 6 号",
                    size="20-99",
                    chain_links=[link],
                    introduction=f"新入园企业，主要做{link}。",
                    handler_name="张经理",
                    handler_phone=f"1700100{number}",
                    standing=Standing.SUBMITTED,
                    submitted_at=now() - timedelta(days=number - 9100),
                    is_demo=True,
                )
            )
        own = session.scalars(
            select(Posting).where(Posting.organization_id == employer.id).order_by(Posting.id.desc()).limit(4)
        ).all()
        for posting in own[:3]:
            posting.state, posting.published_at = PostingState.SUBMITTED, None
            posting.submitted_at = now() - timedelta(hours=7)
        if len(own) == 4:
            own[3].state, own[3].published_at = PostingState.RETURNED, None
            own[3].return_reason = "职责写得太短，请写清每天做什么、用什么设备"


def _pipeline(users: dict[Role, User], employer: Organization, rng: random.Random) -> None:
    """Applications to the employer's first postings, each moved as far as its number says."""
    posting_ids = db.session.scalars(
        select(Posting.id)
        .where(Posting.organization_id == employer.id, Posting.state == PostingState.PUBLISHED)
        .order_by(Posting.id)
        .limit(3)
    ).all()
    demo_seeker = db.session.scalar(select(Person.id).where(Person.user_id == users[Role.SEEKER].id))
    person_ids = db.session.scalars(
        select(Person.id)
        .join(Resume, Resume.person_id == Person.id)
        .where(Resume.is_main, Person.visibility == Visibility.ENTERPRISES)
        .order_by(Person.id)
        .limit(APPLICANTS)
    ).all()
    membership_id = db.session.scalar(
        select(Membership.id).where(Membership.user_id == users[Role.ENTERPRISE].id)
    )
    if not posting_ids or membership_id is None:
        return
    pairs = [(person_id, posting_ids[n % len(posting_ids)]) for n, person_id in enumerate(person_ids)]
    pairs += [(demo_seeker, posting_id) for posting_id in posting_ids[:2]]
    for n, (person_id, posting_id) in enumerate(pairs):
        application_id = _apply(person_id, posting_id, days_ago=n % 6)
        if application_id is not None:
            _advance(application_id, membership_id, n, rng)


def _apply(person_id: int, posting_id: int, days_ago: int) -> int | None:
    with transaction() as session:
        person, posting = session.get_one(Person, person_id), session.get_one(Posting, posting_id)
        resume = main_resume(person)
        if resume is None:
            return None
        application, _ = applications.apply(person, posting, resume, {})
        moment = now() - timedelta(days=days_ago, hours=2)
        application.submitted_at = application.moved_at = application.consented_at = moment
        for move in session.scalars(select(StageMove).filter_by(application_id=application.id)):
            move.moved_at = application.submitted_at
        return application.id


def _advance(application_id: int, membership_id: int, n: int, rng: random.Random) -> None:
    """Step by step, each in its own transaction, as a recruiter and a seeker would."""
    steps = (n * 5) % 9
    if steps >= 1:
        with transaction() as session:
            application, membership = _pair(session, application_id, membership_id)
            applications.view(application, membership)
    if steps >= 4:
        _invite(application_id, membership_id, rng)
    if steps >= 5:
        with transaction() as session:
            interview = session.scalars(select(Interview).filter_by(application_id=application_id)).one()
            applications.accept_slot(interview, interview.application.person.user, interview.slots[0])
    if steps >= 7:
        _offer(application_id, membership_id)
    if steps == 8:
        with transaction() as session:
            offer = session.scalars(select(Offer).filter_by(application_id=application_id)).one()
            applications.accept(offer, offer.application.person.user)
        with transaction() as session:
            application, membership = _pair(session, application_id, membership_id)
            applications.take(application, "hire", membership, seen_version=application.version)
    if steps == 2:
        with transaction() as session:
            application, membership = _pair(session, application_id, membership_id)
            applications.take(
                application, "reject", membership, reason="缺必须的证书", seen_version=application.version
            )
    if n == 9:
        with transaction() as session:
            application, _ = _pair(session, application_id, membership_id)
            applications.say(application, application.person.user, "您好，请问厂里有夫妻房吗？")


def _pair(session, application_id: int, membership_id: int) -> tuple[Application, Membership]:  # type: ignore[no-untyped-def]  # noqa: ANN001 - the session of transaction()
    return session.get_one(Application, application_id), session.get_one(Membership, membership_id)


def _invite(application_id: int, membership_id: int, rng: random.Random) -> None:
    day = now().astimezone(HOME_ZONE).date() + timedelta(days=rng.randint(2, 6))
    slots = [datetime.combine(day, time(hour, 30), tzinfo=HOME_ZONE) for hour in (9, 14)]
    with transaction() as session:
        application, membership = _pair(session, application_id, membership_id)
        applications.propose(
            application,
            membership,
            slots=slots,
            minutes=30,
            mode="现场面试",
            place="办公楼二楼会议室",
            note="带上证书原件",
            seen_version=application.version,
        )


def _offer(application_id: int, membership_id: int) -> None:
    today = now().date()
    with transaction() as session:
        application, membership = _pair(session, application_id, membership_id)
        applications.make(
            application,
            membership,
            salary=application.posting.salary_max,
            months=12,
            starts_on=today + timedelta(days=20),
            terms="试用期两个月，五险一金，提供宿舍。",
            answer_by=today + timedelta(days=5),
            seen_version=application.version,
        )
