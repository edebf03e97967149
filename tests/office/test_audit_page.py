"""The log of the office reads as sentences: who, what, which record, from what to what."""

import re

import pytest
from flask import g

from app.accounts.services import sessions
from app.applications import services
from app.core import jobs
from app.core.audit import AuditEntry
from app.core.crypto import hash_password
from app.core.db import Base, transaction
from app.core.guard import Role
from app.office import audit_words
from app.office.audit_values import said
from app.organizations.queries import membership_of

PASSWORD = "a long enough passphrase"


def text_of(page):
    main = re.search(r"<main.*</main>", page, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


@pytest.fixture
def office(make, login):
    return login(make.user(Role.OFFICE, name="办公室小林"))


def test_a_move_reads_as_a_sentence_with_links(office, make):
    posting = make.posting(title="充装工")
    recruiter = make.recruiter(posting.organization, name="招聘的王姐")
    application = make.application(posting=posting)
    with transaction():
        services.take(application, "shortlist", membership_of(recruiter), seen_version=application.version)
    page = office.get(f"/office/audit?record=applications:{application.id}").text
    words = text_of(page)
    assert f"投递「{application.person.name}→充装工」" in words
    assert "已投递 → 改成 初筛通过" in words
    assert "applications" not in words
    assert "shortlisted" not in words
    assert (
        f'href="/review/postings/{posting.id}"'
        in office.get(f"/office/audit?record=postings:{posting.id}").text
    )


def test_whoever_signs_in_is_the_one_who_did_it(app, make, db):
    user = make.user(phone="13812345678", password_hash=hash_password(PASSWORD))
    form = {"way": "password", "address": "13812345678", "password": PASSWORD}
    assert app.test_client().post("/sign-in", data=form).status_code == 303
    entry = db.session.query(AuditEntry).filter_by(action="accounts.sign_in").one()
    assert (entry.actor_id, entry.actor) == (user.id, "seeker")


def test_a_second_factor_belongs_to_whoever_gives_it(app, make, db):
    """Two transactions of one request are one row, with the person whom the second one found."""
    user = make.user()
    with app.test_request_context("/sign-in", method="POST"):
        g.request_id = "one request"
        with transaction():
            user.locale = "en"
        with transaction():
            sessions.begin(user, device="测试", address="127.0.0", consent="current")
    entry = db.session.query(AuditEntry).filter_by(request_id="one request").one()
    assert entry.actor_id == user.id
    assert {change["record"].partition(":")[0] for change in entry.changes} == {"users", "sign_in_sessions"}


@pytest.mark.parametrize(
    ("table", "column", "value", "words"),
    [
        ("postings", "state", "published", "招聘中"),
        ("organizations", "standing", "verified", "已核验"),
        ("postings", "place", "350423-08", "清流县温郊乡"),
        ("postings", "degree", 3, "大专及以上"),
        ("postings", "benefits", "['五险一金', '包住']", "五险一金、包住"),
        ("postings", "is_urgent", True, "是"),
        ("users", "password_hash", "•••", "不记内容"),
        ("postings", "return_reason", None, "无"),
        ("postings", "organization_id", 7, "泷岚"),
        ("postings", "duties", "长" * 200, "长" * 80 + "…"),
        ("postings", "extra", "[not python", "[not python"),
    ],
)
def test_a_value_reads_as_people_say_it(table, column, value, words):
    assert said(table, column, value, {("organizations", 7): "泷岚"}) == words


def test_every_action_of_the_site_has_a_word(app):
    changing = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    timers = {f"job:{name}" for name in (*jobs._soon, *jobs._each_minute, *jobs._each_night)}
    silent = {"gallery.states", "postings.paste", "postings.preview", "discovery.coverage"}
    assert changing - silent <= audit_words.known("action")
    assert timers <= audit_words.known("action")
    assert {role.value for role in Role} | {"system", "visitor"} <= audit_words.known("role")


def test_every_table_and_column_that_is_logged_has_a_word():
    audited = [m.local_table for m in Base.registry.mappers if getattr(m.class_, "__audited__", True)]
    assert {table.name for table in audited} <= audit_words.known("table")
    columns = {column.name for table in audited for column in table.columns}
    assert columns <= audit_words.known("column")


def test_a_page_of_the_log_asks_the_database_as_often_as_a_longer_one(office, make, queries_run):
    counts = []
    for _ in range(2):
        for _ in range(4):
            make.application()
        with queries_run() as seen:
            assert office.get("/office/audit").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
