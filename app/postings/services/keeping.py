"""What readers do with a posting: keep it for later, report it."""

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError
from app.postings import queries
from app.postings.models import Posting, PostingReport, SavedPosting

REASONS = (
    "收费、要押金",
    "扣押证件",
    "工资和写的不一样",
    "有歧视内容",
    "假公司或假职位",
    "联系不上",
    "其他",
)


class PostingNotOpen(DomainError):
    status = 410
    message = "这个职位已经不招了"


def save(posting: Posting, user: User) -> None:
    """Keep *posting* for *user*; keeping it twice is the same as once."""
    if not posting.is_open(queries.today()):
        raise PostingNotOpen
    if queries.saved_row(user, posting) is None:
        db.session.add(SavedPosting(user_id=user.id, posting_id=posting.id))


def unsave(posting: Posting, user: User) -> None:
    if (row := queries.saved_row(user, posting)) is not None:
        db.session.delete(row)


def report(posting: Posting, reporter: User | None, reason: str, text: str) -> PostingReport:
    """Tell the office about *posting*; who reports stays between them and the office."""
    row = PostingReport(
        posting_id=posting.id, reporter_id=reporter.id if reporter else None, reason=reason, text=text
    )
    db.session.add(row)
    audit.about(posting)
    return row


def handle_report(row: PostingReport, outcome: str) -> None:
    row.handled_at = now()
    row.outcome = outcome
    audit.about(row.posting)
