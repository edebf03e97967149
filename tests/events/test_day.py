"""At the fair: walk, scan, apply, queue, interviews by schedule, the big screen, the survey."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

import matching
from app.applications.models import Application
from app.core import pairing
from app.core.db import db, now, transaction
from app.core.presentation import local
from app.events import tickets
from app.events.models import (
    EmployerRank,
    Event,
    EventApplication,
    Exhibitor,
    InterviewSlot,
    InterviewWish,
    Meeting,
    MeetingState,
    Registration,
    Scan,
    ScanMark,
    SurveyAnswer,
)
from app.events.queries import live
from app.events.services import booths as at_booth
from app.events.services import scheduling
from app.events.services.exhibiting import bring
from app.notifications.models import Notification
from app.people.models import Person
from tests.events.conftest import saved


def test_a_booth_sees_what_was_shared_and_marks_it(day, visitor, recruiter, login):
    event, _ = day
    open_one = visitor(event, name="王小明", school="三明学院", shares=("name", "contact"))
    browser = login(recruiter)
    path = f"/exhibits/{event.id}/scans"
    assert browser.post(path, data={"shown": open_one.code}).status_code == 303
    page = browser.get(path).get_data(as_text=True)
    assert "王小明" in page and open_one.phone[-4:] in page and "三明学院" not in page
    scan = db.session.query(Scan).one()
    browser.post(f"{path}/{scan.id}", data={"mark": "wanted", "note": "会看仪表"})
    assert db.session.query(Scan).one().mark is ScanMark.WANTED
    assert "会看仪表" in browser.get(f"{path}?mark=wanted").get_data(as_text=True)


def test_a_booth_sees_nothing_of_who_shares_nothing_or_of_another_fair(day, fair, visitor, recruiter, login):
    event, _ = day
    shy, elsewhere = visitor(event, shares=()), visitor(fair())
    browser, path = login(recruiter), f"/exhibits/{event.id}/scans"
    assert browser.post(path, data={"shown": shy.code}).status_code == 403
    assert browser.post(path, data={"shown": elsewhere.code}).status_code == 422
    forged = tickets.write(event.id, shy.serial + 1, tickets.private_key())
    assert browser.post(path, data={"shown": forged}).status_code == 422
    assert db.session.query(Scan).count() == 0


def test_another_enterprise_sees_no_scan(day, visitor, recruiter, make, login):
    event, _ = day
    login(recruiter).post(f"/exhibits/{event.id}/scans", data={"shown": visitor(event).code})
    scan = db.session.query(Scan).one()
    other = login(make.recruiter())
    assert other.get(f"/exhibits/{event.id}/scans").status_code == 404
    assert other.post(f"/exhibits/{event.id}/scans/{scan.id}", data={"mark": "wanted"}).status_code == 404


def test_one_tap_applies_with_consent_that_names_the_employer(day, visitor, company, make, login):
    event, stand = day
    person = make.person()
    visitor(event, person=person)
    browser = login(person.user)
    page = browser.get(f"/events/{event.id}/booths/{stand.id}").get_data(as_text=True)
    target = re.search(rf"/events/{event.id}/booths/{stand.id}/apply/\d+", page)[0]
    assert company.name in page and "同意并投递" in page
    assert browser.post(target).status_code == 303
    assert browser.post(target).status_code == 303
    application = db.session.query(Application).one()
    assert company.name in application.consent_text
    source = db.session.query(EventApplication).one()
    assert (source.event_id, source.exhibitor_id) == (event.id, stand.id)
    assert source.registration_id == db.session.query(Registration).one().id
    assert "已投递" in browser.get(f"/events/{event.id}/booths/{stand.id}").get_data(as_text=True)


def test_a_person_takes_a_number_is_called_and_met(day, visitor, recruiter, login, app, make):
    event, stand = day
    person = make.person()
    row = visitor(event, person=person)
    link = tickets.link_of(row.id)
    assert app.test_client().post(f"/tickets/{link}/queue/{stand.id}").status_code == 303
    app.test_client().post(f"/tickets/{link}/queue/{stand.id}")
    meeting = db.session.query(Meeting).one()
    assert meeting.number.startswith("A") and meeting.state is MeetingState.WAITING
    browser = login(recruiter)
    path = f"/exhibits/{event.id}/queue/{meeting.id}"
    assert browser.post(f"{path}/call").status_code == 303
    said = live.figures(db.session.get(Event, event.id))
    assert said["calls"][0]["number"] == meeting.number
    assert "A01" in login(person.user).get("/notifications").get_data(as_text=True)
    db.session.rollback()
    assert browser.post(f"{path}/met").status_code == 303
    assert browser.post(f"{path}/call").status_code == 409
    assert live.figures(db.session.get(Event, event.id))["met"] == 1


def test_ten_booths_are_numbered_in_walking_order(fair, booths, exhibitor, app):
    event = fair()
    spots = booths(event, 4)
    for spot in reversed(spots):
        exhibitor(event, booth_id=spot.id)
    page = app.test_client().get(f"/events/{event.id}/inside").get_data(as_text=True)
    numbers = re.findall(r'tag is-hit num">(A\d\d)<', page)
    assert numbers == ["A01", "A02", "A03", "A04"]


def test_who_has_no_resume_is_asked_for_one_and_who_switched_matching_off_is_not(
    fair, exhibitor, make, app, login
):
    event, person = fair(), make.person()
    exhibitor(event)
    address = f"/events/{event.id}/inside"
    assert "登录并做一份简历" in app.test_client().get(address).get_data(as_text=True)
    with transaction() as session:
        session.get(Person, person.id).is_matching_on = False
    page = login(person.user).get(address).get_data(as_text=True)
    assert "你关掉了匹配" in page and "登录并做一份简历" not in page


def test_search_inside_a_fair_finds_its_posts_alone(fair, exhibitor, make, app):
    event = fair()
    stand = exhibitor(event, posts=0)
    inside = make.posting(db.session.get(Exhibitor, stand.id).organization, title="仪表工程师")
    from_elsewhere = make.posting(title="仪表工程师助理")
    with transaction():
        bring(db.session.get(Exhibitor, stand.id), [inside.id])
    page = app.test_client().get(f"/events/{event.id}/inside?q=仪表").get_data(as_text=True)
    assert inside.title in page and from_elsewhere.title not in page
    assert "没有找到" in app.test_client().get(f"/events/{event.id}/inside?q=厨师").get_data(as_text=True)


def assigner(left, right, left_capacity, right_capacity, *, n_slots, rooms):
    found = matching.assign(left, right, left_capacity, right_capacity, n_slots=n_slots, rooms=rooms)
    return found.pairs, found.slots


def test_slots_wishes_ranks_become_a_schedule_without_clashes(
    day, exhibitor, visitor, recruiter, login, app, make
):
    event, stand = day
    other = exhibitor(event)
    rows = [visitor(event) for _ in range(3)]
    browser = login(recruiter)
    first = local(now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    said = {"first": first, "minutes": 15, "count": 2, "seats": 1}
    assert browser.post(f"/exhibits/{event.id}/slots", data=said).status_code == 303
    assert browser.post(f"/exhibits/{event.id}/slots", data=said).status_code == 422
    saved(InterviewSlot(exhibitor_id=other.id, starts_at=now() + timedelta(hours=2), minutes=15, seats=1))
    for row in rows:
        app.test_client().post(f"/tickets/{tickets.link_of(row.id)}/wish/{stand.id}")
    app.test_client().post(f"/tickets/{tickets.link_of(rows[0].id)}/wish/{other.id}")
    assert db.session.query(InterviewWish).count() == 4
    ranks = {f"r{rows[0].id}": "0", f"r{rows[2].id}": "1"}
    assert browser.post(f"/exhibits/{event.id}/ranks", data=ranks).status_code == 303
    pairing.plug_in(app, assigner)
    office = login(make.office())
    assert office.post(f"/organize/events/{event.id}/schedule").status_code == 303
    planned = {(m.registration_id, m.exhibitor_id) for m in db.session.query(Meeting)}
    assert planned == {(rows[2].id, stand.id), (rows[1].id, stand.id), (rows[0].id, other.id)}
    assert scheduling.clashes_of(db.session.get(Event, event.id)) == []
    db.session.rollback()
    office.post(f"/organize/events/{event.id}/schedule")
    assert db.session.query(Meeting).count() == 3
    page = office.get(f"/organize/events/{event.id}/schedule").get_data(as_text=True)
    assert "排了3场" in page
    assert office.post(f"/organize/events/{event.id}/schedule/publish").status_code == 303
    late = app.test_client().post(f"/tickets/{tickets.link_of(rows[1].id)}/wish/{other.id}")
    assert late.status_code == 409


def test_a_change_by_hand_shows_its_clash_and_survives_a_new_schedule(day, visitor, app, make, login):
    event, stand = day
    rows = [visitor(event) for _ in range(2)]
    slots = [
        saved(InterviewSlot(exhibitor_id=stand.id, starts_at=now() + timedelta(hours=n), minutes=15, seats=1))
        for n in (1, 2)
    ]
    for row in rows:
        app.test_client().post(f"/tickets/{tickets.link_of(row.id)}/wish/{stand.id}")
    pairing.plug_in(app, assigner)
    office = login(make.office())
    office.post(f"/organize/events/{event.id}/schedule")
    first, second = db.session.query(Meeting).order_by(Meeting.id)
    office.post(f"/organize/events/{event.id}/schedule/{second.id}", data={"slot": first.slot_id})
    assert "人满了" in office.get(f"/organize/events/{event.id}/schedule").get_data(as_text=True)
    office.post(f"/organize/events/{event.id}/schedule/{second.id}", data={"slot": slots[0].id})
    office.post(f"/organize/events/{event.id}/schedule")
    kept = db.session.get(Meeting, second.id)
    assert kept.is_by_hand and kept.slot_id == slots[0].id
    assert scheduling.clashes_of(db.session.get(Event, event.id)) == []


def test_whom_the_rule_found_no_time_gets_one_by_hand_and_hears_of_it(day, visitor, app, make, login):
    event, stand = day
    person = make.person()
    rows = [visitor(event), visitor(event, person=person)]
    slot = saved(
        InterviewSlot(exhibitor_id=stand.id, starts_at=now() + timedelta(hours=1), minutes=15, seats=1)
    )
    for row in rows:
        app.test_client().post(f"/tickets/{tickets.link_of(row.id)}/wish/{stand.id}")
    saved(EmployerRank(exhibitor_id=stand.id, registration_id=rows[0].id, rank=1))
    pairing.plug_in(app, assigner)
    office = login(make.office())
    office.post(f"/organize/events/{event.id}/schedule")
    office.post(f"/organize/events/{event.id}/schedule/publish")
    schedule = f"/organize/events/{event.id}/schedule"
    assert "1人想约，还没排上" in office.get(schedule).get_data(as_text=True)
    later = saved(
        InterviewSlot(exhibitor_id=stand.id, starts_at=now() + timedelta(hours=2), minutes=15, seats=1)
    )
    said = {"person": rows[1].id, "slot": later.id, "page": "1"}
    gone = visitor(event)
    app.test_client().post(f"/tickets/{tickets.link_of(gone.id)}/cancel")
    assert office.post(f"{schedule}/meetings", data=said | {"person": gone.id}).status_code == 422
    assert office.post(f"{schedule}/meetings", data=said).status_code == 303
    assert office.post(f"{schedule}/meetings", data=said).status_code == 422
    assert office.post(f"{schedule}/meetings", data=said | {"person": 10**9}).status_code == 404
    added = db.session.scalars(select(Meeting).filter_by(registration_id=rows[1].id)).one()
    assert (added.slot_id, added.is_by_hand) == (later.id, True)
    office.post(f"{schedule}/{added.id}", data={"slot": slot.id})
    texts = [each.text for each in db.session.scalars(select(Notification).filter_by(user_id=person.user_id))]
    assert sum("加了一场面试" in text for text in texts) == 1
    assert sum("面试时间改了" in text for text in texts) == 1
    page = office.get(f"{schedule}?show=clashes").get_data(as_text=True)
    assert "人满了" in page and stand.organization.name in page


def test_a_time_whose_meeting_was_called_off_can_be_taken_back(day, visitor, recruiter, login):
    event, stand = day
    slot = saved(
        InterviewSlot(exhibitor_id=stand.id, starts_at=now() + timedelta(hours=1), minutes=15, seats=1)
    )
    meeting = saved(
        Meeting(
            event_id=event.id,
            exhibitor_id=stand.id,
            registration_id=visitor(event).id,
            slot_id=slot.id,
            number="A001",
            state=MeetingState.PLANNED,
        )
    )
    browser, address = login(recruiter), f"/exhibits/{event.id}/slots/{slot.id}/close"
    assert browser.post(address).status_code == 422
    with transaction() as session:
        session.get(Meeting, meeting.id).state = MeetingState.CANCELLED
    assert browser.post(address).status_code == 303
    assert db.session.query(InterviewSlot).count() == 0
    assert db.session.get(Meeting, meeting.id).slot_id is None


def test_the_schedule_is_read_in_pages_of_enterprises(day, exhibitor, make, login, queries_run):
    event, _ = day
    for _ in range(11):
        other = exhibitor(event)
        saved(InterviewSlot(exhibitor_id=other.id, starts_at=now() + timedelta(hours=1), minutes=15, seats=1))
    office = login(make.office())
    pages = [
        office.get(f"/organize/events/{event.id}/schedule?page={n}").get_data(as_text=True) for n in (1, 2)
    ]
    assert [page.count('class="slot-grid"') for page in pages] == [10, 1]
    with queries_run() as seen:
        office.get(f"/organize/events/{event.id}/schedule")
    assert len(seen) < 25


def test_the_screen_shows_what_the_stream_says(day, app):
    event, _ = day
    page = app.test_client().get(f"/events/{event.id}/screen").get_data(as_text=True)
    assert "已入场" in page
    answer = app.test_client().get(f"/events/{event.id}/stream", buffered=False)
    chunks = iter(answer.response)
    assert b"retry" in next(chunks)
    said = json.loads(next(chunks).decode().removeprefix("data: "))
    assert said["inside"] == 0 and said["calls"] == []
    answer.close()


def test_both_sides_answer_the_survey_once_each(day, visitor, recruiter, login, app):
    event, _ = day
    link = tickets.link_of(visitor(event).id)
    path = f"/tickets/{link}/survey"
    good = {"overall": 5, "posts": 4, "order": 5, "again": 4, "words": "不错"}
    assert app.test_client().get(path).status_code == 200
    assert app.test_client().post(path, data={"overall": 9}).status_code == 422
    assert app.test_client().post(path, data=good).status_code == 303
    app.test_client().post(path, data=good | {"overall": 3})
    browser = login(recruiter)
    theirs = {"overall": 4, "people": 3, "service": 5, "again": 5}
    assert browser.post(f"/exhibits/{event.id}/survey", data=theirs).status_code == 303
    answers = db.session.query(SurveyAnswer).order_by(SurveyAnswer.id).all()
    assert [each.answers["overall"] for each in answers] == [3, 4]


@pytest.mark.parametrize("path", ["", "/qr", "/qr.svg", "/scans", "/queue", "/survey"])
def test_each_page_of_the_booth_opens(day, recruiter, login, path):
    event, _ = day
    assert login(recruiter).get(f"/exhibits/{event.id}{path}").status_code == 200


def test_a_number_names_the_booths_letter(day):
    _, stand = day
    assert at_booth.number_of(db.session.get(Exhibitor, stand.id), 23) == "A023"
