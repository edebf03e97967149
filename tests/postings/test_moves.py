"""Moves of a posting: which exist, who may take them, what each leaves behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.county_time import today
from app.core.db import now, transaction
from app.core.errors import EditConflict
from app.core.workflow import MoveNotPossible
from app.notifications.models import Notification
from app.organizations.models import Membership, Standing
from app.postings import services
from app.postings.kinds import AUTHOR, KINDS, OFFICE, SYSTEM
from app.postings.models import PostingMove, PostingState
from app.postings.services.moving import (
    EmployerMayNotPublish,
    PostingIncomplete,
    ReasonMissing,
    ValidityPassed,
    WarningNeedsReason,
    WordingRefused,
)

S = PostingState
LEGAL = {
    (S.DRAFT, "submit", AUTHOR): S.SUBMITTED,
    (S.RETURNED, "submit", AUTHOR): S.SUBMITTED,
    (S.SUBMITTED, "recall", AUTHOR): S.DRAFT,
    (S.PUBLISHED, "pause", AUTHOR): S.PAUSED,
    (S.PAUSED, "resume", AUTHOR): S.PUBLISHED,
    (S.PUBLISHED, "revise", AUTHOR): S.SUBMITTED,
    (S.PAUSED, "revise", AUTHOR): S.SUBMITTED,
    (S.EXPIRED, "revise", AUTHOR): S.SUBMITTED,
    (S.EXPIRED, "renew", AUTHOR): S.PUBLISHED,
    (S.RETURNED, "close", AUTHOR): S.CLOSED,
    (S.PUBLISHED, "close", AUTHOR): S.CLOSED,
    (S.PAUSED, "close", AUTHOR): S.CLOSED,
    (S.EXPIRED, "close", AUTHOR): S.CLOSED,
    (S.SUBMITTED, "publish", OFFICE): S.PUBLISHED,
    (S.SUBMITTED, "return", OFFICE): S.RETURNED,
    (S.PUBLISHED, "return", OFFICE): S.RETURNED,
    (S.PAUSED, "return", OFFICE): S.RETURNED,
    (S.PUBLISHED, "expire", SYSTEM): S.EXPIRED,
    (S.PAUSED, "expire", SYSTEM): S.EXPIRED,
}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_move_outside_the_table_is_impossible(kind):
    for state in S:
        for verb in kind.workflow.moves:
            for who in (AUTHOR, OFFICE, SYSTEM):
                if (state, verb, who) in LEGAL:
                    assert kind.workflow.target(state, verb, who) is LEGAL[state, verb, who]
                else:
                    with pytest.raises(MoveNotPossible):
                        kind.workflow.target(state, verb, who)


@pytest.fixture
def waiting(make):
    """A posting that its author handed in."""
    org = make.organization()
    author = make.recruiter(org)
    posting = make.posting(org, created_by=author, state=S.DRAFT, published_at=None)
    with transaction():
        services.submit(posting, author)
    return posting, author


def test_a_posting_goes_from_draft_to_closed(waiting, make, db):
    posting, author = waiting
    assert posting.state is S.SUBMITTED
    assert posting.submitted_at is not None
    office = make.office()
    with transaction():
        services.publish(posting, office, seen_version=posting.version)
    assert posting.state is S.PUBLISHED
    assert posting.is_open(today())
    with transaction():
        services.pause(posting, author)
    assert not posting.is_open(today())
    with transaction():
        services.resume(posting, author)
    with transaction():
        services.close(posting, author, "人招满了")
    assert posting.state is S.CLOSED
    assert posting.ended_at is not None
    verbs = db.session.scalars(select(PostingMove.verb).order_by(PostingMove.id)).all()
    assert verbs == ["submit", "publish", "pause", "resume", "close"]


def test_the_author_hears_of_each_decision(waiting, make, db):
    posting, author = waiting
    with transaction():
        services.return_(posting, make.office(), seen_version=posting.version, reason="薪资写得太宽")
    told = db.session.scalars(select(Notification).where(Notification.user_id == author.id)).all()
    assert [each.text for each in told] == ["「氟化工艺操作工」被退回：薪资写得太宽"]
    assert told[0].path == f"/postings/{posting.id}"


def test_the_owner_hears_of_it_when_the_author_has_left(waiting, make, db):
    posting, author = waiting
    owner = make.recruiter(posting.organization)
    with transaction():
        membership = db.session.scalar(select(Membership).where(Membership.user_id == author.id))
        membership.ended_at = now()
    with transaction():
        services.publish(posting, make.office(), seen_version=posting.version)
    told = db.session.scalars(select(Notification.user_id)).all()
    assert told == [owner.id]


def test_a_decision_on_an_older_text_is_refused(waiting, make):
    posting, author = waiting
    seen = posting.version
    with transaction():
        services.edit(posting, author, {"headcount": 9}, seen_version=posting.version)
    with pytest.raises(EditConflict), transaction():
        services.publish(posting, make.office(), seen_version=seen)
    assert posting.state is S.SUBMITTED


def test_returning_needs_a_reason(waiting, make):
    posting, _ = waiting
    with pytest.raises(ReasonMissing), transaction():
        services.return_(posting, make.office(), seen_version=posting.version, reason="")


def test_age_wording_passes_only_with_the_reviewers_reason(make):
    org = make.organization()
    author, office = make.recruiter(org), make.office()
    posting = make.posting(
        org, created_by=author, state=S.DRAFT, published_at=None, requirements="35岁以下，能上夜班。"
    )
    with transaction():
        services.submit(posting, author)
    assert any("35岁以下" in warning for warning in posting.warnings)
    with pytest.raises(WarningNeedsReason), transaction():
        services.publish(posting, office, seen_version=posting.version)
    with transaction():
        services.publish(posting, office, seen_version=posting.version, note="国家规定的特殊工种")
    assert posting.review_note == "国家规定的特殊工种"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"requirements": "限男性，能上夜班。"}, WordingRefused),
        ({"typed": {"title": ["半个"]}}, PostingIncomplete),
        ({"valid_until": today() - timedelta(days=1)}, ValidityPassed),
    ],
)
def test_what_the_public_may_never_see_cannot_be_submitted(make, changes, error):
    org = make.organization()
    author = make.recruiter(org)
    posting = make.posting(org, created_by=author, state=S.DRAFT, published_at=None, **changes)
    with pytest.raises(error), transaction():
        services.submit(posting, author)
    assert posting.state is S.DRAFT


@pytest.mark.parametrize(
    "standing",
    [
        {"standing": Standing.SUBMITTED, "verified_until": None},
        {"standing": Standing.SUSPENDED},
        {"verified_until": today() - timedelta(days=1)},
    ],
    ids=["not verified", "suspended", "overdue"],
)
def test_only_an_employer_in_good_standing_submits_publishes_and_resumes(make, standing):
    org = make.organization(**standing)
    author, office = make.recruiter(org), make.office()
    draft = make.posting(org, created_by=author, state=S.DRAFT, published_at=None)
    paused = make.posting(org, created_by=author, state=S.PAUSED)
    submitted = make.posting(org, created_by=author, state=S.SUBMITTED, published_at=None)
    published = make.posting(org, created_by=author)
    assert not published.is_open(today())
    with pytest.raises(EmployerMayNotPublish), transaction():
        services.submit(draft, author)
    with pytest.raises(EmployerMayNotPublish), transaction():
        services.resume(paused, author)
    with pytest.raises(EmployerMayNotPublish), transaction():
        services.publish(submitted, office, seen_version=submitted.version)


def test_an_expired_posting_is_renewed_to_a_later_day_only(make):
    org = make.organization()
    author = make.recruiter(org)
    posting = make.posting(
        org, created_by=author, state=S.EXPIRED, valid_until=today() - timedelta(days=2), ended_at=now()
    )
    with pytest.raises(ValidityPassed), transaction():
        services.renew(posting, author, today() - timedelta(days=1))
    with transaction():
        services.renew(posting, author, today() + timedelta(days=10))
    assert posting.is_open(today())
    assert posting.ended_at is None


# ── the clock ──────────────────────────────────────────


def test_what_is_over_expires_once_and_its_author_hears_of_it(make, db):
    org = make.organization()
    author = make.recruiter(org)
    yesterday = today() - timedelta(days=1)
    over = make.posting(org, created_by=author, valid_until=yesterday)
    paused = make.posting(org, created_by=author, valid_until=yesterday, state=S.PAUSED)
    last_day = make.posting(org, created_by=author, valid_until=today())
    assert services.expire_overdue() == 2
    assert services.expire_overdue() == 0
    assert (over.state, paused.state, last_day.state) == (S.EXPIRED, S.EXPIRED, S.PUBLISHED)
    told = db.session.scalars(select(Notification).where(Notification.user_id == author.id)).all()
    assert len(told) == 2


def test_the_coming_end_is_told_once_and_again_after_an_extension(make, db):
    org = make.organization()
    author = make.recruiter(org)
    posting = make.posting(org, created_by=author, valid_until=today() + timedelta(days=3))
    make.posting(org, created_by=author, valid_until=today() + timedelta(days=4))
    assert services.tell_ending_soon() == 1
    assert services.tell_ending_soon() == 0
    with transaction():
        services.edit(
            posting, author, {"valid_until": today() + timedelta(days=2)}, seen_version=posting.version
        )
    assert services.tell_ending_soon() == 1
    told = db.session.scalars(select(Notification).where(Notification.user_id == author.id)).all()
    assert len(told) == 2
