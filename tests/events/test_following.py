"""Whom to ask after the fair, what the ticket says, and what happens when two organizers save at once."""

import io
from datetime import timedelta

from openpyxl import load_workbook

from app.applications.models import Application, Offer, Stage
from app.core.county_time import COUNTY_TIME, today
from app.core.db import db, now, transaction
from app.core.presentation import clock
from app.events.models import (
    Event,
    EventApplication,
    InterviewSlot,
    Meeting,
    MeetingState,
    Registration,
)
from app.events.queries import following
from app.events.services import planning
from app.events.tickets import link_of
from tests.events.conftest import came, member, saved


def applied(make, stand, row, stage):
    reason = "专业不合" if stage is Stage.REJECTED else None
    posting = make.posting(stand.organization)
    application = make.application(posting=posting, person=row.person, stage=stage, rejection_reason=reason)
    saved(
        EventApplication(
            application_id=application.id,
            event_id=row.event_id,
            exhibitor_id=stand.id,
            registration_id=row.id,
        )
    )
    return application


def met(stand, row):
    saved(
        Meeting(
            event_id=row.event_id, exhibitor_id=stand.id, registration_id=row.id, number=f"A{row.id:03d}",
            state=MeetingState.MET, ended_at=now(),
        )
    )  # fmt: skip


def test_each_list_names_those_who_wait_for_the_other_side(fair, exhibitor, visitor, make, login):
    event = fair(starts_at=now() - timedelta(hours=2))
    stand = exhibitor(event, posts=0)
    names = ("没来", "来了没投", "投了没回", "面了没果", "有结果", "录用没答", "面了没投")
    rows = {name: visitor(event, name=name, person=make.person()) for name in names}
    for name in names[1:]:
        came(rows[name])
    applied(make, stand, rows["投了没回"], Stage.VIEWED)
    applied(make, stand, rows["面了没果"], Stage.INTERVIEW)
    applied(make, stand, rows["有结果"], Stage.REJECTED)
    offered = applied(make, stand, rows["录用没答"], Stage.OFFER)
    saved(
        Offer(
            application_id=offered.id, salary=6000, months=12, starts_on=today(), terms="", answer_by=today(),
            made_by_id=event.created_by_id,
        )
    )  # fmt: skip
    for name in ("面了没果", "有结果", "录用没答", "面了没投"):
        met(stand, rows[name])

    event = db.session.get(Event, event.id)
    found = {which: {each.name for each in following.contacts(event, which)} for which in following.LISTS}
    assert found == {
        "absent": {"没来"},
        "silent": {"来了没投", "面了没投"},
        "unanswered": {"投了没回"},
        "undecided": {"面了没果", "面了没投"},
        "offers": {"录用没答"},
    }
    posts = {each.name: each.post for each in following.contacts(event, "undecided")}
    assert posts["面了没投"] == "没投递" and posts["面了没果"] not in {"", "没投递"}
    browser = login(make.office())
    page = browser.get(f"/organize/events/{event.id}/report").get_data(as_text=True)
    assert "面试了没结果" in page and "/follow-up/undecided.xlsx" in page
    sheet = browser.get(f"/organize/events/{event.id}/follow-up/offers.xlsx").data
    cells = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(sheet)).active]
    assert cells[1][0] == "录用没答" and stand.organization.name in cells[1]
    assert browser.get(f"/organize/events/{event.id}/follow-up/nobody.xlsx").status_code == 404


def test_a_school_follows_its_own_students_only(fair, visitor, school, organizer, make, login):
    other = make.organization(kind=school.kind, name="别的学校")
    event = fair(organizer_id=school.id)
    visitor(event, name="自己的", school=school.name)
    visitor(event, name="别人的", school=other.name)
    path = f"/organize/events/{event.id}/follow-up/absent.xlsx"
    sheet = load_workbook(io.BytesIO(login(organizer).get(path).data)).active
    assert [row[0].value for row in sheet][1:] == ["自己的"]
    assert login(member(make, other)).get(path).status_code == 403


def test_the_ticket_tells_the_interview_when_it_is_published_and_asks_afterwards(
    fair, exhibitor, visitor, app
):
    event = fair(starts_at=now() - timedelta(hours=1))
    stand, row = exhibitor(event), visitor(event)
    slot = saved(InterviewSlot(exhibitor_id=stand.id, starts_at=now(), minutes=15, seats=1))
    saved(
        Meeting(
            event_id=event.id, exhibitor_id=stand.id, registration_id=row.id, slot_id=slot.id, number="A007",
            state=MeetingState.PLANNED,
        )
    )  # fmt: skip
    address = f"/tickets/{link_of(row.id)}"
    before = app.test_client().get(address).get_data(as_text=True)
    assert "A007" not in before and f"{address}/survey" in before
    with transaction() as session:
        session.get(Event, event.id).scheduled_at = now()
    after = app.test_client().get(address).get_data(as_text=True)
    assert "A007" in after and clock(slot.starts_at) in after and stand.organization.name in after


def test_two_who_save_at_once_see_both_versions_and_choose(fair, make, login):
    event, browser = fair(), login(make.office())
    seen = event.version
    with transaction() as session:
        planning.edit(session.get(Event, event.id), {"place": "一中体育馆"}, seen_version=seen)
    here = event.starts_at.astimezone(COUNTY_TIME)
    form = {
        "title": event.title, "starts_at": here.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (here + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M"), "place": "县体育馆",
        "address": "龙津镇", "introduction": "氟新材料企业专场。", "contact_name": "林老师",
        "contact_phone": "05981234567", "rules": "带身份证", "version": str(seen),
    }  # fmt: skip
    path = f"/organize/events/{event.id}/edit"
    answer = browser.post(path, data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "一中体育馆" in page and "县体育馆" in page and "带身份证" in page
    newest = db.session.get(Event, event.id, populate_existing=True).version
    assert f'name="version" value="{newest}"' in page and 'name="title" value="冬季双选会"' in page
    chosen = {**form, "place": "一中体育馆", "version": str(newest)}
    assert browser.post(path, data=chosen).status_code == 303
    row = db.session.get(Event, event.id, populate_existing=True)
    assert (row.place, row.rules) == ("一中体育馆", "带身份证")


def test_the_log_calls_a_gathering_by_its_title(fair, exhibitor, make, login):
    event, browser = fair(title="冬日双选会"), login(make.office())
    browser.post(f"/organize/events/{event.id}/cancel", data={"reason": "台风"})
    stand = exhibitor(fair(title="春日双选会"))
    login(make.office()).post(
        f"/organize/events/{stand.event_id}/exhibitors/{stand.id}/decide",
        data={"verb": "return", "reason": "职位少"},
    )
    page = browser.get("/office/audit").get_data(as_text=True)
    assert "冬日双选会" in page and "已取消" in page and f"/events/{event.id}" in page
    assert f"{stand.organization.name}→春日双选会" in page


def test_registrations_and_applications_stay_when_a_ticket_is_given_back(fair, exhibitor, visitor, make):
    """A person who gave the ticket back is followed up by nobody, though the application stands."""
    event = fair(starts_at=now() - timedelta(hours=2))
    stand, row = exhibitor(event, posts=0), visitor(event, person=make.person())
    applied(make, stand, row, Stage.SUBMITTED)
    with transaction() as session:
        found = session.get(Registration, row.id)
        found.state, found.cancelled_at = "cancelled", now()
    event = db.session.get(Event, event.id)
    assert all(following.contacts(event, which) == [] for which in following.LISTS)
    assert db.session.query(Application).count() == 1
