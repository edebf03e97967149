"""Every public page, and every page of seekers and recruiters, speaks English and 繁體 with the demonstration's data.

What people wrote stays as they wrote it: it is marked `translate="no"`, quoted, or one of the names below.
"""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from opencc import OpenCC
from sqlalchemy import func, select

from app.applications.models import Application, Interview, Offer
from app.core.db import db
from app.core.guard import Role
from app.demo import seeding, stories
from app.discovery import services as discovery
from app.notifications.models import Notification
from app.organizations.models import Membership, Organization
from app.people.content import Content
from app.people.models import Resume
from app.postings.models import Posting, PostingState
from tests.conftest import app_on
from tests.core.spoken import said_on
from tests.factory import Make

pytestmark = pytest.mark.slow  # left out by --quick

ACCESS = Path(__file__).with_name("access.tsv")
SIZE = seeding.Size(4, 24, 30)
HAN = re.compile(r"[\u3400-\u9fff]")
QUOTED = re.compile("“[^”]*”")
SAMPLES = ("gallery.", "notifications.messages")  # pages of the development site
FILES = (".svg", ".ics", ".xlsx", ".atom", ".txt", ".xml", "<format>", "<any(", "papers")
ASKED = ("/jobs?q=清流 操作工 包住", "/jobs?q=zzzz", "/jobs?degree=3&benefit=双休", "/nowhere")
TOWNSHIP = "里田"  # is written so in 繁體 too
ONE_BY_ONE = {Role.SEEKER: "/applications/{}", Role.ENTERPRISE: "/desk/candidates/{}"}


@pytest.fixture(scope="module")
def town(migrated, tmp_path_factory):
    """The demonstration, small: employers, posts, people and what has happened between them."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(migrated, folder / "site.db")
    app = app_on(folder)
    with app.app_context():
        seeding.seed(SIZE, lambda *_: None)
        stories.tell()
        discovery.rebuild(lambda *_: None)
        yield app
        db.session.close()
        db.engine.dispose()


def routes(role: str) -> list[str]:
    """Addresses of pages for a role; those of features that stand above this test's are tested there."""
    rows = [line.split("\t") for line in ACCESS.read_text("utf-8").splitlines()]
    return [
        rule
        for endpoint, methods, rule, roles in rows
        if "GET" in methods
        and role in roles.split()
        and not endpoint.startswith(SAMPLES)
        and not any(mark in rule for mark in FILES)
        and rule not in {"/static/<path:filename>", "/sign-in/code/again/<purpose>"}
    ]


def ids_around(application: Application) -> dict[str, int]:
    """What the <ids> of addresses stand for, so that each page belongs to the one who looks."""
    person = application.person

    def of(model, **where):
        return db.session.scalar(select(model.id).filter_by(**where).limit(1)) or 0

    return {
        "application_id": application.id,
        "posting_id": application.posting_id,
        "person_id": person.id,
        "resume_id": of(Resume, person_id=person.id),
        "interview_id": of(Interview, application_id=application.id),
        "offer_id": of(Offer, application_id=application.id),
        "organization_id": application.posting.organization_id,
        "membership_id": of(Membership, organization_id=application.posting.organization_id),
        "notification_id": of(Notification, user_id=person.user_id),
        "step": 3,
    }


def address(rule: str, ids: dict[str, int]) -> str:
    return re.sub(r"<(?:int:)?(\w+)>", lambda found: str(ids.get(found[1], 1)), rule)


def client_of(app, user):
    client = app.test_client()
    if user is not None:
        token = Make().sign_in(user)
        with client.session_transaction() as session:
            session["token"] = token
    return client


