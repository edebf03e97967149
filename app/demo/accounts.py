"""One sign-in for each role, printed when the site starts with demo data."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.consents import CURRENT
from app.accounts.models import Consent, ConsentDocument, User
from app.core import crypto
from app.core.db import db
from app.core.guard import Role

PASSWORD = "qingcai-2026"  # noqa: S105 - printed on purpose; demo accounts cannot exist in production
TOTP_KEY = "QINGLIUDEMOQINGLIUDEMOQINGLIUDEM"


@dataclass(frozen=True)
class SignIn:
    role: Role
    label: str
    phone: str
    name: str


SIGN_INS = (
    SignIn(Role.SEEKER, "求职者", "17000000001", "陈国栋"),
    SignIn(Role.ENTERPRISE, "企业（福建泷岚氟化工有限公司）", "17000000002", "泷岚 林敏"),
    SignIn(Role.ORGANIZER, "学校（清流县高级职业中学）", "17000000003", "巫老师"),
    SignIn(Role.OFFICE, "人才办", "17000000004", "人才办 江月"),
    SignIn(Role.ADMIN, "管理员", "17000000005", "管理员"),
)


def create(session: Session, moment: datetime) -> dict[Role, User]:
    """Add the demonstration's accounts to the open transaction."""
    users = {}
    for entry in SIGN_INS:
        user = User(
            name=entry.name,
            phone=entry.phone,
            role=entry.role,
            is_demo=True,
            password_hash=crypto.hash_password(PASSWORD),
        )
        if user.needs_totp:
            user.totp_secret, user.totp_confirmed_at = crypto.seal(TOTP_KEY), moment
        session.add(user)
        session.flush()
        for document in ConsentDocument:
            session.add(Consent(user_id=user.id, document=document, version=CURRENT[document].version))
        users[entry.role] = user
    return users


def shown() -> list[tuple[str, str, str, str]]:
    """(label, phone, password, key of the second factor) of each demo account that exists."""
    known = set(db.session.scalars(select(User.phone).where(User.is_demo)))
    needs_key = {Role.OFFICE, Role.ADMIN}
    return [
        (entry.label, entry.phone, PASSWORD, TOTP_KEY if entry.role in needs_key else "")
        for entry in SIGN_INS
        if entry.phone in known
    ]
