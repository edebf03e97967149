"""The table of moves, and the service that takes them."""

import pytest
from sqlalchemy import select

from app.accounts.services import closing
from app.applications import services
from app.applications.kinds import (
    EMPLOYER,
    LISTS,
    PIPELINES,
    SEEKER,
    STAGES,
    SYSTEM,
    Step,
    steps_now,
    workflow_of,
)
from app.applications.models import OfferState, Stage, StageMove
from app.applications.services.moving import ApplicationChanged, EmployerSuspended, ReasonMissing
from app.core.audit import AuditEntry
from app.core.db import transaction
from app.core.errors import NotAllowed
from app.core.workflow import MoveNotPossible
from app.notifications.models import Message, Notification
from app.organizations.models import Standing
from app.organizations.queries import membership_of
from app.postings.kinds import KINDS

PARTIES = (SEEKER, EMPLOYER, SYSTEM)


def test_every_kind_of_posting_has_a_pipeline():
    assert set(PIPELINES) == set(KINDS)


def test_every_stage_has_words_and_stands_in_one_column():
    assert set(STAGES) == set(Stage)
    stages = [stage for column in LISTS.values() for stage in column.stages]
    assert sorted(stages) == sorted(Stage)


def test_every_stage_is_reached_and_nothing_leads_out_of_hired_or_declined():
    moves = workflow_of("job").moves.values()
    assert {move.target for move in moves} == set(Stage)
    for end in (Stage.HIRED, Stage.DECLINED):
        assert not [move.verb for move in moves if end in move.sources]


@pytest.mark.parametrize("stage", Stage)
def test_each_party_has_only_its_own_moves(stage):
    for who in PARTIES:
        for step in steps_now("job", stage, who, None):
            assert step.who == {who}
            assert stage in step.sources


@pytest.mark.parametrize(
    ("stage", "offer", "verbs"),
    [
        (Stage.SUBMITTED, None, {"view", "shortlist", "invite", "reject"}),
        (Stage.VIEWED, None, {"shortlist", "invite", "reject"}),
        (Stage.SHORTLISTED, None, {"invite", "offer", "reject"}),
        (Stage.INTERVIEW, None, {"invite", "offer", "reject"}),
        (Stage.OFFER, OfferState.OPEN, {"withdraw_offer", "reject"}),
        (Stage.OFFER, OfferState.ACCEPTED, {"hire", "no_show"}),
        (Stage.HIRED, OfferState.ACCEPTED, set()),
        (Stage.REJECTED, None, {"reconsider"}),
        (Stage.WITHDRAWN, None, set()),
        (Stage.DECLINED, None, set()),
    ],
)
def test_what_an_employer_may_do_at_each_stage(stage, offer, verbs):
    assert {step.verb for step in steps_now("job", stage, EMPLOYER, offer)} == verbs


def test_a_step_outside_the_table_changes_nothing(scene, hand_in, take, db):
    application = hand_in(scene.person, scene.posting)
    for verb in (
        "hire",
        "offer_me",
        "decline",
        "lapse",
        "withdraw",
        "no_show",
        "withdraw_offer",
        "reconsider",
    ):
        with pytest.raises(MoveNotPossible):
            take(application, verb, scene.recruiter, "原因")
        db.session.refresh(application)
        assert application.stage is Stage.SUBMITTED


def test_each_move_leaves_a_row_and_tells_the_seeker(scene, hand_in, take, db):
    application = hand_in(scene.person, scene.posting)
    take(application, "shortlist", scene.recruiter)
    rows = db.session.scalars(select(StageMove).order_by(StageMove.id)).all()
    assert [(row.from_stage, row.to_stage) for row in rows] == [
        (None, Stage.SUBMITTED),
        (Stage.SUBMITTED, Stage.SHORTLISTED),
    ]
    assert rows[1].moved_by_id == scene.recruiter.id
    told = db.session.scalars(select(Notification).where(Notification.user_id == scene.seeker.id)).all()
    assert [(note.text, note.path) for note in told] == [
        ("你投递的「氟化工艺操作工」通过了初筛", f"/applications/{application.id}")
    ]
    assert not db.session.scalars(select(Message)).all()  # nothing urgent: no SMS


def test_a_rejection_needs_a_reason_that_the_seeker_sees(scene, hand_in, take):
    application = hand_in(scene.person, scene.posting)
    with pytest.raises(ReasonMissing):
        take(application, "reject", scene.recruiter, "  ")
    take(application, "reject", scene.recruiter, "缺必须的证书")
    assert (application.stage, application.rejection_reason) == (Stage.REJECTED, "缺必须的证书")


