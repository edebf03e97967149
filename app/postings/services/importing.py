"""Postings from a table: good rows are kept as drafts, the others are named with the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from app.accounts.models import User
from app.core import audit
from app.core.db import db
from app.core.errors import DomainError
from app.organizations.models import Organization
from app.postings import queries
from app.postings.models import Posting, PostingImport, PostingState
from app.postings.services.moving import submit
from app.postings.services.writing import draft


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row of a table after all checks: what it says, and what is wrong with it."""

    number: int  # as the person counts in their table, the head being row 1
    kind: str
    raw: Mapping[str, str]  # column → what stands there
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[tuple[str, str]] = ()  # (column, reason)
    typed: dict[str, list[str]] | None = None  # what is still to be finished in the editor

    @property
    def key(self) -> str:
        """The same words in the same columns give the same key, whatever the order of rows or spaces around."""
        words = sorted(f"{column}={text.strip()}" for column, text in self.raw.items() if text.strip())
        return sha256("\n".join([self.kind, *words]).encode()).hexdigest()


def _rejected(row: CheckedRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "title": row.raw.get("title", ""),
        "problems": [list(problem) for problem in row.problems],
        "fields": dict(row.raw),
    }


def import_rows(
    organization: Organization, author: User, filename: str, rows: Sequence[CheckedRow]
) -> PostingImport:
    """Keep each good row once; a row that an earlier upload already brought is only pointed at."""
    known = queries.imported_before(organization.id, [row.key for row in rows if not row.problems])
    result = PostingImport(
        organization_id=organization.id,
        imported_by_id=author.id,
        filename=filename,
        rows=len(rows),
        kept=[],
        repeated=[],
        rejected=[_rejected(row) for row in rows if row.problems],
    )
    for row in rows:
        if row.problems:
            continue
        if row.key in known:
            result.repeated.append([row.number, *known[row.key]])
            continue
        posting = draft(organization, author, row.kind, row.values, typed=row.typed, import_key=row.key)
        known[row.key] = (posting.id, posting.title)
        result.kept.append([row.number, posting.id, posting.title])
    db.session.add(result)
    db.session.flush()
    audit.about(result)
    return result


def submit_imported(result: PostingImport, author: User) -> tuple[int, list[tuple[str, str]]]:
    """Hand in every draft of one upload; (how many, [(title, why not)])."""
    submitted, refused = 0, []
    for _, posting_id, _ in result.kept:
        posting = db.session.get(Posting, posting_id)
        if posting is None or posting.state is not PostingState.DRAFT:
            continue
        try:
            submit(posting, author)
        except DomainError as problem:
            refused.append((posting.title, problem.message))
        else:
            submitted += 1
    audit.about(result)
    return submitted, refused
