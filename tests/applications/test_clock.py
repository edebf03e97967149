"""Timers: each reminder once, and what runs out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.applications import services
from app.applications.models import InterviewState, OfferState, Stage
from app.core import jobs
from app.core.county_time import today
from app.core.db import now, transaction
from app.notifications.models import Notification


@pytest.fixture
def texts(db):
    def told(user):
        rows = db.session.scalars(
            select(Notification).where(Notification.user_id == user.id).order_by(Notification.id)
        )
        return [row.text for row in rows]

    return told


def test_both_sides_are_reminded_a_day_and_an_hour_before_once_each(scene, hand_in, invited, texts):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
    assert services.remind_of_interviews() == 0
    with transaction():
        interview.starts_at = now() + timedelta(hours=23)
    assert services.remind_of_interviews() == 1
    assert services.remind_of_interviews() == 0
    with transaction():
        interview.starts_at = now() + timedelta(minutes=50)
    assert services.remind_of_interviews() == 1
    assert services.remind_of_interviews() == 0
    for user in (scene.seeker, scene.recruiter):
        assert len([text for text in texts(user) if text.startswith("提醒：")]) == 2


def test_an_interview_settled_shortly_before_is_not_reminded_twice(scene, hand_in, invited):
    interview = invited(hand_in(scene.person, scene.posting), scene.recruiter, hours=(5,))
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
    assert services.remind_of_interviews() == 0


def test_cancelled_and_past_interviews_are_not_reminded(scene, hand_in, invited, take):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter, hours=(30,))
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
        interview.starts_at, interview.day_reminded_at = now() - timedelta(minutes=1), None
    assert services.remind_of_interviews() == 0
    take(application, "reject", scene.recruiter, "没有到场")
    assert interview.state is InterviewState.ACCEPTED  # it was held: it stays as it was


def test_an_unanswered_invitation_is_nudged_once_and_lapses_after_its_last_slot(
    scene, hand_in, invited, texts
):
    interview = invited(hand_in(scene.person, scene.posting), scene.recruiter)
    assert services.nudge_seekers() == 0
    with transaction():
        interview.proposed_at = now() - timedelta(hours=25)
    assert services.nudge_seekers() == 1
    assert services.nudge_seekers() == 0
    assert services.lapse_invitations() == 0
    with transaction():
        interview.last_slot_at = now() - timedelta(minutes=1)
    assert services.lapse_invitations() == 1
    assert services.lapse_invitations() == 0
    assert interview.state is InterviewState.LAPSED
    assert any("邀约已过期" in text for text in texts(scene.recruiter))


def test_an_offer_is_nudged_the_day_before_and_lapses_the_day_after(scene, hand_in, take, offered, texts):
    application = hand_in(scene.person, scene.posting)
    take(application, "shortlist", scene.recruiter)
    offer = offered(application, scene.recruiter)
    assert (services.nudge_seekers(), services.lapse_offers()) == (0, 0)
    with transaction():
        offer.answer_by = today() + timedelta(days=1)
    assert services.nudge_seekers() == 1
    assert services.nudge_seekers() == 0
    with transaction():
        offer.answer_by = today()
    assert services.lapse_offers() == 0
    with transaction():
        offer.answer_by = today() - timedelta(days=1)
    assert services.lapse_offers() == 1
    assert services.lapse_offers() == 0
    assert (offer.state, application.stage) == (OfferState.LAPSED, Stage.SHORTLISTED)
    for user in (scene.seeker, scene.recruiter):
        assert any("已失效" in text for text in texts(user))
    assert offered(application, scene.recruiter).state is OfferState.OPEN


def test_an_employer_is_nudged_once_about_an_application_of_a_week(scene, hand_in, texts):
    application = hand_in(scene.person, scene.posting)
    assert services.nudge_employers() == 0
    with transaction():
        application.moved_at = now() - timedelta(days=8)
    assert services.nudge_employers() == 1
    assert services.nudge_employers() == 0
    assert any("一周了还没有答复" in text for text in texts(scene.recruiter))


def test_the_jobs_are_registered(app):
    assert {"interview reminders", "invitations run out", "offers run out"} <= set(jobs._each_minute)
