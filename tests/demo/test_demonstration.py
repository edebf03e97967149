"""What a newcomer sees first: posts that read like a market, papers to verify by, people in every stage."""

import random
import re
from collections import Counter
from itertools import islice

import pytest
from sqlalchemy import func, select

from app.applications.models import Application, Interview, Stage
from app.core import storage
from app.core.db import now
from app.demo import posts, seeding, stories
from app.organizations.models import Organization, Standing
from app.organizations.queries import members_of
from app.people.models import Resume
from app.postings.models import Posting

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


def test_what_led_to_an_offer_lies_in_the_past(told):
    early = (
        select(func.count())
        .select_from(Interview)
        .join(Application)
        .where(Application.stage.in_((Stage.OFFER, Stage.HIRED)), Interview.starts_at > now())
    )
    assert told.scalar(early) == 0
    assert told.scalar(select(func.count()).where(Interview.proposed_at > now())) == 0
