"""Fairs that may have brought a post and a person together."""

from datetime import datetime, timedelta

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.events.models import (
    Event,
    EventState,
    Exhibitor,
    ExhibitorPosting,
    ExhibitorState,
    Registration,
    RegistrationState,
)

STILL = timedelta(days=30)  # after its end what somebody applies for counts to the fair where they saw it


def bringers_of(
    session: Session, posting_id: int, person_id: int, moment: datetime
) -> list[tuple[int, int, int | None]]:
    """(exhibitor, event, the person's registration or None): fairs shown now or ended lately, the nearest first."""
    query = (
        select(Exhibitor.id, Event.id, Registration.id, Event.starts_at, Event.ends_at)
        .select_from(ExhibitorPosting)
        .join(Exhibitor, Exhibitor.id == ExhibitorPosting.exhibitor_id)
        .join(Event, Event.id == Exhibitor.event_id)
        .outerjoin(
            Registration,
            and_(
                Registration.event_id == Event.id,
                Registration.person_id == person_id,
                Registration.state == RegistrationState.REGISTERED,
            ),
        )
        .where(
            ExhibitorPosting.posting_id == posting_id,
            Exhibitor.state == ExhibitorState.APPROVED,
            Event.state.in_([EventState.PUBLISHED, EventState.ENDED]),
            Event.ends_at > moment - STILL,
        )
    )
    with session.no_autoflush:
        rows = list(session.execute(query))

    def far(row: tuple) -> tuple[float, int]:
        before, after = row[3] - moment, moment - row[4]
        return max(before.total_seconds(), after.total_seconds(), 0), row[1]

    return [(row[0], row[1], row[2]) for row in sorted(rows, key=far)]
