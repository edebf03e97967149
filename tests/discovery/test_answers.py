"""A question that was asked before gets the answer that is right now."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.core import county_time
from app.core.db import transaction
from app.discovery import services, shelves
from app.postings.models import Posting

pytestmark = pytest.mark.indexed


def page(app, query):
    return app.test_client().get(f"/jobs?q={query}").get_data(as_text=True)


@pytest.fixture
def searches(monkeypatch):
    """How often the index was asked."""
    asked, real = [], services.search
    monkeypatch.setattr(services, "search", lambda query: asked.append(query) or real(query))
    return asked


def test_the_same_question_asks_the_index_once(app, make, searches):
    posting = make.posting(title="电解工")
    first, second = page(app, "电解工"), page(app, "电解工")
    assert f"/jobs/{posting.id}" in first
    assert first.split('id="found"')[1] == second.split('id="found"')[1]
    assert len(searches) == 1


def test_each_page_language_and_condition_is_a_question_of_its_own(app, make, searches):
    make.posting(title="电解工")
    for query in ("电解工", "电解工&page=2", "电解工&sort=newest", "电解工&lang=en", "电解工&degree=3"):
        page(app, query)
    assert len(searches) == 5


def test_a_change_is_in_the_next_answer(app, make):
    make.posting(title="电解工")
    assert "1个职位" in page(app, "电解工")
    second = make.posting(title="电解工二")
    assert f"/jobs/{second.id}" in page(app, "电解工")


def test_what_ended_meanwhile_is_not_shown_though_the_answer_is_kept(app, make):
    posting = make.posting(title="电解工")
    page(app, "电解工")
    table = Posting.__table__
    with transaction() as session:  # past every hook, as midnight does
        yesterday = county_time.today() - timedelta(days=1)
        session.connection().execute(
            update(table).where(table.c.id == posting.id).values(valid_until=yesterday)
        )
    assert f"/jobs/{posting.id}" not in page(app, "电解工")


def test_answers_of_the_database_are_not_kept(app, make, monkeypatch, searches):
    from search import IndexUnavailable

    def gone(*_):
        raise IndexUnavailable("gone")

    make.posting(title="电解工")
    monkeypatch.setattr(shelves.index(shelves.POSTINGS), "search", gone)
    assert "搜索正在恢复" in page(app, "电解工")
    monkeypatch.undo()
    assert "搜索正在恢复" not in page(app, "电解工")
