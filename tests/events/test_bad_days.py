"""Days on which things go wrong, beside those that other tests hold: midnight, zones, the law, a fair that is moved."""

import io
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.core import crypto
from app.core.county_time import COUNTY_TIME
from app.core.db import db, now, transaction
from app.events import tickets
from app.events.kinds import KINDS
from app.events.models import Booth, CheckIn, Event, EventState, Hall, HelperLink
from app.events.services import checking_in, planning
from app.events.services.checking_in import Attempt, Door, Verdict
from app.events.services.planning import PAPERS
from tests.events.conftest import saved

LAW = [key for key, kind in KINDS.items() if kind.needs_safety_plan]


def county(hour, minute=0, day=5):
    """A moment of the county's clock around the fifth day of a run of days to come."""
    first = now().astimezone(COUNTY_TIME).replace(hour=hour, minute=minute, second=0, microsecond=0)
    return first + timedelta(days=15 + day)


def shown_at(event, row, moment):
    """The verdict for a ticket that comes to the door at *moment*."""
    with transaction() as session:
        answer = checking_in.check_in(
            session.get(Event, event.id),
            [Attempt(row.code, crypto.new_token())],
            Door("门", "d", moment),
            tickets.private_key().public_key(),
        )[0]
    return answer.verdict


@pytest.fixture
def night(fair):
    """From half past nine in the evening of the fifth until half past one; in UTC it is all on one day."""
    return fair(starts_at=county(21, 30), ends_at=county(1, 30, day=6))


def test_doors_open_at_the_countys_midnight_and_not_at_that_of_utc(night, visitor):
    early, first = visitor(night), visitor(night)
    assert shown_at(night, early, county(23, 59, day=4)) is Verdict.EARLY
    assert shown_at(night, first, county(0, 1)) is Verdict.WELCOME
    assert db.session.query(CheckIn).count() == 1


def test_a_fair_goes_on_over_midnight_and_ends_two_hours_after_its_end(night, visitor):
    before, after, late = visitor(night), visitor(night), visitor(night)
    assert shown_at(night, before, county(23, 59)) is Verdict.WELCOME
    assert shown_at(night, after, county(0, 1, day=6)) is Verdict.WELCOME
    assert shown_at(night, before, county(0, 2, day=6)) is Verdict.ALREADY
    assert shown_at(night, late, county(3, 31, day=6)) is Verdict.EXPIRED


def test_pages_and_calendar_say_the_countys_day(fair, app):
    """Half past midnight in the county is still yesterday in UTC."""
    start = (now() + timedelta(days=9)).astimezone(COUNTY_TIME).replace(hour=0, minute=30)
    event = fair(starts_at=start, ends_at=start + timedelta(hours=6))
    page = app.test_client().get(f"/events/{event.id}").get_data(as_text=True)
    assert f"{start.month}月{start.day}日" in page and "00:30" in page.replace(" 0:30", " 00:30")
    yesterday = start - timedelta(days=1)
    assert f"{yesterday.month}月{yesterday.day}日" not in page


@pytest.mark.parametrize("kind", LAW)
@pytest.mark.parametrize("papers", [(), PAPERS[:1], PAPERS[1:]], ids=["none", "plan only", "emergency only"])
def test_the_law_lets_nobody_publish_without_both_papers(fair, make, login, kind, papers):
    event, browser = fair(kind=kind, state=EventState.DRAFT, capacity=100), login(make.office())
    desk = f"/organize/events/{event.id}"
    hall = saved(Hall(event_id=event.id, name="馆", width=5, height=5))
    saved(Booth(event_id=event.id, hall_id=hall.id, number="A01", x=2, y=2))
    if papers:
        sent = {name: (io.BytesIO(b"%PDF-1.4 plan"), "a.pdf") for name in papers}
        assert browser.post(f"{desk}/papers", data=sent).status_code in {302, 303}
    answer = browser.post(f"{desk}/publish")
    assert answer.status_code == 422 and "还不能发布" in answer.get_data(as_text=True)
    assert db.session.get(Event, event.id, populate_existing=True).state is EventState.DRAFT
    rest = {name: (io.BytesIO(b"%PDF-1.4 plan"), "a.pdf") for name in PAPERS if name not in papers}
    browser.post(f"{desk}/papers", data=rest)
    assert browser.post(f"{desk}/publish").status_code == 303


def test_a_fair_moved_on_the_morning_keeps_its_tickets_and_says_so(fair, visitor, app):
    event = fair(starts_at=now() - timedelta(minutes=30))
    row = visitor(event)
    later = now() + timedelta(hours=3)
    with transaction() as session:
        moved = session.get(Event, event.id)
        values = {"starts_at": later, "ends_at": later + timedelta(hours=4), "place": "一中体育馆"}
        planning.edit(moved, values, seen_version=moved.version)
    page = app.test_client().get(f"/tickets/{tickets.link_of(row.id)}").get_data(as_text=True)
    assert "时间或地点有变" in page and "一中体育馆" in page
    is_same_day = later.astimezone(COUNTY_TIME).date() == now().astimezone(COUNTY_TIME).date()
    assert shown_at(event, row, now()) is (Verdict.WELCOME if is_same_day else Verdict.EARLY)


def test_a_queue_of_bad_and_good_codes_gives_each_its_own_answer(fair, visitor, app):
    """Three in ten sent twice, one in ten bad: one check-in for each good ticket, none for the others."""
    event = fair(starts_at=now() - timedelta(hours=1))
    saved(
        HelperLink(
            event_id=event.id, token_digest=crypto.digest("a-door"), door="门", made_by_id=event.created_by_id
        )
    )
    rows = [visitor(event) for _ in range(20)]
    good = [tickets.write(event.id, row.serial, tickets.private_key()) for row in rows]
    bad = [tickets.write(event.id, row.serial, Ed25519PrivateKey.generate()) for row in rows[:2]]
    sent = [{"shown": text, "key": f"k{n}"} for n, text in enumerate(good + bad)]
    sent += sent[:6]
    browser = app.test_client()
    answers = browser.post("/door/a-door/check-ins", json={"device": "d", "tickets": sent}).json["answers"]
    assert [each["verdict"] for each in answers] == ["welcome"] * 20 + ["forged"] * 2 + ["welcome"] * 6
    assert db.session.query(CheckIn).count() == 20


def test_the_door_says_how_many_more_may_come_in(fair, visitor, app):
    event = fair(starts_at=now() - timedelta(hours=1), capacity=3)
    saved(
        HelperLink(
            event_id=event.id, token_digest=crypto.digest("a-door"), door="门", made_by_id=event.created_by_id
        )
    )
    browser, left = app.test_client(), []
    for row in [visitor(event) for _ in range(4)]:
        said = browser.post("/door/a-door/check-ins", json={"tickets": [{"shown": row.code}]}).json
        left.append((said["answers"][0]["verdict"], said["left"]))
    assert left == [("welcome", 2), ("welcome", 1), ("welcome", 0), ("full", 0)]
    assert "场内已满" in browser.get("/door/a-door").get_data(as_text=True)
