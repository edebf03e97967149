"""What the tests read from the outbox."""

import re

from sqlalchemy import select

from app.core.db import db
from app.notifications.models import Message


def last_message(address):
    return db.session.scalar(select(Message).where(Message.address == address).order_by(Message.id.desc()))


def last_code(address):
    return re.search(r"\d{6}", last_message(address).body)[0]


def wrong_code(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"
