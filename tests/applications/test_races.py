"""Two at once, on a real file: exactly one wins and the other gets a clear answer."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.applications.models import Application, InterviewState, Offer, OfferState, Stage, StageMove
from app.core.db import now
from app.core.presentation import local
from app.people.queries import main_resume


@pytest.fixture
def at_once(app, db):
    """Send requests from threads that start together; their responses in order."""

    def send(*requests):
        db.session.rollback()
        gate = threading.Barrier(len(requests))
        answers = [None] * len(requests)

        def run(place, client, path, data):
            with app.app_context():  # a thread has none of its own
                gate.wait()
                answers[place] = client.post(path, data=data)

        threads = [threading.Thread(target=run, args=(n, *each)) for n, each in enumerate(requests)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        db.session.expire_all()
        return answers

    return send


def test_pressing_apply_in_two_tabs_at_once_makes_one_application(scene, login, at_once, db):
    data = {"resume": main_resume(scene.person).id, "consent": "y"}
    path = f"/jobs/{scene.posting.id}/apply"
    clients = [login(scene.seeker) for _ in range(4)]
    answers = at_once(*((client, path, data) for client in clients))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert len({answer.location for answer in answers}) == 1
    assert db.session.scalar(select(func.count()).select_from(Application)) == 1
    assert db.session.scalar(select(func.count()).select_from(StageMove)) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_rejecting_while_the_seeker_accepts_the_offer_lets_one_win(
    scene, hand_in, take, offered, login, at_once, db, attempt
):
    application = hand_in(scene.person, scene.posting)
    take(application, "shortlist", scene.recruiter)
    offer = offered(application, scene.recruiter)
    reject = {"verb": "reject", "version": application.version, "reason": "岗位已经招满"}
    answers = at_once(
        (login(scene.recruiter), f"/desk/candidates/{application.id}/move", reject),
        (login(scene.seeker), f"/applications/{application.id}/offers/{offer.id}", {"answer": "accept"}),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert "没有做" in loser.text
    stage = db.session.get(Application, application.id).stage
    state = db.session.get(Offer, offer.id).state
    assert (stage, state) in {(Stage.REJECTED, OfferState.WITHDRAWN), (Stage.OFFER, OfferState.ACCEPTED)}


def test_rejecting_while_the_seeker_takes_a_slot_lets_one_win(scene, hand_in, invited, login, at_once, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    reject = {"verb": "reject", "version": application.version, "reason": "岗位已经招满"}
    answers = at_once(
        (login(scene.recruiter), f"/desk/candidates/{application.id}/move", reject),
        (
            login(scene.seeker),
            f"/applications/{application.id}/interviews/{interview.id}",
            {"slot": interview.slots[0]},
        ),
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    db.session.refresh(interview)
    stage = db.session.get(Application, application.id).stage
    assert (stage, interview.state) in {
        (Stage.REJECTED, InterviewState.CANCELLED),
        (Stage.INTERVIEW, InterviewState.ACCEPTED),
    }


def test_two_recruiters_inviting_at_once_make_one_invitation(scene, hand_in, make, login, at_once, db):
    colleague = make.recruiter(scene.organization)
    application = hand_in(scene.person, scene.posting)
    data = {
        "version": application.version,
        "slot_1": f"{local(now() + timedelta(days=2)):%Y-%m-%dT%H:%M}",
        "minutes": 30,
        "mode": "现场面试",
        "place": "办公楼",
    }
    path = f"/desk/candidates/{application.id}/invite"
    answers = at_once((login(scene.recruiter), path, data), (login(colleague), path, data))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
