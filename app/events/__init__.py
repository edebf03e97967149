"""Events (活动): fairs and every other gathering, from the plan to the report."""

from flask import Flask, has_request_context, session
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from app.accounts.models import User
from app.accounts.services.closing import closing
from app.applications.models import Application
from app.core import jobs, passes, remedies
from app.core.db import AppSession, transaction
from app.core.guard import Role
from app.core.navigation import navigation
from app.events import models, policy, queries, routes, services
from app.events.courses import open_courses
from app.events.routes.tickets import next_pass
from app.events.services import crediting, planning, registering
from app.people.models import Person
from app.people.queries import person_of

__all__ = ["init_app", "models", "policy", "queries", "services"]


def end_those_over() -> None:
    with transaction():
        planning.end_those_over()


def _credit(database: Session, _context: UOWTransaction) -> None:
    """Every new application is looked at, whichever page it came from."""
    new = [each for each in database.new if isinstance(each, Application)]
    visited = session.get("booths", ()) if new and has_request_context() else ()
    for application in new:
        crediting.credit(database, application, visited)


def _own(database: Session, _context: UOWTransaction) -> None:
    """A ticket that a school got for somebody's number is theirs as soon as the site knows them."""
    for person in [each for each in database.new if isinstance(each, Person)]:
        registering.own_by_phone(database, person)


def _on_closing(_sender: object, *, user: User) -> None:
    if person := person_of(user):
        registering.cancel_ahead(person)


def init_app(app: Flask) -> None:
    """Register the feature's pages and navigation."""
    closing.connect(_on_closing)
    app.register_blueprint(routes.bp)
    remedies.add(app, open_courses)
    jobs.each_minute("events that are over", end_those_over)
    passes.plug_in(app, next_pass)
    if not event.contains(AppSession, "after_flush", _credit):
        event.listen(AppSession, "after_flush", _credit)
        event.listen(AppSession, "after_flush", _own)
    links = navigation(app)
    links.add(
        "办活动",
        "calendar-plus",
        "events.organized",
        roles={Role.ORGANIZER, Role.OFFICE},
        order=40,
        under="/organize/events",
    )
    links.add("参展", "building", "events.exhibits", roles={Role.ENTERPRISE}, order=46, under="/exhibits")
    links.add("我的活动", "ticket-perforated", "events.mine", roles={Role.SEEKER}, order=35, area="me")
