"""A gathering from draft to record, through the organizer's pages."""

import io
from datetime import timedelta

import pytest

from app.core.db import db, now, transaction
from app.core.guard import Role
from app.core.presentation import local
from app.events.kinds import KINDS
from app.events.models import Booth, Event, EventState, Hall, Registration, TimetableEntry
from app.events.services import planning
from tests.events.conftest import member, saved

PDF = b"%PDF-1.4 plan"


def typed(moment):
    return local(moment).strftime("%Y-%m-%dT%H:%M")


def plan(**given):
    start = now() + timedelta(days=10)
    return {
        "title": "春季双选会",
        "kind": "fair",
        "place": "县体育馆",
        "starts_at": typed(start),
        "ends_at": typed(start + timedelta(hours=6)),
        "introduction": "氟新材料企业专场",
        "contact_name": "林老师",
        "contact_phone": "05981234567",
        "capacity": "500",
    } | given


def test_a_school_plans_a_fair_and_publishes_it_when_the_list_is_done(organizer, login):
    browser = login(organizer)
    made = browser.post("/organize/events/new", data=plan())
    assert made.status_code == 303
    event = db.session.query(Event).one()
    desk = made.location
    assert event.organizer_id is not None and event.state is EventState.DRAFT
    page = browser.get(desk).get_data(as_text=True)
    assert "上传安全工作方案" in page and "画好展位图" in page

    refused = browser.post(f"{desk}/publish")
    assert refused.status_code == 422
    assert "应急预案" in refused.get_data(as_text=True)

    files = {name: (io.BytesIO(PDF), f"{name}.pdf") for name in planning.PAPERS}
    assert browser.post(f"{desk}/papers", data=files).status_code == 303
    browser.post(
        f"{desk}/halls", data={"name": "主馆", "width": 10, "height": 6, "entrance_x": 1, "entrance_y": 1}
    )
    hall = db.session.query(Hall).one()
    browser.post(
        f"{desk}/halls/{hall.id}/rows", data={"prefix": "A", "first": 1, "count": 4, "x": 2, "y": 2, "gap": 0}
    )
    assert browser.post(f"{desk}/publish").status_code == 303
    assert db.session.get(Event, event.id).state is EventState.PUBLISHED
    assert "春季双选会" in browser.get("/events").get_data(as_text=True)


def test_a_draft_is_nobody_elses(fair, login, make, app):
    event = fair(state=EventState.DRAFT)
    assert app.test_client().get(f"/events/{event.id}").status_code == 404
    assert login(make.user()).get(f"/events/{event.id}").status_code == 404
    assert login(make.office()).get(f"/events/{event.id}").status_code == 200


def test_one_organizer_never_touches_anothers(fair, login, make, school, organizer):
    other = member(make, make.organization(kind=school.kind, name="另一所学校"))
    event = fair(organizer_id=school.id)
    browser = login(other)
    for path in ("", "/edit", "/halls", "/exhibitors", "/doors", "/report", "/papers"):
        assert browser.get(f"/organize/events/{event.id}{path}").status_code == 403, path
    assert browser.post(f"/organize/events/{event.id}/cancel", data={"reason": "x"}).status_code == 403
    assert login(organizer).get(f"/organize/events/{event.id}").status_code == 200


def test_an_edit_that_somebody_else_overtook_is_refused(fair, login, make):
    event = fair()
    stale = plan(version=str(event.version - 1))
    answer = login(make.office()).post(f"/organize/events/{event.id}/edit", data=stale)
    assert answer.status_code == 409


def test_a_move_of_a_published_fair_is_told_and_stands_on_tickets(fair, visitor, make, login):
    person = make.person()
    event = fair()
    visitor(event, person=person, phone=person.user.phone)
    db.session.rollback()
    event = db.session.get(Event, event.id)
    moved = plan(version=str(event.version), place="第一中学操场")
    assert login(make.office()).post(f"/organize/events/{event.id}/edit", data=moved).status_code == 303
    assert db.session.get(Event, event.id).moved_note
    inbox = login(person.user).get("/notifications").get_data(as_text=True)
    assert "时间或地点改了" in inbox


