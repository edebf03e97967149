"""Organizations (单位): registration, verification, members, the public company page."""

from flask import Flask

from app.accounts.models import User
from app.accounts.services.closing import closing
from app.core import county_time, jobs
from app.core.db import transaction
from app.core.guard import Role
from app.core.navigation import navigation
from app.organizations import models, policy, queries, routes, services
from app.organizations.services import members, verification

__all__ = ["init_app", "models", "policy", "queries", "services"]


def _on_closing(_sender: object, *, user: User) -> None:
    members.leave_on_closing(user)


def remind_of_renewals() -> None:
    with transaction():
        verification.remind_due(county_time.today())


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
    closing.connect(_on_closing)
    app.register_blueprint(routes.bp)
    jobs.each_minute("renewal-reminders", remind_of_renewals)
    nav = navigation(app)
    acting = {Role.ENTERPRISE, Role.ORGANIZER}
    nav.add("单位", "building", "organizations.mine", roles=acting, order=60, part="organizations")
    desk = {Role.OFFICE, Role.ADMIN}
    nav.add("单位核验", "patch-check", "organizations.review", roles=desk, order=30, part="organizations")
