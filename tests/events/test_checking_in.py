"""The doors: one check-in a ticket, whatever is repeated, queued, forged or late."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core import crypto
from app.core.db import db, now, transaction
from app.core.presentation import clock
from app.events import tickets
from app.events.models import CheckIn, Event, HelperLink, Registration
from app.events.services import checking_in, planning, registering
from app.events.services.checking_in import Attempt, Door, Verdict
from tests.events.conftest import saved

TOKEN = "door-token-of-the-test"


@pytest.fixture
def today(fair, make):
    """A fair that began an hour ago, with one door."""

    def made(**given):
        event = fair(starts_at=now() - timedelta(hours=1), **given)
        saved(
            HelperLink(
                event_id=event.id,
                token_digest=crypto.digest(TOKEN),
                door="东门",
                made_by_id=event.created_by_id,
            )
        )
        return event

    return made


def token_of(row):
    return tickets.write(row.event_id, row.serial, tickets.private_key())


def post(app, shown, **more):
    """Send one or several scans to the door; the verdicts."""
    rows = [{"shown": each, "key": f"k{n}-{each[-9:]}"} | more for n, each in enumerate(shown)]
    answer = app.test_client().post(f"/door/{TOKEN}/check-ins", json={"device": "d", "tickets": rows})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [each["verdict"] for each in answer.json["answers"]]


def test_welcome_once_then_already_in_with_the_time(app, today, visitor):
    row = visitor(today())
    assert post(app, [token_of(row)], key="one") == ["welcome"]
    answer = (
        app.test_client()
        .post(f"/door/{TOKEN}/check-ins", json={"tickets": [{"shown": row.code, "key": "two"}]})
        .json["answers"][0]
    )
    assert answer["verdict"] == "already"
    assert clock(db.session.query(CheckIn).one().at) in answer["words"] and "东门" in answer["words"]


def test_a_repeat_of_the_same_scan_is_welcome_again_and_counts_once(app, today, visitor):
    row = visitor(today())
    for _ in range(3):
        assert post(app, [token_of(row)], key="same") == ["welcome"]
    assert db.session.query(CheckIn).count() == 1


def test_bad_codes_are_told_apart(app, today, fair, visitor):
    event = today()
    row, gone, other = visitor(event), visitor(event), visitor(fair())
    with transaction() as session:
        registering.cancel(session.get(Registration, gone.id))
    forged = tickets.write(row.event_id, row.serial, Ed25519PrivateKey.from_private_bytes(b"x" * 32))
    shown = [forged, token_of(other), token_of(gone), "AAAAAA", token_of(row)[:-4], "https://example.cn/"]
    assert post(app, shown) == ["forged", "other_event", "cancelled", "unknown", "forged", "unknown"]
    assert db.session.query(CheckIn).count() == 0


def test_a_cancelled_fair_lets_nobody_in(app, today, visitor):
    event = today()
    row = visitor(event)
    with transaction() as session:
        planning.cancel(session.get(Event, event.id), "台风")
    assert post(app, [token_of(row)]) == ["event_cancelled"]


def test_too_early_and_too_late(app, today, fair, visitor):
    row = visitor(today())
    event_id = row.event_id
    with transaction() as session:
        event = session.get(Event, event_id)
        event.starts_at, event.ends_at = now() + timedelta(days=3), now() + timedelta(days=4)
    assert post(app, [token_of(row)], key="a") == ["early"]
    with transaction() as session:
        event = session.get(Event, event_id)
        event.starts_at, event.ends_at = now() - timedelta(days=2), now() - timedelta(days=1)
    assert post(app, [token_of(row)], key="b") == ["expired"]


def test_a_full_hall_stops_new_ones_and_knows_those_inside(app, today, visitor):
    event = today(capacity=2)
    rows = [visitor(event) for _ in range(3)]
    assert post(app, [token_of(row) for row in rows]) == ["welcome", "welcome", "full"]
    assert post(app, [token_of(rows[0])], key="again") == ["already"]
    assert db.session.query(CheckIn).count() == 2


def test_a_phone_clock_two_hours_wrong_does_not_matter(app, today, visitor):
    event = today()
    row, moment = visitor(event), now()
    wrong = moment + timedelta(hours=2)
    said = {
        "now": wrong.isoformat(),
        "tickets": [{"shown": row.code, "key": "x", "at": (wrong - timedelta(minutes=5)).isoformat()}],
    }
    app.test_client().post(f"/door/{TOKEN}/check-ins", json=said)
    at = db.session.query(CheckIn).one().at
    assert abs(at - (moment - timedelta(minutes=5))) < timedelta(seconds=20)


def test_an_ended_link_opens_nothing(app, today, visitor):
    row = visitor(today())
    with transaction() as session:
        session.query(HelperLink).one().ended_at = now()
    assert app.test_client().get(f"/door/{TOKEN}").status_code == 404
    answer = app.test_client().post(f"/door/{TOKEN}/check-ins", json={"tickets": [{"shown": row.code}]})
    assert answer.status_code == 404


@pytest.mark.parametrize("said", [None, {}, {"tickets": "x"}, {"tickets": [1]}, {"tickets": [{}] * 501}])
def test_what_is_no_list_of_tickets_is_refused(app, today, said):
    today()
    assert app.test_client().post(f"/door/{TOKEN}/check-ins", json=said).status_code == 400


def test_without_a_script_a_typed_code_answers_as_a_page(app, today, visitor):
    row = visitor(today())
    page = app.test_client().post(f"/door/{TOKEN}", data={"shown": row.code.lower()}).get_data(as_text=True)
    assert "欢迎" in page and row.name in page


def test_a_walk_in_is_registered_and_in(app, today):
    today()
    answer = app.test_client().post(f"/door/{TOKEN}/walk-in", data={"name": "李四", "phone": "13900009999"})
    assert "欢迎" in answer.get_data(as_text=True)
    row = db.session.query(Registration).one()
    assert row.source == "walk_in" and db.session.query(CheckIn).one().registration_id == row.id


def test_a_walk_in_needs_no_token_of_a_session(app, today):
    """The door's address is the authority: a tablet that kept the page for a day still sends it."""
    today()
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post(f"/door/{TOKEN}/walk-in", data={"name": "李四", "phone": "13900009999"})
    assert "欢迎" in answer.get_data(as_text=True)


