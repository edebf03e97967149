"""Notifications (通知): what a person is told in the site, and messages on their way by SMS or e-mail."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.db import Base, now


class Notification(Base):
    """One line in a person's inbox, with the page it leads to."""

    __tablename__ = "notifications"
    __audited__ = False
    __table_args__ = (Index("ix_notifications_user_id_read_at", "user_id", "read_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str]
    path: Mapped[str]  # of this site
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"


class DeliveryState(StrEnum):
    WAITING = "waiting"  # 待发送
    SENT = "sent"  # 已发送
    FAILED = "failed"  # 发送失败，不再重试


class Message(Base):
    """An outbox row: written with the change that causes it, delivered once by the worker."""

    __tablename__ = "messages"
    __audited__ = False
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_iff_moment"),
        Index("ix_messages_state_due_at", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[Channel]
    address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    path: Mapped[str] = mapped_column(default="")  # of this site; its full address is added on the way
    is_secret: Mapped[bool] = mapped_column(default=False)  # holds a code: emptied once it is on its way
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]
