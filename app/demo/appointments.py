"""Interviews at an invented fair: times that enterprises keep, wishes of both sides, and the schedule made of them."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core import pairing
from app.core.db import db, now
from app.demo.visits import Stand
from app.events.models import EmployerRank, Event, InterviewSlot, InterviewWish, Registration
from app.events.services import scheduling

MINUTES, TIMES = 20, 6  # of one interview, and how many an enterprise keeps
MOST_WISHES = 4


def wish(
    stands: Sequence[Stand], people: Sequence[Registration], first: datetime, rng: random.Random
) -> None:
    """Each enterprise keeps times from *first* on; people wish for some enterprises, and those rank who wishes."""
    wishing: dict[int, list[Registration]] = {}
    for exhibitor, _ in stands:
        for place in range(TIMES):
            begins = first + timedelta(minutes=MINUTES * place)
            db.session.add(InterviewSlot(exhibitor_id=exhibitor.id, starts_at=begins, minutes=MINUTES))
    for person in people:
        chosen = rng.sample(list(stands), rng.randint(1, min(MOST_WISHES, len(stands))))
        for rank, (exhibitor, _) in enumerate(chosen, 1):
            db.session.add(InterviewWish(registration_id=person.id, exhibitor_id=exhibitor.id, rank=rank))
            wishing.setdefault(exhibitor.id, []).append(person)
    for exhibitor_id, those in wishing.items():
        for rank, person in enumerate(rng.sample(those, min(len(those), TIMES)), 1):
            db.session.add(EmployerRank(exhibitor_id=exhibitor_id, registration_id=person.id, rank=rank))
    db.session.flush()


def publish(event: Event) -> None:
    """The schedule as the office's button makes it, shown to everybody."""
    scheduling.schedule(event, pairing.current())
    event.scheduled_at = now()
