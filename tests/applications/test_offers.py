"""Offers: terms, deadline, answers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.applications import services
from app.applications.models import InterviewState, Offer, OfferState, Stage
from app.applications.services.offering import OfferOver, OfferPastDeadline
from app.core.county_time import today
from app.core.db import now, transaction
from app.core.errors import NotAllowed
from app.core.workflow import MoveNotPossible


@pytest.fixture
def shortlisted(scene, hand_in, take):
    return take(hand_in(scene.person, scene.posting), "shortlist", scene.recruiter)


def typed(application, **more):
    return {
        "version": application.version,
        "salary": 7000,
        "months": 12,
        "starts_on": today() + timedelta(days=14),
        "answer_by": today() + timedelta(days=3),
        "terms": "试用期两个月",
    } | more


def url(application):
    return f"/desk/candidates/{application.id}/offer"


def test_an_offer_is_made_accepted_and_ends_in_hiring(scene, shortlisted, login, take, db):
    application = shortlisted
    assert login(scene.recruiter).post(url(application), data=typed(application)).status_code == 303
    offer = db.session.scalars(select(Offer)).one()
    seeker = login(scene.seeker)
    page = seeker.get(f"/applications/{application.id}").text
    assert "每月7,000元" in page
    path = f"/applications/{application.id}/offers/{offer.id}"
    asked = seeker.get(f"{path}?answer=accept").text
    assert "接受录用？" in asked and 'name="answer" value="accept"' in asked
    assert seeker.post(path, data={"answer": "accept"}).status_code == 303
    db.session.refresh(offer)
    for place in ("/applications", f"/applications/{application.id}"):
        assert '<span class="tag is-good">已接受录用</span>' in seeker.get(place).text
    db.session.refresh(application)
    assert (offer.state, application.stage) == (OfferState.ACCEPTED, Stage.OFFER)
    response = login(scene.recruiter).post(
        f"/desk/candidates/{application.id}/move", data={"verb": "hire", "version": application.version}
    )
    assert response.status_code == 303
    db.session.refresh(application)
    assert application.stage is Stage.HIRED


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"salary": ""}, "请写每月多少元"),
        ({"salary": "7"}, "1,000到500,000"),
        ({"salary": "很多"}, "有1处要改"),
        ({"months": "30"}, "12到24"),
        ({"answer_by": today()}, "最早是明天"),
        ({"answer_by": today() + timedelta(days=30)}, "答复期限晚于到岗日期"),
        ({"starts_on": today() - timedelta(days=1)}, "到岗日期要在今天以后"),
        ({"starts_on": ""}, "请写到岗日期"),
        ({"terms": ""}, "请写清待遇和条件"),
        ({"terms": "长" * 2001}, "最多 2000 字"),
        ({"salary": "5000"}, "低于职位上写的最低数"),
    ],
)
def test_a_bad_offer_is_named_and_nothing_is_sent(scene, shortlisted, login, db, more, sentence):
    response = login(scene.recruiter).post(url(shortlisted), data=typed(shortlisted, **more))
    assert response.status_code == 422
    assert sentence in response.text
    assert db.session.scalars(select(Offer)).all() == []


def test_less_than_the_posting_promised_needs_a_tick_and_is_said_to_the_seeker(scene, shortlisted, login):
    client = login(scene.recruiter)
    assert client.post(url(shortlisted), data=typed(shortlisted, salary=5000, is_sure="y")).status_code == 303
    assert "比职位上写的低" in login(scene.seeker).get(f"/applications/{shortlisted.id}").text


def test_no_offer_straight_after_handing_in(scene, hand_in, offered):
    application = hand_in(scene.person, scene.posting)
    with pytest.raises(MoveNotPossible):
        offered(application, scene.recruiter)


def test_whoever_accepted_is_not_asked_to_decide_and_whoever_works_has_no_interview_ahead(
    scene, hand_in, invited, offered, take, login, db
):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
    offer = offered(application, scene.recruiter)
    client, path = login(scene.seeker), f"/applications/{application.id}"
    assert "再决定接不接受" in client.get(path).text
    with transaction():
        services.accept(offer, scene.seeker)
    assert "再决定接不接受" not in client.get(path).text
    assert "公司会确认入职" in client.get(path).text
    take(application, "hire", scene.recruiter)
    db.session.refresh(interview)
    assert interview.state is InterviewState.CANCELLED
    assert "加到日历" not in client.get(path).text


def test_declining_asks_once_and_ends_the_application(scene, shortlisted, offered, login, db):
    offer = offered(shortlisted, scene.recruiter)
    client = login(scene.seeker)
    path = f"/applications/{shortlisted.id}/offers/{offer.id}"
    assert "谢绝以后不能改" in client.get(path).text
    assert client.post(path, data={"answer": "decline", "words": "离家太远"}).status_code == 303
    db.session.refresh(shortlisted)
    assert shortlisted.stage is Stage.DECLINED
    assert "离家太远" in login(scene.recruiter).get(f"/desk/candidates/{shortlisted.id}").text


def test_an_answer_is_given_once_by_the_right_person_and_in_time(scene, shortlisted, offered, make, db):
    offer = offered(shortlisted, scene.recruiter)
    with pytest.raises(NotAllowed), transaction():
        services.accept(offer, make.user())
    with transaction():
        offer.answer_by = today() - timedelta(days=1)
    with pytest.raises(OfferPastDeadline), transaction():
        services.accept(offer, scene.seeker)
    with transaction():
        offer.answer_by = today()
        services.accept(offer, scene.seeker)
    with pytest.raises(OfferOver), transaction():
        services.decline(offer, scene.seeker, "")


def test_a_withdrawn_offer_leads_back_and_a_new_one_may_follow(scene, shortlisted, offered, take):
    offer = offered(shortlisted, scene.recruiter)
    take(shortlisted, "withdraw_offer", scene.recruiter, "写错了月薪")
    assert (offer.state, shortlisted.stage) == (OfferState.WITHDRAWN, Stage.SHORTLISTED)
    assert offered(shortlisted, scene.recruiter, salary=7500).state is OfferState.OPEN


def test_rejecting_takes_an_open_offer_back_but_not_an_accepted_one(scene, shortlisted, offered, take):
    offer = offered(shortlisted, scene.recruiter)
    with transaction():
        services.accept(offer, scene.seeker)
    with pytest.raises(MoveNotPossible):
        take(shortlisted, "reject", scene.recruiter, "岗位取消")
    take(shortlisted, "no_show", scene.recruiter, "没有到岗")
    assert (offer.state, shortlisted.stage) == (OfferState.WITHDRAWN, Stage.REJECTED)


def test_a_foreign_offer_is_not_found(scene, shortlisted, offered, make, login):
    offer = offered(shortlisted, scene.recruiter)
    path = f"/applications/{shortlisted.id}/offers/{offer.id}"
    assert login(make.user()).post(path, data={"answer": "accept"}).status_code == 404
    assert login(make.recruiter()).get(url(shortlisted)).status_code == 404


def test_an_interview_is_no_longer_announced_once_an_offer_is_accepted(
    scene, hand_in, invited, offered, login, db
):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    with transaction():
        services.accept_slot(interview, scene.seeker, interview.slots[0])
    assert scene.person.name in login(scene.recruiter).get("/desk/interviews").text
    offer = offered(application, scene.recruiter)
    assert "加到日历" in login(scene.seeker).get(f"/applications/{application.id}").text
    with transaction():
        services.accept(offer, scene.seeker)
    assert "加到日历" not in login(scene.seeker).get(f"/applications/{application.id}").text
    assert scene.person.name not in login(scene.recruiter).get("/desk/interviews").text
    with transaction():
        interview.starts_at = now() + timedelta(hours=2)
    assert services.remind_of_interviews() == 0
