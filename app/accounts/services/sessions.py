"""Signed-in browsers: begin, keep alive, end."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from app.accounts import queries
from app.accounts.models import SignInSession, User
from app.core import audit
from app.core.crypto import digest, new_token
from app.core.db import db, now
from app.core.errors import DomainError
from app.core.translation import SOURCE, language

SEEN_EVERY = timedelta(minutes=1)


class AccountSuspended(DomainError):
    status = 403
    message = "这个账号已停用，有疑问请联系县委人才办"


def begin(user: User, *, device: str, address: str, consent: str) -> str:
    """Sign *user* in on a browser; returns the token that only the browser keeps."""
    if not user.is_active:
        raise AccountSuspended
    if language() != (user.locale or SOURCE):
        user.locale = language()  # messages go out in it
    token = new_token()
    row = SignInSession(
        user=user, token_digest=digest(token), device=device[:80], address=address, consent=consent
    )
    db.session.add(row)
    audit.about(row)
    audit.by(user)
    return token


def touch(sign_in: SignInSession) -> None:
    """Note that the browser is in use, at most once a minute; in a transaction of its own, past the audit log.

    A lock that is not free right now loses nothing: the next request tries again.
    """
    moment = now()
    if sign_in.seen_at > moment - SEEN_EVERY:
        return
    change = update(SignInSession).where(SignInSession.id == sign_in.id).values(seen_at=moment)
    try:
        with db.engine.connect().execution_options(immediate=True) as connection, connection.begin():
            connection.execute(change)
    except OperationalError:
        return


def confirm(sign_in: SignInSession) -> None:
    """The person proved again that it is them; sensitive changes are open for a while."""
    sign_in.confirmed_at = now()


def end(sign_in: SignInSession) -> None:
    if sign_in.ended_at is None:
        sign_in.ended_at = now()


def end_all(user: User, *, but: SignInSession | None = None) -> int:
    """Sign *user* out everywhere, except on *but*; returns on how many browsers."""
    query = select(SignInSession).where(SignInSession.user_id == user.id, SignInSession.ended_at.is_(None))
    ended = [row for row in db.session.scalars(query) if but is None or row.id != but.id]
    for row in ended:
        row.ended_at = now()
    return len(ended)


def live(token: str | None) -> SignInSession | None:
    """The session behind a browser's token, its use noted."""
    found = queries.live_session(token) if token else None
    if found is not None:
        touch(found)
    return found
