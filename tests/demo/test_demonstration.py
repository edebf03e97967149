"""What a newcomer sees first: posts that read like a market, papers to verify by, people in every stage."""

import random
import re
from collections import Counter
from itertools import islice

import pytest
from sqlalchemy import func, select

from app.accounts.models import User
from app.applications.models import Application, Interview, Stage
from app.core import storage
from app.core.db import now
from app.demo import names, papers, posts, seeding, stories
from app.notifications.models import Notification
from app.organizations.models import Organization, Standing
from app.organizations.queries import members_of
from app.people.models import Resume
from app.postings.models import Posting, PostingMove, PostingState

pytestmark = pytest.mark.slow  # left out by --quick

NOISE = re.compile(r"（(?:急招|可带薪学)）| 储备$|急聘|高薪")


@pytest.fixture(scope="module")
def county():
    return list(islice(posts.endless(random.Random(seeding.SEED)), seeding.SIZES["county"].posts))


def test_titles_are_names_of_jobs(county):
    assert [post["title"] for post in county if NOISE.search(post["title"])] == []


def test_no_employer_offers_the_same_job_twice(county):
    offered = Counter((post["title"], post["enterprise"]) for post in county)
    assert offered.most_common(1)[0][1] == 1


def test_the_like_of_a_post_does_not_speak_of_another_employer_s_place(county):
    moved = county[len(posts.written()) :]
    assert moved
    assert [post["description"] for post in moved if "厂区" in post["description"]] == []


@pytest.fixture
def told(app, db):
    seeding.seed(seeding.SIZES["small"], lambda *_: None)
    stories.tell()
    return db.session


def test_who_waits_for_verification_has_handed_in_readable_papers(told):
    waiting = told.scalars(select(Organization).where(Organization.standing == Standing.SUBMITTED)).all()
    assert len(waiting) == 2
    for organization in waiting:
        assert members_of(organization)
        assert storage.read(organization.licence_file).startswith(b"\x89PNG")
        assert storage.read(organization.authority_file).startswith(b"%PDF-")


def test_applications_stand_in_every_stage_and_in_many_links_of_the_chain(told):
    stages = set(told.scalars(select(Application.stage)))
    assert stages >= set(Stage) - {Stage.WITHDRAWN, Stage.DECLINED}
    links = told.scalars(select(Posting.chain_link).join(Application, Application.posting_id == Posting.id))
    assert len(set(links)) >= 5


def test_nobody_applies_for_work_they_do_not_look_for(told):
    query = (
        select(Posting.family, Resume.content)
        .join(Application, Application.posting_id == Posting.id)
        .join(Resume, Resume.person_id == Application.person_id)
        .where(Resume.is_main)
    )
    strangers = [
        family for family, content in told.execute(query) if family not in content["intention"]["families"]
    ]
    assert len(strangers) <= 2  # the demonstration's own seeker applies twice


def test_nothing_of_an_application_contradicts_its_days(told):
    for application in told.scalars(select(Application)):
        assert application.snapshot.taken_at <= application.submitted_at
    answered = select(Interview.application_id).where(Interview.answered_at.is_not(None))
    paths = {f"/applications/{number}" for number in told.scalars(answered)}
    unread = select(Notification.path).where(
        Notification.read_at.is_(None), Notification.text.contains("选一个时间")
    )
    assert paths and not paths & set(told.scalars(unread))


def test_a_returned_posting_has_the_moves_that_led_there(told):
    posting = told.scalars(select(Posting).where(Posting.state == PostingState.RETURNED)).one()
    moves = told.scalars(select(PostingMove).filter_by(posting_id=posting.id).order_by(PostingMove.id))
    assert [move.verb for move in moves] == ["submit", "return"]


def test_the_numbers_of_invented_people_are_nobody_elses_at_any_size(told):
    """A hundred thousand people fill the block: another account in it would stop the large demonstration."""
    first, last = names.phone(seeding.FIRST_PERSON), names.phone(seeding.FIRST_PERSON + 99_999)
    inside = select(func.count(User.id)).where(User.phone.between(first, last))
    assert told.scalar(inside) == seeding.SIZES["small"].people
    assert told.scalar(select(func.count(User.id))) > seeding.SIZES["small"].people + 10


def test_a_licence_names_the_town_once():
    assert papers.joined("福建省三明市清流县温郊乡", "温郊乡创业路1号") == "福建省三明市清流县温郊乡创业路1号"
    assert papers.joined("福建省三明市清流县", "氟新材料产业园") == "福建省三明市清流县氟新材料产业园"


def test_what_led_to_an_offer_lies_in_the_past(told):
    early = (
        select(func.count())
        .select_from(Interview)
        .join(Application)
        .where(Application.stage.in_((Stage.OFFER, Stage.HIRED)), Interview.starts_at > now())
    )
    assert told.scalar(early) == 0
    assert told.scalar(select(func.count()).where(Interview.proposed_at > now())) == 0
