"""When invented people do things: by day."""

from datetime import datetime, time, timedelta

from app.core.county_time import COUNTY_TIME
from app.core.db import now

_BEGIN, _LENGTH = time(8, 20), timedelta(hours=12)


def by_day(moment: datetime) -> datetime:
    """*moment* moved into the waking hours of its day; what was earlier stays earlier, and nothing lies ahead."""
    local = moment.astimezone(COUNTY_TIME)
    midnight = datetime.combine(local.date(), time(), COUNTY_TIME)
    moved = (
        datetime.combine(local.date(), _BEGIN, COUNTY_TIME) + (local - midnight) / timedelta(days=1) * _LENGTH
    )
    return moved if moved <= now() else moment
