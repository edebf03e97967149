"""Index, matcher and tables say the same, whatever happened in between."""

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.core import county_time
from app.core.db import now, transaction
from app.discovery import services, shelves, sync
from app.discovery.models import Change, IndexTask
from app.organizations.models import Standing
from app.postings.models import Posting, PostingState
from search import Query

pytestmark = pytest.mark.indexed


def ids(text):
    return [hit.id for hit in shelves.index(shelves.POSTINGS).search(Query(text=text)).hits]


def test_a_published_posting_is_found_and_a_closed_one_is_not(make):
    posting = make.posting(title="六氟磷酸锂工艺员")
    assert ids("六氟磷酸锂") == [posting.id]
    with transaction():
        posting.state = PostingState.CLOSED
    assert ids("六氟磷酸锂") == []


def test_an_early_flush_loses_nothing(make, db):
    posting = make.posting(title="仓管员")
    with transaction():
        posting.title = "化验员"
        db.session.flush()
        posting.headcount = 9
    assert ids("化验员") == [posting.id]
    assert ids("仓管员") == []
    assert db.session.scalar(select(func.count()).select_from(IndexTask)) == 0


def test_a_rolled_back_change_leaves_no_trace(make, db):
    posting = make.posting(title="电工")
    with pytest.raises(ZeroDivisionError), transaction():
        posting.title = "幽灵"
        db.session.flush()
        _ = 1 / 0
    sync.drain()
    assert ids("幽灵") == []
    assert ids("电工") == [posting.id]


def test_a_suspended_employer_takes_its_postings_along(make):
    posting = make.posting(title="焊工")
    assert ids("焊工") == [posting.id]
    with transaction():
        posting.organization.standing = Standing.SUSPENDED
    assert ids("焊工") == []
    with transaction():
        posting.organization.standing = Standing.VERIFIED
    assert ids("焊工") == [posting.id]


def test_what_ended_by_the_clock_is_never_shown_though_the_index_holds_it(app, make, db):
    posting = make.posting(title="司机")
    table = Posting.__table__
    with transaction() as session:  # past every hook, as midnight does
        session.connection().execute(
            update(table)
            .where(table.c.id == posting.id)
            .values(valid_until=county_time.today() - timedelta(days=1))
        )
    assert ids("司机") == [posting.id]
    assert f"/jobs/{posting.id}" not in app.test_client().get("/jobs?q=司机").get_data(as_text=True)
    assert shelves.reconcile(shelves.POSTINGS) == (0, 1)
    assert ids("司机") == []


def test_reconciling_repairs_both_ways(make):
    kept, lost = make.posting(title="萤石选矿工"), make.posting(title="浮选工")
    shelves.index(shelves.POSTINGS).remove([lost.id])
    assert shelves.reconcile(shelves.POSTINGS) == (1, 0)
    assert ids("浮选") and ids("萤石") == [kept.id]
    assert shelves.reconcile(shelves.POSTINGS) == (0, 0)


def test_bulk_writes_are_refused(make, db):
    make.posting()
    with pytest.raises(sync.BulkWriteRefused, match="Posting"), transaction() as session:
        session.execute(update(Posting).values(title="x"))


@pytest.mark.parametrize("harm", ["deleted", "garbled"])
def test_search_answers_from_the_database_and_heals(make, app, harm, caplog):
    posting = make.posting(title="制冷剂充装工")
    folder = app.config["INDEX_DIR"]
    if harm == "deleted":
        shutil.rmtree(folder)
    else:
        for path in folder.rglob("*"):
            if path.is_file():
                path.write_bytes(b"\x00garbage" * 7)
    found = services.search(Query(text="制冷剂"))
    assert [hit.id for hit in found.results.hits] == [posting.id]
    sync.drain()
    shelves.reconcile(shelves.POSTINGS)
    again = services.search(Query(text="制冷剂"))
    assert [hit.id for hit in again.results.hits] == [posting.id]
    assert not again.is_from_tables


def test_filters_hold_when_the_database_answers(make, app, monkeypatch):
    from search import Filters, IndexUnavailable

    def gone(*_):
        raise IndexUnavailable("gone")

    low, high = make.posting(salary_max=6500), make.posting(salary_max=9000, benefits=["双休"], degree=3)
    make.posting(title="保洁", family="其他")
    monkeypatch.setattr(shelves.index(shelves.POSTINGS), "search", gone)

    def found(**picked):
        result = services.search(Query(text="操作工", filters=Filters(**picked)))
        assert result.is_from_tables
        return {hit.id for hit in result.results.hits}

    assert found() == {low.id, high.id}
    assert found(pay_min=8000) == {high.id}
    assert found(benefits=("双休",)) == {high.id}
    assert found(degree=2) == {low.id}
    assert found(families=("研发",)) == set()
    assert found(places=("350400",)) == {low.id, high.id}


def test_the_matcher_hears_of_each_change(make, app):
    matcher = app.extensions["matcher"]
    person, posting = make.person(), make.posting()
    assert [id_ for id_, _ in matcher.posts_for(person.id, 5)] == [posting.id]
    with transaction():
        posting.state = PostingState.PAUSED
    assert matcher.posts_for(person.id, 5) == []
    second = make.posting(title="外操")
    assert [id_ for id_, _ in matcher.posts_for(person.id, 5)] == [second.id]
    with transaction():
        person.is_matching_on = False
    assert matcher.posts_for(person.id, 5) == []


def test_old_changes_are_forgotten_and_a_late_reader_reads_all_anew(make, app, db):
    matcher = app.extensions["matcher"]
    person = make.person()
    matcher.posts_for(person.id, 5)
    table = Change.__table__
    posting = make.posting()
    with transaction() as session:
        session.connection().execute(update(table).values(written_at=now() - timedelta(hours=3)))
    sync.forget_old_changes()
    assert db.session.scalar(select(func.count()).select_from(Change)) == 1
    later = make.posting(title="外操")
    assert {id_ for id_, _ in matcher.posts_for(person.id, 5)} == {posting.id, later.id}
