"""Interviews: slots, answers, calendar file, cancelling, results."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.applications import services
from app.applications.models import Interview, InterviewState, Stage
from app.applications.queries.clashes import clashing
from app.applications.services.interviewing import (
    AlreadyInvited,
    InvitationOver,
    NoSuchSlot,
    NotHeldYet,
    SlotPassed,
)
from app.core.db import now, transaction
from app.core.errors import NotAllowed
from app.core.presentation import local
from app.notifications.models import Message
from app.organizations.queries import membership_of


def typed(application, *hours, **more):
    slots = {
        f"slot_{n}": f"{local(now() + timedelta(hours=each)):%Y-%m-%dT%H:%M}"
        for n, each in enumerate(hours, start=1)
    }
    return {
        "version": application.version,
        "minutes": 30,
        "mode": "现场面试",
        "place": "办公楼",
        **slots,
        **more,
    }


def url(application):
    return f"/desk/candidates/{application.id}/invite"


def test_an_invitation_moves_the_application_and_sends_a_message(scene, hand_in, login, db):
    application = hand_in(scene.person, scene.posting)
    response = login(scene.recruiter).post(url(application), data=typed(application, 30, 50))
    db.session.refresh(application)
    interview = db.session.scalars(select(Interview)).one()
    assert response.status_code == 303
    assert application.stage is Stage.INTERVIEW
    assert len(interview.slots) == 2
    assert interview.slots == sorted(interview.slots)
    assert [m.address for m in db.session.scalars(select(Message))] == [scene.seeker.phone]


@pytest.mark.parametrize(
    ("hours", "more", "sentence"),
    [
        ((), {}, "至少给一个时间"),
        ((-2,), {}, "这个时间已经过了"),
        ((24 * 120,), {}, "最多约到90天以后"),
        ((30,), {"place": " "}, "请写清楚在哪里面试"),
        ((30,), {"mode": "茶馆"}, "有1处要改"),
        ((30,), {"minutes": "999"}, "有1处要改"),
        ((30,), {"note": "长" * 501}, "最多 500 字"),
        ((30,), {"slot_2": "明天上午"}, "有1处要改"),
    ],
)
def test_a_bad_invitation_is_named_and_nothing_moves(scene, hand_in, login, db, hours, more, sentence):
    application = hand_in(scene.person, scene.posting)
    response = login(scene.recruiter).post(url(application), data=typed(application, *hours, **more))
    assert response.status_code == 422
    assert sentence in response.text
    db.session.refresh(application)
    assert application.stage is Stage.SUBMITTED


def test_a_second_invitation_waits_for_the_answer_to_the_first(scene, hand_in, invited):
    application = hand_in(scene.person, scene.posting)
    invited(application, scene.recruiter)
    with pytest.raises(AlreadyInvited):
        invited(application, scene.recruiter)


def test_the_seeker_takes_a_slot_and_both_get_a_calendar_file(scene, hand_in, invited, login, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    client = login(scene.seeker)
    page = client.get(f"/applications/{application.id}").text
    assert interview.slots[1] in page
    path = f"/applications/{application.id}/interviews/{interview.id}"
    assert client.post(path, data={"slot": interview.slots[1]}).status_code == 303
    db.session.refresh(interview)
    assert interview.state is InterviewState.ACCEPTED
    for user in (scene.seeker, scene.recruiter):
        file = login(user).get(f"/interviews/{interview.id}.ics")
        event = Calendar.from_ical(file.data).walk("VEVENT")[0]
        assert event["dtstart"].dt == interview.starts_at.replace(microsecond=0)
        assert scene.posting.title in event["summary"]


def test_none_fits_needs_words_and_reaches_the_recruiter(scene, hand_in, invited, login, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    client = login(scene.seeker)
    path = f"/applications/{application.id}/interviews/{interview.id}"
    refused = client.post(path, data={"slot": "none"})
    assert refused.status_code == 422
    assert "什么时候方便" in refused.text
    assert client.post(path, data={"slot": "none", "words": "周末都行"}).status_code == 303
    db.session.refresh(interview)
    assert (interview.state, interview.answer_note) == (InterviewState.DECLINED, "周末都行")
    assert "周末都行" in login(scene.recruiter).get(f"/desk/candidates/{application.id}").text
    assert invited(application, scene.recruiter).state is InterviewState.PROPOSED


def test_only_offered_slots_that_lie_ahead_are_taken(scene, hand_in, invited, make, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    with pytest.raises(NoSuchSlot), transaction():
        services.accept_slot(interview, scene.seeker, now().isoformat())
    with pytest.raises(NotAllowed), transaction():
        services.accept_slot(interview, make.user(), interview.slots[0])
    with transaction():
        interview.slots = [(now() - timedelta(minutes=1)).isoformat(), *interview.slots]
    with pytest.raises(SlotPassed), transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])


def test_a_slot_that_passed_while_the_page_was_open_gets_a_clear_page(scene, hand_in, invited, login, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    gone = (now() - timedelta(minutes=1)).isoformat()
    with transaction():
        interview.slots = [gone, *interview.slots]
    path = f"/applications/{application.id}/interviews/{interview.id}"
    response = login(scene.seeker).post(path, data={"slot": gone})
    assert response.status_code == 409
    assert "这个时间已经过了" in response.text


def test_an_answer_is_given_once(scene, hand_in, invited, login):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    path = f"/applications/{application.id}/interviews/{interview.id}"
    client = login(scene.seeker)
    assert client.post(path, data={"slot": interview.slots[0]}).status_code == 303
    again = client.post(path, data={"slot": interview.slots[1]})
    assert (again.status_code, again.location) == (303, f"/applications/{application.id}")
    page = client.get(again.location).text
    assert "你已经答复过这个邀约" in page
    assert interview.agreed_slot == interview.slots[0]


def test_calling_off_tells_the_seeker_why_and_frees_the_way(scene, hand_in, invited, login, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
    client = login(scene.recruiter)
    path = f"/desk/interviews/{interview.id}/call-off"
    assert client.get(path).status_code == 200
    assert client.post(path, data={"reason": ""}).status_code == 422
    assert client.post(path, data={"reason": "设备检修"}).status_code == 303
    db.session.refresh(interview)
    assert interview.state is InterviewState.CANCELLED
    assert "设备检修" in login(scene.seeker).get(f"/applications/{application.id}").text
    assert client.post(path, data={"reason": "再来"}).status_code == 409


def test_a_result_is_kept_after_the_interview_and_hidden_from_the_seeker(scene, hand_in, invited, login, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    membership = membership_of(scene.recruiter)
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
    with pytest.raises(NotHeldYet), transaction():
        services.record_result(interview, membership, "通过", "")
    with transaction():
        interview.starts_at = now() - timedelta(hours=1)
    client = login(scene.recruiter)
    path = f"/desk/interviews/{interview.id}/result"
    assert client.post(path, data={"result": "通过", "words": "动作规范"}).status_code == 303
    assert "通过：动作规范" in client.get(f"/desk/candidates/{application.id}").text
    assert "动作规范" not in login(scene.seeker).get(f"/applications/{application.id}").text
    with pytest.raises(InvitationOver), transaction():
        services.call_off(interview, membership, "晚了")


def test_slots_that_clash_are_named_and_need_a_tick(scene, hand_in, invited, make, login, db):
    first = hand_in(scene.person, scene.posting)
    interview = invited(first, scene.recruiter, hours=(30, 60))
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
    second = hand_in(make.person(), scene.posting)
    client = login(scene.recruiter)
    refused = client.post(url(second), data=typed(second, 30.25))
    assert refused.status_code == 422
    assert f"要面试{scene.person.name}" in refused.text
    assert client.post(url(second), data=typed(second, 30.25, is_sure="y")).status_code == 303


def test_clashes_are_overlaps_not_neighbours():
    at = now()
    settled = Interview(starts_at=at, minutes=30)
    assert clashing([at - timedelta(minutes=30), at + timedelta(minutes=30)], 30, [settled]) == []
    assert clashing([at + timedelta(minutes=29)], 30, [settled]) == [(at + timedelta(minutes=29), settled)]


def test_the_list_of_interviews_costs_the_same_however_many(
    scene, hand_in, invited, make, login, queries_run, db
):
    client = login(scene.recruiter)

    def cost(show):
        with queries_run() as seen:
            assert client.get(f"/desk/interviews?show={show}").status_code == 200
        return len(seen)

    invited(hand_in(scene.person, scene.posting), scene.recruiter)
    client.get("/desk/interviews")
    before = [cost(show) for show in ("upcoming", "confirm", "held")]
    for _ in range(4):
        person = make.person()
        interview = invited(hand_in(person, scene.posting), scene.recruiter)
        with transaction():
            services.accept_slot(interview, person.user, interview.slots[0])
    invited(hand_in(make.person(), scene.posting), scene.recruiter)
    assert [cost(show) for show in ("upcoming", "confirm", "held")] == before


def test_other_employers_see_no_interview(scene, hand_in, invited, make, login):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    stranger = login(make.recruiter())
    assert stranger.get(f"/interviews/{interview.id}.ics").status_code == 404
    assert stranger.post(f"/desk/interviews/{interview.id}/call-off", data={"reason": "x"}).status_code == 404
    assert (
        stranger.post(f"/desk/interviews/{interview.id}/result", data={"result": "通过"}).status_code == 404
    )
    assert scene.person.name not in stranger.get("/desk/interviews?show=confirm").text
