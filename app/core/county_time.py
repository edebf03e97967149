"""The county's clock, wherever the server stands: the one place that says which day it is."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

COUNTY_TIME = ZoneInfo("Asia/Shanghai")


def today() -> date:
    return datetime.now(COUNTY_TIME).date()


def beginning_of_today() -> datetime:
    return datetime.combine(today(), time(), COUNTY_TIME)
