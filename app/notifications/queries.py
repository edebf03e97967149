"""Reads about notifications and messages. None of them writes."""

from datetime import datetime

from sqlalchemy import Select, func, select

from app.accounts.models import User
from app.core.db import db
from app.notifications.models import DeliveryState, Message, Notification


def inbox(user: User, *, is_unread: bool = False) -> Select[Notification]:
    """What *user* was told, the newest first, ready to paginate."""
    query = (
        select(Notification)
        .where(Notification.user_id == user.id)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
    )
    return query.where(Notification.read_at.is_(None)) if is_unread else query


def unread_count(user: User) -> int:
    query = select(func.count()).where(Notification.user_id == user.id, Notification.read_at.is_(None))
    return db.session.scalar(query) or 0


def due(moment: datetime) -> Select[Message]:
    """Messages to send now, the oldest first."""
    return (
        select(Message)
        .where(Message.state == DeliveryState.WAITING, Message.due_at <= moment)
        .order_by(Message.due_at, Message.id)
    )


def messages(address: str = "") -> Select[Message]:
    """All messages, the newest first, or those to addresses that contain *address*."""
    query = select(Message).order_by(Message.id.desc())
    return query.where(Message.address.contains(address, autoescape=True)) if address else query
