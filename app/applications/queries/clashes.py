"""Whether a proposed time runs into an interview the same recruiter has already settled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.applications.models import Interview


def clashing(
    slots: Sequence[datetime], minutes: int, settled: Sequence[Interview]
) -> list[tuple[datetime, Interview]]:
    """Each (slot, settled interview) that overlap."""
    return [
        (slot, other)
        for slot in slots
        for other in settled
        if other.starts_at is not None
        and slot < other.starts_at + timedelta(minutes=other.minutes)
        and other.starts_at < slot + timedelta(minutes=minutes)
    ]
