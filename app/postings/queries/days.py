"""The county's calendar."""

from datetime import date, datetime, time

from app.core.presentation import COUNTY_TIME


def today() -> date:
    """The day it is in the county, wherever the server stands."""
    return datetime.now(COUNTY_TIME).date()


def beginning_of_today() -> datetime:
    return datetime.combine(today(), time(), COUNTY_TIME)
