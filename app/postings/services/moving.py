"""Moves of a posting along the workflow of its kind."""

from datetime import date

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError, EditConflict
from app.core.presentation import day
from app.notifications.services import notify
from app.postings import policy, queries
from app.postings.checking import refusals, warnings
from app.postings.fields import values_of
from app.postings.kinds import AUTHOR, OFFICE, SYSTEM, kind_of
from app.postings.models import Posting, PostingMove, PostingState


class EmployerMayNotPublish(DomainError):
    message = "单位现在不能发布职位：要先通过核验，并且每半年复核一次。写好的内容都保存着"


class PostingIncomplete(DomainError):
    message = "还有内容没填好，先补完再提交"


class WordingRefused(DomainError):
    message = "有不能写的内容，改好再提交"


class WarningNeedsReason(DomainError):
    message = "这条有需要说明的内容，写下放行的理由才能发布"


class ReasonMissing(DomainError):
    message = "请写明原因"


class ValidityPassed(DomainError):
    message = "有效期已经过了，先改有效期"


def move(posting: Posting, verb: str, part: str, by: User | None, reason: str | None = None) -> None:
    """Take one step of the kind's workflow and keep it."""
    target = kind_of(posting.kind).workflow.target(posting.state, verb, part)
    step = PostingMove(
        posting_id=posting.id,
        verb=verb,
        from_state=posting.state,
        to_state=target,
        reason=reason or None,
        moved_by_id=by.id if by else None,
    )
    db.session.add(step)
    posting.state = target
    audit.about(posting)


def _tell_writers(posting: Posting, text: str, *, by_message: bool = False) -> None:
    for user in queries.writers(posting):
        notify(user, text, f"/postings/{posting.id}", by_message=by_message)


def _demand_employer(posting: Posting) -> None:
    if not policy.can_publish(posting.organization, queries.today()):
        raise EmployerMayNotPublish


def _demand_valid(posting: Posting) -> None:
    if posting.valid_until < queries.today():
        raise ValidityPassed


def check_fit_for_review(posting: Posting) -> None:
    """Stop what the public could never see: gaps, refused wording, an employer that may not publish."""
    _demand_employer(posting)
    if posting.typed is not None:
        raise PostingIncomplete
    if found := refusals(values_of(posting)):
        raise WordingRefused(
            f"{WordingRefused.message}：{'、'.join(f'「{each.words}」' for each in found[:5])}"
        )
    _demand_valid(posting)
    posting.warnings = warnings(values_of(posting))


def submit(posting: Posting, author: User) -> None:
    """Hand *posting* to the office."""
    check_fit_for_review(posting)
    move(posting, "submit", AUTHOR, author)
    posting.submitted_at = now()
    posting.return_reason = None
    posting.review_note = None


def recall(posting: Posting, author: User) -> None:
    move(posting, "recall", AUTHOR, author)


def _demand_seen(posting: Posting, seen_version: int) -> None:
    """A decision is about the text that the reviewer read."""
    if posting.version != seen_version:
        raise EditConflict([("职位内容", "你看的那一版", "作者刚刚改过，请重新看一遍")])


def publish(posting: Posting, reviewer: User, *, seen_version: int, note: str = "") -> None:
    """Let *posting* out. Wording that needs a reason is let pass only with one."""
    _demand_seen(posting, seen_version)
    _demand_employer(posting)
    _demand_valid(posting)
    if posting.warnings and not note:
        raise WarningNeedsReason
    move(posting, "publish", OFFICE, reviewer, note)
    posting.review_note = note or None
    posting.published_at = now()
    posting.ended_at = None
    _tell_writers(posting, f"「{posting.title}」审核通过，已经发布", by_message=True)


def return_(posting: Posting, reviewer: User, *, seen_version: int, reason: str) -> None:
    """Send *posting* back to its author with what to mend."""
    _demand_seen(posting, seen_version)
    if not reason:
        raise ReasonMissing
    move(posting, "return", OFFICE, reviewer, reason)
    posting.return_reason = reason
    _tell_writers(posting, f"「{posting.title}」被退回：{reason}", by_message=True)


def pause(posting: Posting, author: User) -> None:
    move(posting, "pause", AUTHOR, author)


def resume(posting: Posting, author: User) -> None:
    _demand_employer(posting)
    _demand_valid(posting)
    move(posting, "resume", AUTHOR, author)


def renew(posting: Posting, author: User, valid_until: date) -> None:
    """Open an expired posting again, unchanged, until a later day."""
    _demand_employer(posting)
    posting.valid_until = valid_until
    _demand_valid(posting)
    move(posting, "renew", AUTHOR, author, f"有效期延到{day(valid_until)}")
    posting.published_at = now()
    posting.ended_at = None


def close(posting: Posting, author: User, reason: str) -> None:
    """End *posting* for good; it stays in the records."""
    if not reason:
        raise ReasonMissing
    move(posting, "close", AUTHOR, author, reason)
    posting.close_reason = reason
    posting.typed = None
    posting.ended_at = now()


def expire(posting: Posting) -> None:
    """What the clock does on the day after the last."""
    if posting.state not in {PostingState.PUBLISHED, PostingState.PAUSED}:
        return
    if posting.valid_until >= queries.today():
        return
    move(posting, "expire", SYSTEM, None)
    posting.ended_at = now()
    _tell_writers(posting, f"「{posting.title}」到期了，不再收投递。还要招人可以延长有效期")
