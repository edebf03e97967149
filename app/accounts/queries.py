"""Reads about accounts. None of them writes."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import (
    CodePurpose,
    Consent,
    ConsentDocument,
    OneTimeCode,
    RecoveryCode,
    SignInSession,
    User,
)
from app.core.crypto import digest
from app.core.db import db, now
from app.core.guard import Role

LONGEST_ABSENCE = timedelta(days=30)  # a browser that was away for longer signs in again


def by_address(address: str) -> User | None:
    """The account with this phone number or e-mail, as normalised."""
    column = User.email if "@" in address else User.phone
    return db.session.scalar(select(User).where(column == address))


def live_session(token: str) -> SignInSession | None:
    """The signed-in browser that holds *token*, unless it was ended, is stale, or its user may not sign in."""
    found = db.session.scalar(
        select(SignInSession)
        .where(SignInSession.token_digest == digest(token))
        .options(joinedload(SignInSession.user))
    )
    if found is None or found.ended_at is not None or not found.user.is_active:
        return None
    return found if found.seen_at > now() - LONGEST_ABSENCE else None


def sessions_of(user: User) -> list[SignInSession]:
    """Browsers that are signed in now, the latest first; the oldest beyond fifty are left out."""
    query = (
        select(SignInSession)
        .where(SignInSession.user_id == user.id, SignInSession.ended_at.is_(None))
        .where(SignInSession.seen_at > now() - LONGEST_ABSENCE)
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
        .limit(50)
    )
    return list(db.session.scalars(query))


def agreed_versions(user: User) -> set[tuple[ConsentDocument, str]]:
    rows = db.session.execute(select(Consent.document, Consent.version).where(Consent.user_id == user.id))
    return {(document, version) for document, version in rows}


def codes_since(address: str, moment: datetime) -> list[tuple[datetime, CodePurpose]]:
    """When and for what codes were asked for to *address* since *moment*, the latest first."""
    query = (
        select(OneTimeCode.created_at, OneTimeCode.purpose)
        .where(OneTimeCode.address == address, OneTimeCode.created_at > moment)
        .order_by(OneTimeCode.created_at.desc())
    )
    return [(at, purpose) for at, purpose in db.session.execute(query)]


def live_codes(address: str, purpose: CodePurpose, moment: datetime) -> Select[OneTimeCode]:
    """Codes that were sent to *address* and may still be typed, the latest first."""
    return (
        select(OneTimeCode)
        .where(OneTimeCode.address == address, OneTimeCode.purpose == purpose)
        .where(OneTimeCode.used_at.is_(None), OneTimeCode.expires_at > moment)
        .order_by(OneTimeCode.id.desc())
    )


def recovery_code(user: User, code_digest: str) -> RecoveryCode | None:
    query = select(RecoveryCode).where(
        RecoveryCode.user_id == user.id,
        RecoveryCode.code_digest == code_digest,
        RecoveryCode.used_at.is_(None),
    )
    return db.session.scalar(query)


def recovery_codes(user: User) -> list[RecoveryCode]:
    return list(db.session.scalars(select(RecoveryCode).where(RecoveryCode.user_id == user.id)))


def erasable(today: date, limit: int) -> list[User]:
    """Closed accounts whose legal term is over and whose sealed identity is still there."""
    query = select(User).where(User.erase_on <= today, User.sealed_identity.is_not(None)).limit(limit)
    return list(db.session.scalars(query))


def recovery_codes_left(user: User) -> int:
    query = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(query) or 0


def users(words: str = "", role: Role | None = None, *, is_suspended: bool = False) -> Select[User]:
    """Accounts whose name, phone or e-mail contains *words*, the newest first, ready to paginate."""
    query = select(User).order_by(User.id.desc())
    if words:
        columns = (User.name, User.phone, User.email)
        query = query.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))
    if role is not None:
        query = query.where(User.role == role)
    return query.where(User.suspended_at.is_not(None)) if is_suspended else query
