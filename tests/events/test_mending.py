"""What an organizer mistypes is refused, and what was written can be mended or thrown away."""

from datetime import timedelta

from app.core.db import db, now
from app.events.models import Event, EventState, Hall, TimetableEntry
from tests.events.conftest import saved
from tests.events.test_planning import plan, typed


def desk(event):
    return f"/organize/events/{event.id}"


def test_registration_windows_run_forward_and_a_phone_is_a_phone(make, login):
    office, start = login(make.office()), now() + timedelta(days=10)
    wrong = (
        (
            {"people_from": typed(start), "people_until": typed(start - timedelta(days=2))},
            "截止要在开始报名之后",
        ),
        ({"exhibitors_from": typed(start), "exhibitors_until": typed(start)}, "截止要在开始报名之后"),
        ({"people_until": typed(start + timedelta(days=9))}, "截止不能晚于活动结束"),
        ({"contact_phone": "12"}, "请填完整的电话"),
    )
    for given, said in wrong:
        answer = office.post("/organize/events/new", data=plan(**given))
        assert answer.status_code == 422 and said in answer.get_data(as_text=True), given
    assert office.post("/organize/events/new", data=plan(contact_phone="12345")).status_code == 303


def test_a_copy_begins_in_the_future(fair, make, login):
    source = fair()
    answer = login(make.office()).post(f"{desk(source)}/copy", data={"starts_at": "2020-01-01T09:00"})
    assert answer.status_code == 422 and "要在现在之后" in answer.get_data(as_text=True)


def test_a_draft_that_nobody_is_on_is_thrown_away_after_asking(fair, booths, exhibitor, make, login):
    event = fair(state=EventState.DRAFT, starts_at=now() - timedelta(days=9))
    booths(event, 2)
    saved(TimetableEntry(event_id=event.id, starts_at=event.starts_at, what="开幕", place=""))
    office, path, event_id = login(make.office()), f"{desk(event)}/discard", event.id
    listed = office.get("/organize/events").get_data(as_text=True)
    assert "筹备中" in listed and "已结束" not in listed
    assert path in office.get(desk(event)).get_data(as_text=True)
    assert "不能恢复" in office.get(path).get_data(as_text=True)
    assert office.post(path).status_code == 303
    assert db.session.get(Event, event_id) is None and db.session.query(Hall).count() == 0
    for kept in (fair(), fair(state=EventState.DRAFT)):
        exhibitor(kept)
        assert office.post(f"{desk(kept)}/discard").status_code == 409


def test_a_line_of_the_timetable_is_near_the_fair_and_can_be_changed(fair, make, login):
    event, office = fair(), login(make.office())
    line = {"starts_at": typed(event.starts_at + timedelta(days=300)), "what": "开幕"}
    answer = office.post(f"{desk(event)}/timetable", data=line)
    assert answer.status_code == 422 and "离活动太远" in answer.get_data(as_text=True)
    line["starts_at"] = typed(event.starts_at)
    assert office.post(f"{desk(event)}/timetable", data=line).status_code == 303
    row = db.session.query(TimetableEntry).one()
    path = f"{desk(event)}/timetable/{row.id}"
    assert path in office.get(desk(event)).get_data(as_text=True)
    assert "开幕" in office.get(path).get_data(as_text=True)
    assert office.post(path, data=line | {"what": "开幕式", "place": "主馆"}).status_code == 303
    assert db.session.query(TimetableEntry).one().what == "开幕式"
    assert office.post(path, data=line | {"what": ""}).status_code == 422
    assert office.get(f"{desk(fair())}/timetable/{row.id}").status_code == 404


def test_a_hall_has_its_entrance_inside_and_can_be_changed(fair, booths, make, login):
    event, office = fair(), login(make.office())
    said = {"name": "副馆", "width": 8, "height": 6, "entrance_x": 20, "entrance_y": 1}
    answer = office.post(f"{desk(event)}/halls", data=said)
    assert answer.status_code == 422 and "只有8列" in answer.get_data(as_text=True)
    hall = booths(event, 3)[0].hall_id
    path = f"{desk(event)}/halls/{hall}"
    assert path in office.get(f"{desk(event)}/halls").get_data(as_text=True)
    assert 'value="主馆"' in office.get(path).get_data(as_text=True)
    small = office.post(path, data=said | {"width": 3, "entrance_x": 1})
    assert small.status_code == 422 and "A03 就放不下了" in small.get_data(as_text=True)
    assert office.post(path, data=said | {"entrance_x": 8}).status_code == 303
    changed = db.session.get(Hall, hall)
    assert (changed.name, changed.width, changed.entrance_x) == ("副馆", 8, 8)


def test_taking_a_hall_away_asks_once(fair, make, login):
    event, office = fair(state=EventState.DRAFT), login(make.office())
    hall = saved(Hall(event_id=event.id, name="空馆", width=5, height=5))
    path = f"{desk(event)}/halls/{hall.id}/remove"
    assert "去掉「空馆」？" in office.get(path).get_data(as_text=True)
    assert office.post(path).status_code == 303
    assert db.session.query(Hall).count() == 0
