"""Everybody finds public gatherings: by title, kind, place, month, who comes; what is over stands below."""

import re

import pytest

from app.core.db import now, transaction
from app.discovery import shelves
from app.events.models import EventState, Exhibitor, ExhibitorPosting, ExhibitorState, TimetableEntry
from search import IndexUnavailable

pytestmark = pytest.mark.indexed
LINK = re.compile(r'<h2 class="job-title"><a href="/events/(\d+)"')


@pytest.fixture
def found(app):
    """The ids of the gatherings that a search shows, in their order."""

    def search(query=""):
        page = app.test_client().get(f"/events?{query}").get_data(as_text=True)
        return [int(id_) for id_ in LINK.findall(page)]

    return search


def exhibit(event, organization, state=ExhibitorState.APPROVED, postings=()):
    exhibitor = Exhibitor(
        event=event, organization=organization, state=state, wishes={}, card="", staff=[], booth_reasons=[]
    )
    with transaction() as session:
        session.add(exhibitor)
        session.flush()
        session.add_all(ExhibitorPosting(exhibitor=exhibitor, posting=posting) for posting in postings)
    return exhibitor


@pytest.mark.parametrize(
    "words", ["双选会", "冬季", "招聘会", "氟新材料", "体育馆", "shuangxuanhui", "人才办"]
)
def test_a_gathering_is_found_by_its_words(gathering, found, words):
    event = gathering()
    assert found(f"q={words}") == [event.id]


def test_it_is_found_by_who_comes_and_what_they_bring(gathering, found, make):
    event, company = gathering(), make.organization(name="清流梦溪陶瓷厂")
    assert found("q=梦溪陶瓷") == []
    exhibitor = exhibit(event, company, postings=[make.posting(company, title="六氟磷酸锂工艺员")])
    assert found("q=梦溪陶瓷") == [event.id]
    assert found("q=6F") == [event.id]
    with transaction():
        exhibitor.state, exhibitor.cancelled_at = ExhibitorState.CANCELLED, now()
    assert found("q=梦溪陶瓷") == []


def test_who_only_applied_is_not_told(gathering, found, make):
    exhibit(gathering(), make.organization(name="清流梦溪陶瓷厂"), ExhibitorState.APPLIED)
    assert found("q=梦溪陶瓷") == []


def test_its_timetable_is_read(gathering, found):
    event = gathering()
    with transaction() as session:
        session.add(TimetableEntry(event_id=event.id, starts_at=event.starts_at, what="校友座谈", place=""))
    assert found("q=校友座谈") == [event.id]


def test_what_is_over_stands_below_and_the_next_one_first(gathering, found):
    over = gathering(days=-20, state=EventState.ENDED, ended_at=now())
    late, soon = gathering(days=60), gathering(days=3)
    assert found() == [soon.id, late.id, over.id]
    assert found("q=双选会") == [soon.id, late.id, over.id]
    assert found("when=coming") == [soon.id, late.id]
    assert found("when=over") == [over.id]


def test_counts_are_what_choosing_gives(gathering, found, app):
    fair, train = gathering(), gathering("校企直通车", kind="direct_train")
    online = gathering("云上招聘", kind="online_fair", is_online=True, days=45)
    gathering("春季双选会", days=-100, state=EventState.ENDED, ended_at=now())
    page = app.test_client().get("/events?town=龙津镇").get_data(as_text=True)
    assert "3场活动" in page
    assert re.search(r'value="线上"><span>线上</span><span class="num">1<', page)
    assert re.search(r'value="coming"><span>将要举办</span><span class="num">2<', page)
    assert found("town=线上") == [online.id]
    assert found("kind=校企直通车") == [train.id]
    assert found(f"month={fair.starts_at:%Y-%m}&kind=双选会") == [fair.id]


def test_drafts_and_what_was_cancelled_are_not_shown(gathering, found):
    gathering(state=EventState.DRAFT, published_at=None)
    event = gathering()
    assert found() == [event.id]
    with transaction():
        event.state, event.cancel_reason = EventState.CANCELLED, "台风"
    assert found() == [event.id]  # people must hear of it as long as they might come
    gathering(days=-5, state=EventState.CANCELLED, cancel_reason="台风")
    assert found() == [event.id]


def test_rows_are_checked_though_the_index_is_late(gathering, found, monkeypatch):
    event = gathering()
    monkeypatch.setattr(shelves, "refresh", lambda *_: None)
    with transaction():
        event.state, event.published_at = EventState.DRAFT, None
    assert shelves.index(shelves.EVENTS).ids().keys() == {event.id}
    assert found() == []


def test_a_renamed_organizer_is_found_by_its_new_name(gathering, found, make):
    school = make.organization(name="甲职业学校")
    event = gathering(organizer=school)
    with transaction():
        school.name = "乙技工学校"
    assert found("q=乙技工学校") == [event.id]


def test_the_tables_answer_while_the_index_is_gone(gathering, found, app, monkeypatch):
    event = gathering()

    def gone(*_):
        raise IndexUnavailable("gone")

    monkeypatch.setattr(shelves.index(shelves.EVENTS), "search", gone)
    assert found("q=双选会") == [event.id]
    assert "搜索正在恢复" in app.test_client().get("/events").get_data(as_text=True)


def test_reconciling_repairs_both_ways(gathering):
    event = gathering()
    shelves.index(shelves.EVENTS).remove([event.id])
    assert shelves.reconcile(shelves.EVENTS) == (1, 0)
    assert shelves.reconcile(shelves.EVENTS) == (0, 0)


@pytest.mark.parametrize("query", ["q=%00%F0%9F%98%80", "page=99&when=x&month=2026-13&kind=<b>", "q=*"])
def test_any_address_gets_an_answer(app, gathering, query):
    gathering()
    assert app.test_client().get(f"/events?{query}").status_code in {200, 303}


def test_the_same_words_are_looked_for_in_the_other_kinds(app, gathering):
    gathering()
    page = app.test_client().get("/events?q=双选会").get_data(as_text=True)
    for path in ("/jobs", "/companies", "/events"):
        assert re.search(rf'href="{path}\?q=[^"]+"', page), path
