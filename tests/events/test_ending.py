"""A fair that was ended or called off says so everywhere, and nothing goes on at its doors, booths and screen."""

from datetime import timedelta

import pytest

from app.core import crypto, presentation
from app.core.db import db, now, transaction
from app.events import tickets
from app.events.models import Event, EventState, HelperLink, Meeting, MeetingState, Scan
from app.events.queries import live
from app.events.services import booths as at_booth
from app.events.services import planning
from app.notifications.models import Notification
from tests.events.conftest import came, saved

DOOR = "door-of-a-fair-that-ends"


@pytest.fixture
def company(make):
    return make.organization()


@pytest.fixture
def day(fair, booths, exhibitor, company):
    """A fair that began an hour ago, with one exhibitor in booth A01 and one door."""
    event = fair(starts_at=now() - timedelta(hours=1), capacity=10)
    saved(
        HelperLink(
            event_id=event.id, token_digest=crypto.digest(DOOR), door="大门", made_by_id=event.created_by_id
        )
    )
    return event, exhibitor(event, company, booth_id=booths(event, 1)[0].id)


def waits(row, stand):
    with transaction() as session:
        return at_booth.queue_up(session.merge(stand), session.merge(row)).number


def end(event, how="end"):
    with transaction() as session:
        own = session.get(Event, event.id)
        planning.end(own) if how == "end" else planning.cancel(own, "台风")


def scanned(app, **entry):
    answer = app.test_client().post(f"/door/{DOOR}/check-ins", json={"tickets": [entry]})
    return answer.json["answers"][0]["verdict"]


def test_ending_a_fair_is_asked_first(day, make, login):
    event, _ = day
    office, path = login(make.office()), f"/organize/events/{event.id}/end"
    assert 'data-dialog="end"' in office.get(f"/organize/events/{event.id}").get_data(as_text=True)
    assert "现在结束活动？" in office.get(path).get_data(as_text=True)
    assert db.session.get(Event, event.id).state is EventState.PUBLISHED
    assert office.post(path).status_code == 303
    assert "已结束" in office.get(f"/organize/events/{event.id}").get_data(as_text=True)


def test_an_ended_fair_says_so_to_the_seeker(day, visitor, make, login, app):
    event, stand = day
    person = make.person()
    row = visitor(event, person=person)
    waits(row, stand)
    end(event)
    browser, link = login(person.user), tickets.link_of(row.id)
    assert "已结束" in browser.get("/me/events").get_data(as_text=True)
    assert "排队中" not in browser.get(f"/events/{event.id}/booths/{stand.id}").get_data(as_text=True)
    ticket = browser.get(f"/tickets/{link}").get_data(as_text=True)
    assert "活动已经结束" in ticket and "存成图片" not in ticket
    assert browser.post(f"/tickets/{link}/queue/{stand.id}").status_code == 409


def test_an_ended_fairs_doors_are_closed_but_take_what_was_scanned_before(day, visitor, app):
    event, _ = day
    early, late = visitor(event), visitor(event)
    before = now() - timedelta(minutes=5)
    end(event)
    assert scanned(app, shown=late.code) == "expired"
    assert scanned(app, shown=early.code, at=before.isoformat(), queued=True) == "welcome"
    page = app.test_client().get(f"/door/{DOOR}").get_data(as_text=True)
    assert "活动已经结束" in page and "现场登记" not in page
    assert app.test_client().get(f"/door/{DOOR}/known.json").json["isEnded"] is True


def test_an_ended_fairs_queue_is_over_and_who_was_called_may_be_noted(day, visitor, company, make, login):
    event, stand = day
    called, waiting = (visitor(event) for _ in range(2))
    waits(called, stand), waits(waiting, stand)
    first, second = db.session.query(Meeting).order_by(Meeting.id)
    recruiter, queue = login(make.recruiter(company)), f"/exhibits/{event.id}/queue"
    recruiter.post(f"{queue}/{first.id}/call")
    end(event)
    assert db.session.get(Meeting, second.id).state is MeetingState.CANCELLED
    page = recruiter.get(queue).get_data(as_text=True)
    assert "不再叫号" in page and "叫一次" not in page
    assert recruiter.post(f"{queue}/{first.id}/call").status_code == 409
    assert recruiter.post(f"{queue}/{first.id}/met").status_code == 303


def test_after_the_fair_no_ticket_tells_a_booth_anything(fair, exhibitor, company, visitor, make, login):
    event = fair(starts_at=now() - timedelta(hours=1))
    stand, row = exhibitor(event, company), visitor(event)
    with transaction() as session:
        own = session.get(Event, event.id)
        own.starts_at, own.ends_at = own.starts_at - timedelta(days=90), own.ends_at - timedelta(days=90)
    browser, path = login(make.recruiter(company)), f"/exhibits/{stand.event_id}/scans"
    assert browser.post(path, data={"shown": row.code}).status_code == 409
    assert db.session.query(Scan).count() == 0
    assert "输6位号码" not in browser.get(path).get_data(as_text=True)


