"""Gatherings for the tests of discovery."""

from datetime import timedelta

import pytest

from app.core.db import now, transaction
from app.events.models import Event, EventState


@pytest.fixture
def gathering(make):
    """A published gathering of the office in ten days, or whatever is given."""

    def made(title="冬季双选会", *, days=10, **given):
        start = now() + timedelta(days=days)
        given = {
            "kind": "fair",
            "place": "县体育馆",
            "address": "龙津镇北大路",
            "state": EventState.PUBLISHED,
            "published_at": now(),
            "introduction": "氟新材料企业专场。",
            "rules": "",
            "audience": {},
            "contact_name": "人才办",
            "contact_phone": "05985320000",
            "starts_at": start,
            "ends_at": start + timedelta(hours=6),
            "created_by_id": make.office().id,
            **given,
        }
        event = Event(title=title, **given)
        with transaction() as session:
            session.add(event)
        return event

    return made