def test_a_cancelled_fair_says_why_everywhere(fair, visitor, make, login, app):
    event = fair()
    row = visitor(event)
    browser = login(make.office())
    assert browser.post(f"/organize/events/{event.id}/cancel", data={"reason": ""}).status_code == 422
    browser.post(f"/organize/events/{event.id}/cancel", data={"reason": "台风"})
    assert db.session.get(Event, event.id).state is EventState.CANCELLED
    assert "台风" in app.test_client().get(f"/events/{event.id}").get_data(as_text=True)
    link = app.test_client().post(f"/events/{event.id}/register", data={"name": row.name, "phone": row.phone})
    assert link.status_code == 409


def test_last_years_fair_is_copied_with_its_map_and_timetable(fair, booths, make, login):
    source = fair(starts_at=now() - timedelta(days=360), state=EventState.ENDED, ended_at=now())
    booths(source, 3)
    saved(TimetableEntry(event_id=source.id, starts_at=source.starts_at, what="开幕", place="主馆"))
    start = now() + timedelta(days=5)
    made = login(make.office()).post(f"/organize/events/{source.id}/copy", data={"starts_at": typed(start)})
    copy = db.session.query(Event).filter_by(copied_from_id=source.id).one()
    assert made.location.endswith(f"/organize/events/{copy.id}/edit")
    assert copy.state is EventState.DRAFT and copy.safety_plan_id is None
    assert copy.ends_at - copy.starts_at == source.ends_at - source.starts_at
    assert db.session.query(Booth).filter_by(event_id=copy.id).count() == 3
    line = db.session.query(TimetableEntry).filter_by(event_id=copy.id).one()
    assert line.starts_at == copy.starts_at


def test_the_clock_ends_what_is_over(fair):
    over = fair(starts_at=now() - timedelta(days=2))
    to_come = fair()
    with transaction():
        assert planning.end_those_over() == 1
    assert db.session.get(Event, over.id).state is EventState.ENDED
    assert db.session.get(Event, to_come.id).state is EventState.PUBLISHED


def test_an_announcement_reaches_page_and_inbox(fair, visitor, make, login, app):
    person = make.person()
    event = fair()
    visitor(event, person=person)
    answer = login(make.office()).post(
        f"/organize/events/{event.id}/announce", data={"text": "停车场改到东门"}
    )
    assert answer.status_code == 303
    assert "停车场改到东门" in app.test_client().get(f"/events/{event.id}").get_data(as_text=True)
    assert "停车场改到东门" in login(person.user).get("/notifications").get_data(as_text=True)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_works_plainly(kind, make, login, app, fair):
    """Create, publish, register, attend, record."""
    office = make.office()
    browser = login(office)
    start = now() - timedelta(hours=1)
    made = browser.post(
        "/organize/events/new",
        data=plan(
            kind=kind, title="一场活动", starts_at=typed(start), ends_at=typed(start + timedelta(hours=6))
        ),
    )
    desk, event = made.location, db.session.query(Event).one()
    if KINDS[kind].needs_safety_plan:
        browser.post(f"{desk}/papers", data={n: (io.BytesIO(PDF), "a.pdf") for n in planning.PAPERS})
    if KINDS[kind].has_booths:
        hall = saved(Hall(event_id=event.id, name="馆", width=5, height=5))
        saved(Booth(event_id=event.id, hall_id=hall.id, number="A01", x=2, y=2))
    assert browser.post(f"{desk}/publish").status_code == 303
    visitor = app.test_client()
    assert visitor.get(f"/events/{event.id}").status_code == 200
    form = {"name": "张三", "phone": "13900000001"}
    assert visitor.post(f"/events/{event.id}/register", data=form).status_code == 303
    row = db.session.query(Registration).one()
    assert browser.post(f"{desk}/people/{row.id}/attend").status_code == 303
    assert browser.post(f"{desk}/record", data={"outcome": "来了一位"}).status_code == 303
    report = browser.get(f"{desk}/report").get_data(as_text=True)
    assert "来了一位" in report


def test_a_school_may_not_hold_what_only_the_office_holds(organizer, login):
    browser = login(organizer)
    assert browser.get("/organize/events/new?kind=round_table").status_code == 403
    assert "政企恳谈会" not in browser.get("/organize/events/new").get_data(as_text=True)


def test_an_unverified_school_plans_nothing(make, login):
    user = make.user(Role.ORGANIZER)
    assert login(user).get("/organize/events/new").status_code == 403