@pytest.mark.parametrize(("how", "words"), [("end", "活动已经结束"), ("cancel", "活动取消了")])
def test_the_screen_says_that_it_is_over(day, visitor, app, how, words):
    event, stand = day
    waits(visitor(event), stand)
    with transaction() as session:
        at_booth.call(session.query(Meeting).one())
    assert live.figures(event)["calls"]
    end(event, how)
    said = live.figures(db.session.get(Event, event.id))
    assert said["over"] and said["calls"] == []
    page = app.test_client().get(f"/events/{event.id}/screen").get_data(as_text=True)
    assert f"{words}</p>" in page and "data-over" in page


def test_a_cancelled_fairs_ticket_gives_no_picture_and_no_interview(day, visitor, app):
    event, stand = day
    row = visitor(event)
    link = tickets.link_of(row.id)
    waits(row, stand)
    browser = app.test_client()
    assert browser.get(f"/tickets/{link}/qr.png").status_code == 200
    end(event, "cancel")
    page = browser.get(f"/tickets/{link}").get_data(as_text=True)
    assert "活动取消了" in page
    assert not any(word in page for word in ("存成图片", "没有网也能进场", "我的面试"))
    assert browser.get(f"/tickets/{link}/qr.png").status_code == 404


def test_a_move_tells_the_new_time_and_place(day, visitor, make):
    event, _ = day
    person = make.person()
    visitor(event, person=person)
    with transaction() as session:
        own = session.get(Event, event.id)
        values = {"ends_at": own.ends_at + timedelta(hours=1), "place": "一中体育馆"}
        planning.edit(own, values, seen_version=own.version)
    (text,) = [each.text for each in db.session.query(Notification).filter_by(user_id=person.user_id)]
    assert f"–{presentation.clock(values['ends_at'])}，一中体育馆，龙津镇" in text.replace(
        f"–{presentation.day(values['ends_at'])} ", "–"
    )
    assert live.figures(db.session.get(Event, event.id))["place"] == "一中体育馆"


def test_who_waits_sees_how_many_are_ahead_and_may_leave(day, visitor, make, login):
    event, stand = day
    person = make.person()
    others, row = [visitor(event) for _ in range(2)], visitor(event, person=person)
    numbers = [waits(each, stand) for each in (*others, row)]
    browser, page = login(person.user), f"/events/{event.id}/booths/{stand.id}"
    leave = f"/tickets/{tickets.link_of(row.id)}/queue/{stand.id}/leave"
    assert "前面还有2人" in browser.get(page).get_data(as_text=True)
    assert browser.post(leave).status_code == 303
    assert "排队面试" in browser.get(page).get_data(as_text=True)
    assert browser.post(leave).status_code == 409
    assert waits(row, stand) > max(numbers)
    assert "前面还有2人" in browser.get(page).get_data(as_text=True)


def test_the_organizer_reads_that_the_hall_is_nearly_full(day, visitor, make, login):
    event, _ = day
    office, path = login(make.office()), f"/organize/events/{event.id}"
    for n in range(10):
        came(visitor(event))
        page = office.get(path).get_data(as_text=True)
        assert ("快满了" in page) is (n + 1 == 9) and ("场内已满" in page) is (n + 1 == 10)


def test_a_phone_number_checks_in_at_the_door(day, visitor, app):
    row = visitor(day[0])
    assert scanned(app, shown=f"{row.phone[:3]} {row.phone[3:7]} {row.phone[7:]}") == "welcome"
    assert scanned(app, shown=row.code) == "already"
    assert scanned(app, shown="13800000000") == "unknown"


def test_a_tablet_that_stands_alone_takes_no_phone_number(app, day, visitor):
    """Who knows somebody's number must not come in for them, nor read their name."""
    row = visitor(day[0])
    said = {"tickets": [{"shown": row.phone, "key": "a"}, {"shown": row.code, "key": "b"}]}
    answers = app.test_client().post(f"/door/{DOOR}/check-ins?mode=self", json=said).get_json()["answers"]
    assert [each["verdict"] for each in answers] == ["unknown", "welcome"]
    page = app.test_client().get(f"/door/{DOOR}?mode=self").get_data(as_text=True)
    assert "check-ins?mode=self" in page and "手机号" not in page


def test_a_tablet_by_itself_stays_at_its_door(day, app):
    browser = app.test_client()
    page = browser.get(f"/door/{DOOR}?mode=self").get_data(as_text=True)
    assert "登录" not in page and "data-forget" in page
    form = browser.get(f"/door/{DOOR}/walk-in?mode=self").get_data(as_text=True)
    assert page.count("mode=self") >= 2 and f'href="/door/{DOOR}?mode=self"' in form
    said = {"name": "李四", "phone": "13900009999"}
    done = browser.post(f"/door/{DOOR}/walk-in?mode=self", data=said).get_data(as_text=True)
    assert "欢迎" in done and "打开入场券" not in done and "登录" not in done


def test_a_new_doors_link_is_a_code_to_scan_and_a_stopped_one_says_so(day, make, login, app):
    event, _ = day
    office, path = login(make.office()), f"/organize/events/{event.id}/doors"
    assert 'class="segno"' not in office.get(path).get_data(as_text=True)
    assert 'class="segno"' in office.post(path, data={"door": "东门"}).get_data(as_text=True)
    link = db.session.query(HelperLink).filter_by(door="大门").one()
    office.post(f"{path}/{link.id}/close")
    answer = app.test_client().get(f"/door/{DOOR}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404 and "这个签到链接不能用" in page and "下架" not in page
