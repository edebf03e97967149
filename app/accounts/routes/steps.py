"""What is half done: between two pages of a sign-in it waits in the browser's signed cookie, for a while."""

import time
from dataclasses import asdict, dataclass

from flask import session

from app.accounts.models import CodePurpose, User
from app.core.db import db

STEP_LIFE = 30 * 60  # seconds to type a code
PENDING_LIFE = 10 * 60  # seconds between the first factor and the second


@dataclass
class Step:
    """A code was sent to `address`; the next page asks for it."""

    purpose: CodePurpose
    address: str
    role: str = ""
    target: str = ""  # a path of this site to go to afterwards
    at: float = 0


def put(step: Step) -> None:
    session["step"] = asdict(step) | {"at": time.time()}


def current(purpose: CodePurpose) -> Step | None:
    """The step that waits for a code of this purpose, unless it has been too long."""
    kept = session.get("step")
    if not kept or kept["purpose"] != purpose or kept["at"] < time.time() - STEP_LIFE:
        return None
    return Step(**kept | {"purpose": CodePurpose(kept["purpose"])})


def done() -> None:
    session.pop("step", None)


def put_pending(user: User, target: str) -> None:
    """The first factor was right; the second is still to come."""
    session["pending"] = {"user": user.id, "target": target, "at": time.time()}


def pending() -> tuple[User, str] | None:
    """Who waits for the second factor on this browser, and where they want to go."""
    kept = session.get("pending")
    if not kept or kept["at"] < time.time() - PENDING_LIFE:
        return None
    user = db.session.get(User, kept["user"])
    return (user, kept["target"]) if user is not None and user.is_active else None
