"""Growing waits after failed sign-ins, per account, in the store that all workers share.

Counted for whatever was typed, whether or not such an account exists, so that a wait tells nothing.
"""

import time

from flask import current_app
from limits.storage import Storage

from app.core.crypto import digest

FREE_TRIES = 5
COUNTED_FOR = 24 * 3600  # seconds after the first failure
LONGEST_WAIT = 3600


def _store() -> Storage:
    return current_app.extensions["lockout"]


def seconds_left(who: str) -> int:
    """How long *who* must wait before the next try; 0 when a try is free."""
    key = f"locked:{digest(who)}"
    store = _store()
    if not store.get(key):
        return 0
    return max(1, round(store.get_expiry(key) - time.time()))


def note_failure(who: str) -> None:
    """Count a failure; from the fifth on the wait doubles: 1, 2, 4 … 60 minutes."""
    failures = _store().incr(f"failed:{digest(who)}", COUNTED_FOR)
    if failures >= FREE_TRIES:
        _store().incr(f"locked:{digest(who)}", min(60 * 2 ** (failures - FREE_TRIES), LONGEST_WAIT))


def forget(who: str) -> None:
    _store().clear(f"failed:{digest(who)}")
    _store().clear(f"locked:{digest(who)}")


def wait_words(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return f"试错次数太多，请 {minutes} 分钟后再试"