def pages(app, role: Role | None, language: str):
    """(address, page) of each page that the role can open, in one language."""
    stories_told = list(db.session.scalars(select(Application).order_by(Application.id)))
    assert len(stories_told) > 5
    application = next(each for each in stories_told if ids_around(each)["offer_id"])
    recruiter = db.session.get(Membership, ids_around(application)["membership_id"]).user
    user = {Role.SEEKER: application.person.user, Role.ENTERPRISE: recruiter}.get(role)
    found = [address(rule, ids_around(application)) for rule in routes(role.value if role else "anyone")]
    found += [f"/jobs/{i}" for i in db.session.scalars(select(Posting.id).limit(12))]
    found += (
        ASKED if role is not Role.ENTERPRISE else ["/desk/pipeline?posting=" + str(application.posting_id)]
    )
    visits = [(client_of(app, user), path) for path in found]
    if role:
        visits += [
            (
                client_of(app, each.person.user if role is Role.SEEKER else recruiter),
                ONE_BY_ONE[role].format(each.id),
            )
            for each in stories_told
        ]
    for client, path in visits:
        answer = client.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html" and answer.status_code in {200, 404, 410}:
            yield path, answer.text


@cache
def written() -> re.Pattern[str]:
    """Names that stand in the middle of sentences and in the titles of windows, where nothing can be marked."""
    names = {"清流 操作工 包住", "操作工", "测试", *db.session.scalars(select(Organization.name))}
    for posting in db.session.scalars(select(Posting)):
        certificates = {*posting.required_certificates, *posting.preferred_certificates}
        names |= {posting.title, posting.contact_name, *posting.majors, *certificates}
    for resume in db.session.scalars(select(Resume)):
        content = Content.from_dict(resume.content)
        names |= {resume.title, content.headline, resume.person.user.name}
    names |= {membership.user.name for membership in db.session.scalars(select(Membership))}
    return re.compile("|".join(sorted(map(re.escape, names - {"", None}), key=len, reverse=True)))


def left_chinese(page: str) -> set[str]:
    return {said for said in said_on(page) if HAN.search(written().sub("", QUOTED.sub("", said)))}


@cache
def simplified() -> frozenset[str]:
    """Characters of 简体 that 繁體 never writes."""
    to_simple, to_traditional = OpenCC("tw2s"), OpenCC("s2tw")
    every = map(chr, range(0x4E00, 0x9FA6))
    return frozenset(
        each for each in every if to_simple.convert(each) == each != to_traditional.convert(each)
    )


@pytest.mark.parametrize("role", [None, Role.SEEKER, Role.ENTERPRISE], ids=["public", "seeker", "recruiter"])
def test_no_page_in_english_shows_chinese(town, role):
    left, opened = {}, 0
    for path, page in pages(town, role, "en"):
        opened += 1
        assert '<html lang="en"' in page or "<html" not in page, path
        if found := left_chinese(page):
            left[path] = sorted(found)
    assert opened > 20
    assert left == {}


@pytest.mark.parametrize("role", [None, Role.SEEKER, Role.ENTERPRISE], ids=["public", "seeker", "recruiter"])
def test_no_page_in_traditional_characters_shows_simplified_ones(town, role):
    left, opened = {}, 0
    for path, page in pages(town, role, "zh-Hant"):
        opened += 1
        found = {said for said in said_on(page) if simplified() & set(said.replace(TOWNSHIP, ""))}
        if found:
            left[path] = sorted(found)
    assert opened > 20
    assert left == {}


def test_what_people_wrote_is_converted_but_not_what_they_type(town):
    posting = db.session.scalar(
        select(Posting)
        .where(Posting.state == PostingState.PUBLISHED, func.length(Posting.duties) > 20)
        .limit(1)
    )
    page = client_of(town, None).get(f"/jobs/{posting.id}?lang=zh-Hant").text
    assert OpenCC("s2tw").convert(posting.duties.splitlines()[0].strip()) in page
    recruiter = db.session.scalar(
        select(Membership).where(Membership.organization_id == posting.organization_id).limit(1)
    ).user
    form = client_of(town, recruiter).get(f"/postings/{posting.id}/edit?lang=zh-Hant").text
    assert posting.duties.splitlines()[0].strip() in form
