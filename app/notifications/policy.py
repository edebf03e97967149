"""Who may read a notification. Pure functions: no database, no request."""

from app.accounts.models import User
from app.notifications.models import Notification


def can_read(user: User, notification: Notification) -> bool:
    return notification.user_id == user.id