def test_the_same_ticket_at_two_doors_in_the_same_second_is_let_in_once(app, today, visitor):
    row = visitor(today())
    shown, path = token_of(row), f"/door/{TOKEN}/check-ins"

    def at_door(n):
        with app.app_context():
            said = {"tickets": [{"shown": shown, "key": f"door{n}"}]}
            return app.test_client().post(path, json=said).json["answers"][0]["verdict"]

    with ThreadPoolExecutor(8) as doors:
        verdicts = list(doors.map(at_door, range(8)))
    assert sorted(verdicts) == ["already"] * 7 + ["welcome"]
    db.session.rollback()
    assert db.session.query(CheckIn).count() == 1


def test_a_door_may_keep_its_page_and_who_must_not_come_in(app, today, visitor):
    event = today()
    inside, gone, _ = visitor(event), visitor(event), visitor(event)
    post(app, [token_of(inside)])
    with transaction() as session:
        registering.cancel(session.get(Registration, gone.id))
    browser = app.test_client()
    said = browser.get(f"/door/{TOKEN}/known.json").json
    came = clock(db.session.query(CheckIn).one().at)
    assert said == {
        "void": [str(gone.serial)],
        "inside": {str(inside.serial): came},
        "isCancelled": False,
        "isEnded": False,
    }
    assert browser.get("/door/no-such-door/known.json").status_code == 404
    worker = browser.get("/door-worker.js")
    assert worker.mimetype == "text/javascript" and worker.headers["Cache-Control"] == "no-cache"
    assert "/door-worker.js" in browser.get(f"/door/{TOKEN}").get_data(as_text=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_queues_of_two_devices_merge_to_the_same_set_in_any_order(data, merging):
    """200 check-ins on two devices with overlaps, handed in by pieces in any order, some pieces twice."""
    event, rows, begun = merging
    queued = [
        (
            device,
            Attempt(
                rows[n % len(rows)].code, f"{device}-{n}", begun + timedelta(seconds=(n * 37) % 900), True
            ),
        )
        for device in ("a", "b")
        for n in range(100)
    ]
    order = data.draw(st.permutations(range(10)))
    pieces = [queued[at * 20 : at * 20 + 20] for at in order]
    pieces.append(pieces[data.draw(st.integers(0, 9))])
    with transaction() as session:
        session.query(CheckIn).delete()
    for piece in pieces:
        with transaction() as session:
            door = Door("门", piece[0][0], now())
            checking_in.check_in(
                session.get(Event, event.id),
                [attempt for _, attempt in piece],
                door,
                tickets.private_key().public_key(),
            )
    merged = {(row.registration_id, row.key, row.at) for row in db.session.query(CheckIn)}
    expected = {}
    by_code = {row.code: row.id for row in rows}
    for _, attempt in queued:
        mine = (attempt.device_at, attempt.key)
        expected[by_code[attempt.shown]] = min(expected.get(by_code[attempt.shown], mine), mine)
    assert merged == {(who, key, at) for who, (at, key) in expected.items()}


@pytest.fixture
def merging(today, visitor):
    event = today()
    begun = now().replace(microsecond=0) - timedelta(minutes=40)
    return event, [visitor(event) for _ in range(60)], begun


def test_verdicts_all_have_words():
    assert set(checking_in.TITLES) == set(Verdict)
