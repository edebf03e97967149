"""What time does to postings: they end, and their authors are told before. Small batches, repeatable."""

from app.core.db import db, transaction
from app.core.presentation import day
from app.notifications.services import notify
from app.postings import queries
from app.postings.models import Posting
from app.postings.services.moving import expire

BATCH = 50
NOTICE_DAYS = 3


def expire_overdue() -> int:
    """End every posting whose last day is over; returns how many.

    A worker's job: it opens its own transactions.
    """
    ended = 0
    while ids := queries.overdue(queries.today(), BATCH):
        with transaction():
            for posting_id in ids:
                if (posting := db.session.get(Posting, posting_id)) is not None:
                    expire(posting)
                    ended += 1
    return ended


def tell_ending_soon() -> int:
    """Tell authors once for each last day that is near; returns how many were told."""
    told = 0
    while ids := queries.ending_soon(queries.today(), NOTICE_DAYS, BATCH):
        with transaction():
            for posting_id in ids:
                posting = db.session.get(Posting, posting_id)
                if posting is None or posting.expiry_notice_for == posting.valid_until:
                    continue
                posting.expiry_notice_for = posting.valid_until
                text = f"「{posting.title}」{day(posting.valid_until)}到期，还要招人请延长有效期"
                for user in queries.writers(posting):
                    notify(user, text, f"/postings/{posting.id}")
                told += 1
    return told
