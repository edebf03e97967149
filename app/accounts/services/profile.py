"""A person's own name, contact and password."""

from app.accounts import queries
from app.accounts.models import SignInSession, User
from app.accounts.outgoing import send
from app.accounts.services import sessions
from app.accounts.services.registration import AddressTaken


def rename(user: User, name: str) -> None:
    user.name = name


def change_address(user: User, address: str) -> None:
    """Put *address*, which was proved to be theirs, in the place of the old one, and tell the old one."""
    other = queries.by_address(address)
    if other is not None and other.id != user.id:
        raise AddressTaken
    old = user.email if "@" in address else user.phone
    if "@" in address:
        user.email = address
    else:
        user.phone = address
    if old and old != address:
        send(
            old, "清才荟萃：联系方式已更换", "你的账号已改用新的联系方式。不是本人操作请马上联系县委人才办。"
        )


def set_password(user: User, password_hash: str, *, keep: SignInSession | None = None) -> None:
    """Set a new password and sign out every other browser."""
    user.password_hash = password_hash
    sessions.end_all(user, but=keep)
    if address := user.phone or user.email:
        send(
            address,
            "清才荟萃：密码已修改",
            "你的密码刚刚改过，别处的登录都已退出。不是本人操作请马上找回密码。",
        )
