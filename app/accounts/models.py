"""Accounts (账号): people who sign in, their sessions, one-time codes and consents."""

from datetime import date, datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Base, now
from app.core.guard import Role


class User(UserMixin, Base):
    """One person who can sign in, by mobile number or e-mail."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("phone IS NOT NULL OR email IS NOT NULL OR closed_at IS NOT NULL", name="reachable"),
        CheckConstraint("(closed_at IS NULL) = (erase_on IS NULL)", name="closed_iff_erase_day"),
        CheckConstraint("suspended_at IS NULL OR suspend_reason IS NOT NULL", name="suspended_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]  # how the site addresses them
    phone: Mapped[str | None] = mapped_column(unique=True, info={"secret": True})  # 11 digits
    email: Mapped[str | None] = mapped_column(unique=True, info={"secret": True})  # lower case
    password_hash: Mapped[str | None] = mapped_column(info={"secret": True})
    totp_secret: Mapped[str | None] = mapped_column(info={"secret": True})  # sealed
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None] = mapped_column(info={"secret": True})  # a code counts once
    role: Mapped[Role]
    is_demo: Mapped[bool] = mapped_column(default=False)
    locale: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    suspended_at: Mapped[datetime | None]
    suspend_reason: Mapped[str | None]
    closed_at: Mapped[datetime | None]  # 注销: name and contact are sealed
    sealed_identity: Mapped[str | None] = mapped_column(info={"secret": True})
    erase_on: Mapped[date | None]  # the sealed identity is erased on this day

    @property
    def is_active(self) -> bool:
        return self.suspended_at is None and self.closed_at is None

    @property
    def needs_totp(self) -> bool:
        """Office and admin sign in with a second factor."""
        return self.role in {Role.OFFICE, Role.ADMIN}


class SignInSession(Base):
    """One signed-in browser; ending the row signs it out at its next request."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_digest: Mapped[str] = mapped_column(unique=True, info={"secret": True})
    device: Mapped[str]  # "Chrome · Android", in words a person recognizes
    address: Mapped[str]  # network address, last part cut
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime] = mapped_column(
        default=now
    )  # last proof that it is them: password or code
    consent: Mapped[str | None]  # versions agreed to, as known to this session; None: never asked
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class RecoveryCode(Base):
    """Stands in once for the second factor when the phone is lost."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    code_digest: Mapped[str] = mapped_column(unique=True, info={"secret": True})
    used_at: Mapped[datetime | None]


class CodePurpose(StrEnum):
    SIGN_IN = "sign_in"  # 登录
    SIGN_UP = "sign_up"  # 注册
    RECOVERY = "recovery"  # 找回密码
    CHANGE = "change"  # 更换手机号或邮箱
    CONFIRM = "confirm"  # 确认是本人


class OneTimeCode(Base):
    """A code sent by SMS or e-mail; only its digest is kept."""

    __tablename__ = "one_time_codes"
    __table_args__ = (Index("ix_one_time_codes_address_purpose", "address", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(info={"secret": True})  # phone or e-mail as normalised
    purpose: Mapped[CodePurpose]
    code_digest: Mapped[str] = mapped_column(info={"secret": True})
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    wrong_tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]


class ConsentDocument(StrEnum):
    TERMS = "terms"  # 用户协议
    PRIVACY = "privacy"  # 隐私政策


class Consent(Base):
    """A person agreed to one version of one document."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("user_id", "document", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    document: Mapped[ConsentDocument]
    version: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=now)
