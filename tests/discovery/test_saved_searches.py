"""Kept searches belong to one seeker, tell what is new once a day, and any search has a feed."""

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import select

from app.core.audit import AuditEntry
from app.core.county_time import COUNTY_TIME
from app.core.db import now, transaction
from app.core.guard import Role
from app.discovery import saved_searches
from app.discovery.models import SavedSearch
from app.notifications.models import Message, Notification

pytestmark = pytest.mark.indexed
ATOM = "{http://www.w3.org/2005/Atom}"
TOMORROW = now().astimezone(COUNTY_TIME).date() + timedelta(days=1)  # the county's, nine hours off or more
NINE = datetime.combine(TOMORROW, datetime.min.time(), COUNTY_TIME).replace(hour=9)


@pytest.fixture
def seeker(make):
    return make.user()


def keep(client, query="q=电工", **typed):
    return client.post(f"/jobs/searches/new?{query}", data={"name": "家门口的电工", "is_daily": "y", **typed})


def only_search(db):
    return db.session.scalars(select(SavedSearch)).one()


def messages(db):
    return [m.body for m in db.session.scalars(select(Message))]


def test_a_search_is_kept_listed_renamed_and_forgotten(login, seeker, db):
    client = login(seeker)
    assert "家门口的电工" not in client.get("/jobs/searches").get_data(as_text=True)
    assert keep(client, "q=电工&town=温郊乡&page=3").status_code == 303
    listed = client.get("/jobs/searches").get_data(as_text=True)
    assert "家门口的电工" in listed
    assert "温郊乡" in listed
    saved = only_search(db)
    assert "page" not in saved.parameters
    address = f"/jobs/searches/{saved.id}"
    assert client.post(address, data={"name": "电工"}).status_code == 303
    assert (only_search(db).name, only_search(db).is_daily) == ("电工", False)
    assert client.post(f"{address}/delete").status_code == 303
    assert db.session.scalars(select(SavedSearch)).all() == []


def test_keeping_the_same_search_again_only_renames_it(login, seeker, db):
    client = login(seeker)
    keep(client)
    keep(client, name="电工二")
    assert only_search(db).name == "电工二"


def test_a_search_without_a_name_is_refused(login, seeker):
    response = keep(login(seeker), name="")
    assert response.status_code == 422
    assert "起个名字" in response.get_data(as_text=True)


def test_there_is_an_end_to_keeping(login, seeker, db):
    client = login(seeker)
    for number in range(saved_searches.MOST + 1):
        keep(client, f"q=电工{number}")
    assert len(db.session.scalars(select(SavedSearch)).all()) == saved_searches.MOST


def test_nobody_reaches_the_search_of_another(login, seeker, make, db):
    keep(login(seeker))
    saved, stranger = only_search(db), login(make.user())
    for path in (f"/jobs/searches/{saved.id}", f"/jobs/searches/{saved.id}/delete"):
        assert stranger.post(path, data={"name": "我的"}).status_code == 404
    assert only_search(db).name == "家门口的电工"


def test_the_digest_tells_what_is_new_and_only_once(login, seeker, make, db):
    make.posting(title="老电工", published_at=now() - timedelta(days=3))
    keep(login(seeker))
    assert saved_searches.send_digests(NINE) == 0
    assert messages(db) == []
    make.posting(title="维修电工", published_at=NINE + timedelta(hours=2))
    make.posting(title="会计", published_at=NINE + timedelta(hours=2))
    day_after = NINE + timedelta(days=1)
    assert saved_searches.send_digests(day_after) == 1
    assert saved_searches.send_digests(day_after + timedelta(minutes=1)) == 0
    assert messages(db) == ["「家门口的电工」有1个新职位：维修电工"]
    line = db.session.scalars(select(Notification)).one()
    assert line.path.startswith("/jobs?q=%E7%94%B5%E5%B7%A5")
    assert [e for e in db.session.scalars(select(AuditEntry)) if "new" in str(e.changes)]
    assert saved_searches.send_digests(day_after + timedelta(days=1)) == 0


