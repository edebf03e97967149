"""What the two sides write to each other, what colleagues note, and what leaves the site as a table."""

from collections.abc import Sequence

from app.accounts.models import User
from app.applications import policy, queries
from app.applications.models import Application, ApplicationExport, ApplicationNote, ThreadMessage
from app.applications.services.moving import require_handling, tell_employer, tell_seeker
from app.core import audit
from app.core.db import db, now
from app.core.errors import DomainError
from app.organizations.models import Membership

LONGEST_MESSAGE = 2000


class ThreadClosed(DomainError):
    message = "这次投递已经结束，不能再发消息"


def say(application: Application, sender: User, text: str, membership: Membership | None = None) -> None:
    """Write to the other side, which is told once until it has read."""
    is_seeker = policy.is_own(sender, application)
    if not is_seeker:
        require_handling(application, membership)  # type: ignore[arg-type]  # None is refused there
    if not policy.can_talk(application):
        raise ThreadClosed
    is_first = not queries.unread(application, from_seeker=is_seeker)
    db.session.add(ThreadMessage(application_id=application.id, sender_id=sender.id, text=text))
    audit.about(application)
    if not is_first:
        return
    title = application.posting.title
    if is_seeker:
        tell_employer(application, f"{application.person.name}在「{title}」里给你发了消息")
    else:
        tell_seeker(application, f"{application.posting.organization.name}在「{title}」里给你发了消息")


def mark_read(messages: Sequence[ThreadMessage]) -> None:
    for message in messages:
        message.read_at = now()


def note(application: Application, membership: Membership, text: str) -> None:
    """Write something for colleagues; the seeker never sees it."""
    require_handling(application, membership)
    db.session.add(ApplicationNote(application_id=application.id, author_id=membership.user_id, text=text))
    audit.about(application)


def export(membership: Membership, *, posting_id: int | None, kind: str, row_count: int) -> None:
    """Leave a row about who took which applications out of the site."""
    row = ApplicationExport(
        organization=membership.organization,
        posting_id=posting_id,
        format=kind,
        row_count=row_count,
        exported_by_id=membership.user_id,
    )
    db.session.add(row)
