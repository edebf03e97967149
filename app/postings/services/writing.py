"""Writing a posting: drafts, edits with conflict detection, duplicates."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import delete

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError, EditConflict
from app.organizations.models import Organization
from app.postings import fields, queries
from app.postings.kinds import AUTHOR, kind_of
from app.postings.models import Posting, PostingMove, PostingRevision, PostingState
from app.postings.services.moving import check_fit_for_review, move

DEFAULT_DAYS = 60
LISTS = ("majors", "required_certificates", "preferred_certificates", "skills", "benefits", "questions")
MAY_BE_UNFINISHED = frozenset({PostingState.DRAFT, PostingState.RETURNED})


class PostingClosed(DomainError):
    message = "这个职位已经关闭，不能再改。可以复制一份重新发布"


class AlreadyReviewed(DomainError):
    message = "交过审核的职位不能删除，可以关闭"


def blank(kind: str) -> dict[str, Any]:
    """What stands in a draft where its author has not written yet."""
    return {
        **{name: [] for name in LISTS},
        "extra": {},
        **dict.fromkeys(("title", "address", "duties", "requirements", "salary_words", "shift"), ""),
        **dict.fromkeys(("contact_name", "contact_phone", "family", "chain_link", "place"), ""),
        "employment": kind_of(kind).employments[0],
        "headcount": 1,
        "degree": 0,
        "years": 0,
        "salary_min": None,
        "salary_max": None,
        "salary_months": 12,
        "is_urgent": False,
        "source": None,
        "valid_until": queries.today() + timedelta(days=DEFAULT_DAYS),
    }


def draft(
    organization: Organization,
    author: User,
    kind: str,
    values: Mapping[str, Any],
    *,
    typed: dict[str, Any] | None = None,
    import_key: str | None = None,
) -> Posting:
    """Begin a posting. *values* may be incomplete; *typed* then keeps the form as it was left."""
    posting = Posting(
        kind=kind,
        organization=organization,
        created_by=author,
        state=kind_of(kind).workflow.initial,
        warnings=[],
        typed=typed,
        import_key=import_key,
        **{**blank(kind), **values},
    )
    db.session.add(posting)
    db.session.flush()
    audit.about(posting)
    return posting


def _changed(posting: Posting, values: Mapping[str, Any]) -> set[str]:
    return {name for name, value in values.items() if getattr(posting, name) != value}


def _refuse_stale(posting: Posting, values: Mapping[str, Any], seen_version: int) -> None:
    if posting.version == seen_version:
        return
    theirs = fields.values_of(posting)
    rows = fields.differences(posting.kind, {**theirs, **values}, theirs)
    raise EditConflict(rows or [("内容", "和现在的一样", "和你的一样")])


def _keep_revision(posting: Posting, editor: User) -> None:
    """Drafts that nobody else has read yet leave no history."""
    if posting.submitted_at is None:
        return
    revision = PostingRevision(
        posting_id=posting.id,
        version=posting.version,
        fields=fields.snapshot(posting),
        edited_by_id=editor.id,
    )
    db.session.add(revision)


def edit(
    posting: Posting,
    editor: User,
    values: Mapping[str, Any],
    *,
    seen_version: int,
    typed: dict[str, Any] | None = None,
) -> set[str]:
    """Change *posting*; the names of what changed are returned.

    Once it was public, a change of more than the kind's quiet fields takes it back to review.

    Raises
    ------
    EditConflict
        Somebody else saved since *seen_version*.
    """
    if posting.state is PostingState.CLOSED:
        raise PostingClosed
    _refuse_stale(posting, values, seen_version)
    changed = _changed(posting, values)
    if changed:
        _keep_revision(posting, editor)
    for name in changed:
        setattr(posting, name, values[name])
    posting.typed = typed if posting.state in MAY_BE_UNFINISHED else None
    audit.about(posting)
    _follow_up(posting, editor, changed)
    return changed


def _follow_up(posting: Posting, editor: User, changed: set[str]) -> None:
    """What an edit does to a posting that was already with the office or public."""
    loud = changed - kind_of(posting.kind).quiet_fields
    if posting.state is PostingState.SUBMITTED and changed:
        check_fit_for_review(posting)
    elif posting.state in {PostingState.PUBLISHED, PostingState.PAUSED, PostingState.EXPIRED} and loud:
        check_fit_for_review(posting)
        labels = "、".join(label for name, label in fields.LABELS.items() if name in loud)
        move(posting, "revise", AUTHOR, editor, f"改了{labels}" if labels else None)
        posting.submitted_at = now()
        posting.review_note = None
    elif posting.state is PostingState.EXPIRED and changed and posting.valid_until >= queries.today():
        move(posting, "renew", AUTHOR, editor)
        posting.published_at, posting.ended_at = now(), None


def duplicate(posting: Posting, author: User) -> Posting:
    """A new draft with the same words and a fresh validity."""
    values = fields.values_of(posting) | {
        "title": posting.title,
        "valid_until": queries.today() + timedelta(days=DEFAULT_DAYS),
    }
    copy = draft(posting.organization, author, posting.kind, values, typed=None)
    if posting.typed is not None:
        copy.typed = {**posting.typed, "valid_until": [values["valid_until"].isoformat()]}
    return copy


def discard(posting: Posting) -> None:
    """Delete a draft that was never handed in."""
    if posting.state is not PostingState.DRAFT or posting.submitted_at is not None:
        raise AlreadyReviewed
    audit.about(posting)
    for table in (PostingRevision, PostingMove):
        db.session.execute(delete(table).where(table.posting_id == posting.id))
    db.session.delete(posting)
