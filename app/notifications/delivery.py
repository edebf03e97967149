"""The worker's part: takes waiting messages one by one, sends each, and notes what came of it.

A message is claimed in a transaction of its own by pushing its due time ahead, so that two
workers never send the same one. A worker killed between sending and noting leaves it claimed;
it is then tried again after the claim runs out, under the same key, which gateways dedupe.
"""

import logging
from datetime import timedelta

from flask import current_app

from app.core.db import db, now, transaction
from app.notifications import queries
from app.notifications.models import DeliveryState, Message
from app.notifications.senders import SendingFailed

CLAIM = timedelta(minutes=2)
MOST_TRIES = 5
PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
BATCH = 200  # messages of one run; the worker comes back each minute

log = logging.getLogger(__name__)


def deliver() -> int:
    """Send what is due; returns how many were sent."""
    sent = 0
    for _ in range(BATCH):
        message = _claim()
        if message is None:
            break
        sent += _send(message)
    return sent


def _claim() -> Message | None:
    with transaction():
        message = db.session.scalar(queries.due(now()).limit(1).with_for_update(skip_locked=True))
        if message is not None:
            message.tries += 1
            message.due_at = now() + CLAIM
    return message


def _send(message: Message) -> bool:
    error = ""
    try:
        sender = current_app.extensions["senders"][message.channel]
        sender.send(message, _body(message), f"qingcai-{message.id}")
    except SendingFailed as failure:
        error = str(failure)
    with transaction():
        if error:
            _note_failure(message, error)
        else:
            _note_sent(message)
    return not error


def _body(message: Message) -> str:
    if not message.path:
        return message.body
    return f"{message.body}\n{current_app.config['SERVER_URL'].rstrip('/')}{message.path}"


def _note_sent(message: Message) -> None:
    message.state, message.sent_at, message.error = DeliveryState.SENT, now(), None
    if message.is_secret and current_app.config.get("SENDERS") == "gateways":
        message.body = "（验证码已发出，不再保存）"


def _note_failure(message: Message, error: str) -> None:
    message.error = error
    if message.tries >= MOST_TRIES:
        message.state = DeliveryState.FAILED
        log.error("message %s given up after %s tries: %s", message.id, message.tries, error)
        return
    message.due_at = now() + PAUSES[message.tries - 1]
    log.warning("message %s failed: %s; tried again at %s", message.id, error, message.due_at)
