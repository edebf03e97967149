"""Verified enterprises find people who allow it; everybody finds companies. What is shown is checked with the tables."""

import re

import pytest

from app.core.db import transaction
from app.core.guard import Role
from app.discovery import shelves
from app.organizations.models import Standing
from app.people.models import BlockedEmployer, Visibility
from search import IndexUnavailable, Query

pytestmark = pytest.mark.indexed


@pytest.fixture
def recruiter(make):
    return make.recruiter()


def organization_of(recruiter):
    from app.organizations.queries import membership_of

    return membership_of(recruiter).organization


def find(client, query="q=外操"):
    return client.get(f"/people?{query}").get_data(as_text=True)


def test_an_enterprise_finds_who_allows_it_without_name_or_contact(login, make, recruiter):
    person = make.person(name="欧阳小明")
    page = find(login(recruiter))
    assert f"/people/{person.id}" in page
    assert "1人" in page
    assert "欧阳小明" not in page
    assert person.user.phone not in page


@pytest.mark.parametrize("visibility", [Visibility.APPLIED, Visibility.HIDDEN])
def test_who_does_not_allow_it_is_not_found(login, make, recruiter, visibility):
    person = make.person()
    with transaction():
        person.visibility = visibility
    page = find(login(recruiter))
    assert f"/people/{person.id}" not in page
    assert "0人" in page


def test_a_blocked_employer_finds_nobody_and_others_do(login, make, recruiter, db):
    person = make.person()
    with transaction():
        db.session.add(BlockedEmployer(person_id=person.id, organization=organization_of(recruiter)))
    assert "0人" in find(login(recruiter))
    assert "1人" in find(login(make.recruiter()))


def test_rows_are_checked_though_the_index_is_late(login, make, recruiter, monkeypatch):
    person = make.person()
    monkeypatch.setattr(shelves, "refresh", lambda *_: None)
    with transaction():
        person.visibility = Visibility.HIDDEN
    assert f"/people/{person.id}" not in find(login(recruiter))


def test_an_enterprise_that_is_not_verified_is_told_so(login, make):
    make.person()
    recruiter = make.recruiter(make.organization(standing=Standing.SUBMITTED))
    page = find(login(recruiter))
    assert "核验后才能找人" in page
    assert "/people/1" not in page


def test_nobody_else_searches_people(app, login, make):
    assert app.test_client().get("/people").status_code in {302, 303}
    assert login(make.user()).get("/people").status_code == 403
    assert login(make.user(Role.ORGANIZER)).get("/people").status_code == 403


def test_conditions_are_read_for_people(login, make, recruiter):
    make.person()
    client = login(recruiter)
    page = find(client, "q=大专 外操")
    assert "大专及以上" in page
    assert "1人" in page
    assert "0人" in find(client, "q=外操 硕士")
    assert "0人" in find(client, "q=外操&degree=5")
    assert "1人" in find(client, "q=外操&degree=3&years=1")


def test_words_that_matched_are_marked(login, make, recruiter):
    make.person()
    assert re.search("<mark>[^<]*巡检", find(login(recruiter), "q=巡检"))


@pytest.mark.parametrize(
    "query", ["", "q=%00%F0%9F%98%80", "q=" + "(a%2B)%2B$" * 60, "page=999&degree=x&years=-1&family=<b>"]
)
def test_any_address_gets_an_answer(login, make, recruiter, query):
    assert login(recruiter).get(f"/people?{query}").status_code in {200, 303}
    assert login(recruiter).get(f"/companies?{query}").status_code in {200, 303}


def test_companies_are_found_by_name_link_and_words(app, make):
    company = make.organization(name="清流甲乙新材料有限公司", introduction="做特氟龙分散液。")
    for words in ("甲乙新材料", "含氟聚合物", "PTFE"):
        assert f"/companies/{company.id}" in app.test_client().get(f"/companies?q={words}").get_data(
            as_text=True
        )


def test_companies_are_listed_by_chain_link_those_with_most_posts_first(app, make, queries_run):
    first = make.organization(name="清流甲氟有限公司", chain_links=["萤石采选"])
    second = make.organization(name="清流乙氟有限公司", chain_links=["制冷剂", "含氟聚合物"])
    make.organization(name="清流丙氟有限公司", standing=Standing.SUBMITTED, verified_until=None)
    make.posting(second)
    client = app.test_client()
    everybody = client.get("/companies").get_data(as_text=True)
    assert everybody.index(f"/companies/{second.id}") < everybody.index(f"/companies/{first.id}")
    assert "丙氟" not in everybody
    assert "2家企业" in everybody
    with queries_run() as seen:
        some = client.get("/companies?link=制冷剂").get_data(as_text=True)
    assert "乙氟" in some
    assert "甲氟" not in some
    assert re.search(r'value="萤石采选"><span>萤石采选</span><span class="num">1<', some)
    assert len(seen) <= 4


def test_a_suspended_company_is_not_found(app, make):
    company = make.organization(name="清流甲乙新材料有限公司")
    with transaction():
        company.standing, company.suspend_reason = Standing.SUSPENDED, "核查"
    assert f"/companies/{company.id}" not in app.test_client().get("/companies?q=甲乙").get_data(as_text=True)


def test_reconciling_repairs_both_ways(make):
    person, company = make.person(), make.organization()
    shelves.index(shelves.PEOPLE).remove([person.id])
    shelves.index(shelves.COMPANIES).remove([company.id])
    found = shelves.reconcile_all()
    assert (found["people"], found["companies"]) == ((1, 0), (1, 0))
    assert set(shelves.reconcile_all().values()) == {(0, 0)}
    assert person.id in shelves.index(shelves.PEOPLE).ids()


def test_the_tables_answer_while_an_index_is_gone(login, make, recruiter, monkeypatch):
    person = make.person()

    def gone(*_):
        raise IndexUnavailable("gone")

    monkeypatch.setattr(shelves.index(shelves.PEOPLE), "search", gone)
    page = find(login(recruiter))
    assert f"/people/{person.id}" in page
    assert "搜索正在恢复" in page


def test_nothing_in_the_index_of_people_reaches_them(make, app):
    content = {
        "headline": "外操",
        "summary": "电话13912345678，微信：abc_98765，邮箱 ou@example.com，欧阳小明",
        "work": [{"employer": "某厂", "title": "外操", "text": "加我QQ 1234567890"}],
    }
    make.person(name="欧阳小明", content=content)
    folder = shelves.index(shelves.PEOPLE)._root
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in ("13912345678", "abc_98765", "ou@example.com", "欧阳小明", "1234567890", "某厂"):
        assert secret.encode() not in kept
        assert not shelves.search(shelves.PEOPLE, Query(secret, kind="person", understand=False)).results.hits
