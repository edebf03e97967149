"""The pages of gatherings, one module for each party or noun."""

from app.events.routes import (
    booth,
    doors,
    exhibitors,
    halls,
    inside,
    manage,
    meetings,
    offline,
    papers,
    people,
    public,
    reports,
    scans,
    schedule,
    screen,
    tickets,
    visiting,
)
from app.events.routes.blueprint import bp

__all__ = [
    "booth",
    "bp",
    "doors",
    "exhibitors",
    "halls",
    "inside",
    "manage",
    "meetings",
    "offline",
    "papers",
    "people",
    "public",
    "reports",
    "scans",
    "schedule",
    "screen",
    "tickets",
    "visiting",
]