def test_reconsidering_takes_the_reason_away(scene, hand_in, take):
    application = hand_in(scene.person, scene.posting)
    take(application, "reject", scene.recruiter, "已经招满")
    take(application, "reconsider", scene.recruiter)
    assert (application.stage, application.rejection_reason) == (Stage.SHORTLISTED, None)


def test_a_decision_on_a_stale_page_is_refused_and_says_what_is_so(scene, hand_in, take):
    application = hand_in(scene.person, scene.posting)
    seen = application.version
    take(application, "shortlist", scene.recruiter)
    with pytest.raises(ApplicationChanged, match="初筛通过"), transaction():
        services.take(
            application, "reject", membership_of(scene.recruiter), reason="已经招满", seen_version=seen
        )
    assert application.stage is Stage.SHORTLISTED


def test_a_suspended_employer_moves_nothing(scene, hand_in, take):
    application = hand_in(scene.person, scene.posting)
    with transaction():
        scene.organization.standing, scene.organization.suspend_reason = Standing.SUSPENDED, "收费"
    with pytest.raises(EmployerSuspended):
        take(application, "shortlist", scene.recruiter)
    assert application.stage is Stage.SUBMITTED


def test_members_of_another_employer_and_former_members_move_nothing(scene, hand_in, make, db):
    application = hand_in(scene.person, scene.posting)
    stranger = membership_of(make.recruiter())
    former = membership_of(scene.recruiter)
    with transaction():
        former.ended_at = former.joined_at
    for membership in (stranger, former):
        with pytest.raises(NotAllowed), transaction():
            services.take(application, "shortlist", membership, seen_version=application.version)


def test_withdrawing_calls_off_interviews_and_declines_the_offer(scene, hand_in, take, invited, offered, db):
    application = hand_in(scene.person, scene.posting)
    interview = invited(application, scene.recruiter)
    offer = offered(application, scene.recruiter)
    with transaction():
        services.withdraw(application, scene.seeker)
    assert application.stage is Stage.WITHDRAWN
    assert (interview.state.value, offer.state) == ("cancelled", OfferState.DECLINED)


def test_hired_is_the_end_for_both_sides(scene, hand_in, take, offered):
    application = hand_in(scene.person, scene.posting)
    take(application, "shortlist", scene.recruiter)
    offer = offered(application, scene.recruiter)
    with transaction():
        services.accept(offer, scene.seeker)
    take(application, "hire", scene.recruiter)
    assert application.stage is Stage.HIRED
    with pytest.raises(MoveNotPossible), transaction():
        services.withdraw(application, scene.seeker)
    with pytest.raises(MoveNotPossible):
        take(application, "reject", scene.recruiter, "反悔")


def test_a_bulk_move_names_what_it_could_not_move(scene, hand_in, make, take):
    people = [make.person() for _ in range(3)]
    rows = [hand_in(person, scene.posting) for person in people]
    take(rows[1], "reject", scene.recruiter, "已经招满")
    seen = [(row.id, row.version) for row in rows]
    take(rows[2], "view", scene.recruiter)
    foreign = hand_in(people[0], make.posting())
    with transaction():
        result = services.take_many(
            [*seen, (foreign.id, foreign.version)], "shortlist", membership_of(scene.recruiter)
        )
    assert [row.id for row in result.moved] == [rows[0].id]
    assert {row.id: why for row, why in result.refused}.keys() == {rows[1].id, rows[2].id}
    assert foreign.stage is Stage.SUBMITTED


def test_steps_carry_what_follows_from_them():
    for step in workflow_of("job").moves.values():
        assert isinstance(step, Step)
        assert step.label
        assert step.tells


def test_closing_the_account_takes_back_what_still_runs_and_tells_the_employer(
    scene, hand_in, take, offered, db, make
):
    running = take(hand_in(scene.person, scene.posting), "shortlist", scene.recruiter)
    offered(running, scene.recruiter)
    over = hand_in(scene.person, make.posting(scene.organization, created_by=scene.recruiter))
    take(over, "reject", scene.recruiter, "名额满了")
    with transaction():
        closing.close(scene.seeker)
    assert (running.stage, over.stage) == (Stage.WITHDRAWN, Stage.REJECTED)
    told = [
        row.text for row in db.session.scalars(select(Notification).filter_by(user_id=scene.recruiter.id))
    ]
    assert any("注销了账号" in text and scene.posting.title in text for text in told)
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert entry.record == f"users:{scene.seeker.id}"
