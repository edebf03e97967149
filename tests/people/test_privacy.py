"""The seeker's own page, who finds them, whom they block, who looked, who may call."""

import pytest
from sqlalchemy import func, select

from app.accounts.services import closing
from app.core import crypto
from app.core.audit import AuditEntry
from app.core.db import transaction
from app.core.guard import Role
from app.notifications.models import Notification
from app.people import policy, queries, services
from app.people.models import BlockedEmployer, ContactAnswer, ContactRequest, ProfileView, Visibility


@pytest.fixture
def person(make):
    return make.person(user=make.user(Role.SEEKER, name="林小满"))


@pytest.fixture
def client(login, person):
    return login(person.user)


@pytest.fixture
def employer(make):
    return make.organization(name="泷岚氟材料有限公司")


def audit_rows(db):
    return db.session.scalar(select(func.count()).select_from(AuditEntry))


def asked(make, person, organization, **given):
    recruiter = make.recruiter(organization)
    row = {
        "person_id": person.id,
        "organization_id": organization.id,
        "asked_by_id": recruiter.id,
        "note": "",
    }
    return make._save(ContactRequest(**row | given)), recruiter


def test_home_of_a_newcomer_offers_the_two_ways_in_and_writes_nothing(make, login, db):
    client = login(make.user(Role.SEEKER))
    before = audit_rows(db)
    page = client.get("/me/").text
    assert "先做一份简历" in page and "/me/quick/1" in page and "/me/import" in page
    assert audit_rows(db) == before


def test_home_shows_what_is_there_and_what_to_do_next(client, person, employer, make):
    asked(make, person, employer)
    make._save(ProfileView(person_id=person.id, organization=employer))
    page = client.get("/me/").text
    assert "家企业想看你的联系方式" in page and "处简历可以补" in page
    assert "所有已核验的企业能找到你" in page and "看过我的企业" in page
    assert "我的" in page and "/me/privacy" in page


def test_privacy_is_changed_with_one_audit_row(client, person, db):
    page = client.get("/me/privacy").text
    assert 'value="enterprises" checked' in page and "谁也搜不到你" in page
    before = audit_rows(db)
    answer = client.post("/me/privacy", data={"visibility": "hidden"})
    assert answer.status_code == 303 and audit_rows(db) == before + 1
    assert person.visibility is Visibility.HIDDEN and person.is_matching_on is False
    assert client.post("/me/privacy", data={"visibility": "everybody"}).status_code == 422
    assert person.visibility is Visibility.HIDDEN


def test_an_employer_is_found_by_name_blocked_and_unblocked(client, person, employer, make, db):
    make.organization(name="别家有限公司")
    page = client.get("/me/privacy?name=泷岚").text
    assert "泷岚氟材料" in page and "别家" not in page
    assert "没有名字里带「%」的企业" in client.get("/me/privacy?name=%25").text
    assert "<script>x" not in client.get("/me/privacy?name=<script>x").text
    before = audit_rows(db)
    client.post(f"/me/blocked/{employer.id}")
    assert audit_rows(db) == before + 1 and queries.is_blocked(person, employer.id)
    assert not policy.can_be_found_by(person, employer, is_blocked=queries.is_blocked(person, employer.id))
    client.post(f"/me/blocked/{employer.id}")  # pressed twice
    assert db.session.scalar(select(func.count()).select_from(BlockedEmployer)) == 1
    assert "已屏蔽" in client.get("/me/privacy?name=泷岚").text
    before = audit_rows(db)
    client.post(f"/me/blocked/{employer.id}/lift")
    assert audit_rows(db) == before + 1 and not queries.is_blocked(person, employer.id)
    client.post(f"/me/blocked/{employer.id}/lift")
    assert client.post("/me/blocked/99999").status_code == 404


def test_who_looked_is_listed_latest_first(client, person, make, db):
    first, second = make.organization(name="甲厂有限公司"), make.organization(name="乙厂有限公司")
    for organization in (first, second, first):
        with transaction():
            services.record_view(person, organization)
    page = client.get("/me/viewers").text
    assert page.index("甲厂有限公司") < page.index("乙厂有限公司") and "看过2次" in page


def test_the_lists_are_paged_and_their_queries_do_not_grow(client, person, make, queries_run):
    def fill(count):
        for _ in range(count):
            organization = make.organization()
            make._save(ProfileView(person_id=person.id, organization=organization))
            make._save(BlockedEmployer(person_id=person.id, organization=organization))
            asked(make, person, organization)

    paths = ("/me/viewers", "/me/privacy", "/me/contact-requests", "/me/")
    fill(1)
    few, many = {}, {}
    for path in paths:
        client.get(path)
        with queries_run() as few[path]:
            client.get(path)
    fill(21)
    for path in paths:
        with queries_run() as many[path]:
            page = client.get(path).text
        assert path == "/me/" or "第1页，共2页" in page
    assert {path: len(seen) for path, seen in many.items()} == {path: len(seen) for path, seen in few.items()}


def test_a_request_is_agreed_to_and_taken_back(client, person, employer, make, db):
    row, recruiter = asked(make, person, employer, note="<b>想聊聊</b>")
    page = client.get("/me/contact-requests").text
    assert "&lt;b&gt;想聊聊&lt;/b&gt;" in page and "等你答复" in page
    before = audit_rows(db)
    client.post(f"/me/contact-requests/{row.id}", data={"answer": "agree"})
    assert row.answer is ContactAnswer.AGREED and queries.has_agreed(person.id, employer.id)
    assert audit_rows(db) == before + 1
    told = db.session.scalars(select(Notification).where(Notification.user_id == recruiter.id)).one()
    assert "林小满" in told.text
    assert "收回，不再给看" in client.get("/me/contact-requests").text
    client.post(f"/me/contact-requests/{row.id}", data={"answer": "refuse"})
    assert row.answer is ContactAnswer.REFUSED and not queries.has_agreed(person.id, employer.id)
    assert "改成同意" in client.get("/me/contact-requests").text


def test_only_the_person_asked_answers(client, employer, make, login, person):
    row, recruiter = asked(make, person, employer)
    path = f"/me/contact-requests/{row.id}"
    assert login(make.person().user).post(path, data={"answer": "agree"}).status_code == 404
    assert login(recruiter).post(path, data={"answer": "agree"}).status_code == 403
    assert client.post(path, data={"answer": "perhaps"}).status_code == 404
    assert row.answer is ContactAnswer.ASKED


@pytest.mark.parametrize(
    "path", ["/me/", "/me/privacy", "/me/viewers", "/me/contact-requests", "/me/resumes", "/me/import"]
)
def test_the_pages_are_for_seekers_only(app, make, login, path):
    assert "/sign-in" in app.test_client().get(path).location
    assert login(make.recruiter()).get(path).status_code == 403


def test_closing_the_account_hides_the_person_and_seals_the_name(make):
    person = make.person(name="陈国栋", visibility=Visibility.ENTERPRISES)
    with transaction():
        closing.close(person.user)
    assert person.visibility is Visibility.HIDDEN and person.name == closing.NAME_AFTERWARDS
    assert "陈国栋" in crypto.unseal(person.user.sealed_identity)