def test_several_searches_of_a_seeker_make_one_message(login, seeker, make, db):
    client = login(seeker)
    keep(client)
    keep(client, "q=会计", name="账房")
    make.posting(title="维修电工", published_at=NINE - timedelta(hours=2))
    make.posting(title="会计", published_at=NINE - timedelta(hours=2))
    assert saved_searches.send_digests(NINE) == 2
    (body,) = messages(db)
    assert "维修电工" in body
    assert "账房" in body


@pytest.mark.parametrize("when", [NINE.replace(hour=7, minute=59)])
def test_nobody_is_told_before_eight(login, seeker, make, db, when):
    keep(login(seeker))
    make.posting(title="维修电工", published_at=NINE - timedelta(hours=4))
    assert saved_searches.send_digests(when) == 0


def test_a_search_whose_digest_is_off_is_silent(login, seeker, make, db):
    client = login(seeker)
    keep(client, is_daily="")
    with transaction():
        only_search(db).is_daily = False
    make.posting(title="维修电工", published_at=NINE - timedelta(hours=2))
    assert saved_searches.send_digests(NINE) == 0


def test_visitors_are_led_to_sign_in_and_others_are_refused(app, login, make):
    assert app.test_client().get("/jobs/searches/new?q=电工").status_code in {302, 303}
    assert login(make.user(Role.ENTERPRISE)).get("/jobs/searches").status_code == 403


def test_any_search_has_a_feed_with_its_newest_first(app, make):
    make.posting(title="电工甲", published_at=now() - timedelta(days=2))
    make.posting(title="电工乙", published_at=now() - timedelta(days=1))
    make.posting(title="会计")
    response = app.test_client().get("/jobs.atom?q=电工")
    assert response.mimetype == "application/atom+xml"
    root = ET.fromstring(response.data)
    assert [entry.findtext(f"{ATOM}title", "")[:3] for entry in root.iter(f"{ATOM}entry")] == [
        "电工乙",
        "电工甲",
    ]
    assert "电工" in root.findtext(f"{ATOM}title", "")


@pytest.mark.parametrize("query", ["", "q=%00<script>", "q=" + "(a%2B)%2B$" * 60, "sort=match&page=99"])
def test_a_feed_of_anything_is_xml(app, query):
    response = app.test_client().get(f"/jobs.atom?{query}")
    assert response.status_code == 200
    ET.fromstring(response.data)


def test_the_search_page_leads_to_keeping_and_to_the_feed(app, make):
    make.posting(title="维修电工")
    page = app.test_client().get("/jobs?q=电工").get_data(as_text=True)
    assert "/jobs/searches/new?q=%E7%94%B5%E5%B7%A5" in page
    assert "/jobs.atom?q=%E7%94%B5%E5%B7%A5" in page


def test_what_matched_is_marked_in_the_list(app, make):
    make.posting(title="厂里的电工", duties="<b>电工</b>班组的活")
    page = app.test_client().get("/jobs?q=电工").get_data(as_text=True)
    assert "厂里的<mark>电工</mark>" in page
    assert "&lt;b&gt;<mark>电工</mark>" in page
    assert "<mark>" not in app.test_client().get("/jobs").get_data(as_text=True)


def test_seekers_may_order_by_what_fits_them(login, make, monkeypatch):
    person = make.person()
    better, worse = make.posting(title="电工甲"), make.posting(title="电工乙")
    from app.core import fit

    class Source:
        def bands(self, person_id, ids):
            return {id_: fit.Fit(3 if id_ == better.id else 1, "") for id_ in ids}

    monkeypatch.setattr(fit, "current", Source)
    client = login(person.user)
    page = client.get("/jobs?q=电工&sort=match").get_data(as_text=True)
    assert "最适合我" in page
    assert page.index("电工</mark>甲") < page.index("电工</mark>乙")
    monkeypatch.setattr(
        Source, "bands", lambda _, __, ids: {id_: fit.Fit(3 if id_ == worse.id else 1, "") for id_ in ids}
    )
    page = client.get("/jobs?q=电工&sort=match").get_data(as_text=True)
    assert page.index("电工</mark>乙") < page.index("电工</mark>甲")


def test_the_order_by_fit_is_offered_to_nobody_else(app, make):
    make.posting(title="维修电工")
    assert "最适合我" not in app.test_client().get("/jobs?q=电工").get_data(as_text=True)
    assert app.test_client().get("/jobs?q=电工&sort=match").status_code == 200
