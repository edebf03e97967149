"""Events (活动): fairs and every other gathering, from the plan to the report."""

from flask import Flask

from app.core import jobs, remedies
from app.core.db import transaction
from app.core.guard import Role
from app.core.navigation import navigation
from app.events import models, policy, queries, routes, services
from app.events.courses import open_courses
from app.events.services import planning

__all__ = ["init_app", "models", "policy", "queries", "services"]


def end_those_over() -> None:
    with transaction():
        planning.end_those_over()


def init_app(app: Flask) -> None:
    """Register the feature's pages and navigation."""
    app.register_blueprint(routes.bp)
    remedies.add(app, open_courses)
    jobs.each_minute("events that are over", end_those_over)
    links = navigation(app)
    links.add("办活动", "calendar-plus", "events.organized", roles={Role.ORGANIZER, Role.OFFICE}, order=40)
    links.add("参展", "building", "events.exhibits", roles={Role.ENTERPRISE}, order=46)
    links.add("我的活动", "ticket-perforated", "events.mine", roles={Role.SEEKER}, order=35, area="me")
