"""Telling people things: rows now, delivery later."""

from app.accounts.models import User
from app.core import audit
from app.core.db import db, now
from app.core.translation import SOURCE, said_in
from app.notifications import queries
from app.notifications.models import Channel, Message, Notification

SITE = "清才荟萃"


def notify(user: User, text: str, path: str, *, by_message: bool = False, subject: str | None = None) -> None:
    """Write one line into *user*'s inbox that leads to *path*; `by_message` sends it by SMS or e-mail too.

    The inbox is translated as it is read; a message goes out in the language in which *user* last signed in.
    """
    db.session.add(Notification(user=user, text=text, path=path))
    address = user.phone or user.email
    if by_message and address and user.is_active:
        spoken = user.locale or SOURCE
        send_to(address, said_in(spoken, subject or SITE), said_in(spoken, text), path=path)


def send_to(address: str, subject: str, body: str, *, path: str = "", is_secret: bool = False) -> None:
    """Queue one message to a phone number or e-mail. A secret body (a code) is emptied once it was sent."""
    channel = Channel.EMAIL if "@" in address else Channel.SMS
    row = Message(
        channel=channel, address=address, subject=subject, body=body, path=path, is_secret=is_secret
    )
    db.session.add(row)
    db.session.info["wake:messages"] = True


def read(notification: Notification) -> None:
    if notification.read_at is None:
        notification.read_at = now()
        audit.note(notification, {"read_at": None}, {"read_at": notification.read_at.isoformat()})


def read_all(user: User) -> int:
    """Mark everything as read; returns how many lines were new."""
    unread = list(db.session.scalars(queries.inbox(user, is_unread=True)))
    for notification in unread:
        notification.read_at = now()
    if unread:
        audit.note(user, {"unread": len(unread)}, {"unread": 0})
    return len(unread)
