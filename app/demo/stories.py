"""What has happened already in the demonstration: sign-ins, applications in every stage, work for the office.

Everything goes through the services that people's own actions go through, so that no state is
shown that could not have come about.
"""

import random
from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.core import county_time, places
from app.core.db import db, now, transaction
from app.core.guard import Role
from app.demo import accounts, hiring, papers, people
from app.demo.hours import by_day
from app.demo.organizations import credit_code
from app.organizations.models import MemberRole, Membership, Organization, OrganizationKind, Standing
from app.people.content import Content
from app.people.models import Person, Visibility
from app.people.services import create_resume, ensure_person, set_privacy
from app.postings.models import Posting, PostingMove, PostingState

EMPLOYER = "福建泷岚氟化工有限公司"
SEED = 20240426


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
    _office_queue(employer, users[Role.OFFICE])
    member_id = db.session.scalar(
        select(Membership.id).where(Membership.user_id == users[Role.ENTERPRISE].id)
    )
    seeker_id = db.session.scalar(select(Person.id).where(Person.user_id == users[Role.SEEKER].id))
    if member_id is not None:
        hiring.tell(employer, member_id, seeker_id, rng)


def _staff(users: dict[Role, User], employer: Organization) -> None:
    today = county_time.today()
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
    today = county_time.today()
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


def _office_queue(employer: Organization, officer: User) -> None:
    """Two enterprises to verify, three postings to review, one returned."""
    with transaction() as session:
        for number, (name, link) in enumerate(
            (("清流瑞氟新材料有限公司", "含氟精细化学品"), ("三明恒冷制冷剂有限公司", "制冷剂")), start=9101
        ):
            waiting = Organization(
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
            papers.give(waiting)
            session.add(waiting)
            handler = User(
                name=waiting.handler_name, phone=waiting.handler_phone, role=Role.ENTERPRISE, is_demo=True
            )
            session.add(Membership(organization=waiting, user=handler, role=MemberRole.OWNER))
        papers.give(session.merge(employer))
        own = session.scalars(
            select(Posting).where(Posting.organization_id == employer.id).order_by(Posting.id.desc()).limit(4)
        ).all()
        for posting in own[:3]:
            posting.state, posting.published_at = PostingState.SUBMITTED, None
            posting.submitted_at = by_day(now() - timedelta(hours=20))
            session.add(_submission(posting))
        if len(own) == 4:
            own[3].state, own[3].published_at = PostingState.RETURNED, None
            own[3].return_reason = "职责写得太短，请写清每天做什么、用什么设备"
            own[3].submitted_at = by_day(now() - timedelta(days=2))
            session.add(_submission(own[3]))
            session.flush()
            session.add(
                PostingMove(
                    posting_id=own[3].id,
                    verb="return",
                    from_state=PostingState.SUBMITTED,
                    to_state=PostingState.RETURNED,
                    reason=own[3].return_reason,
                    moved_by_id=officer.id,
                    moved_at=by_day(now() - timedelta(days=1)),
                )
            )


def _submission(posting: Posting) -> PostingMove:
    return PostingMove(
        posting_id=posting.id,
        verb="submit",
        from_state=PostingState.DRAFT,
        to_state=PostingState.SUBMITTED,
        moved_by_id=posting.created_by_id,
        moved_at=posting.submitted_at,
    )
