"""Applications (投递): the pipeline, interviews, offers, the HR desk."""

from flask import Flask

from app.accounts.models import User
from app.accounts.services.closing import closing
from app.applications import routes, services
from app.applications.handed_in import handed_in
from app.core import jobs
from app.core.guard import Role
from app.core.navigation import navigation


def _on_closing(_sender: object, *, user: User) -> None:
    services.withdraw_all(user)


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
    closing.connect(_on_closing)
    app.register_blueprint(routes.bp)
    app.jinja_env.globals["handed_in"] = handed_in
    links = navigation(app)
    links.add("工作台", "kanban", "applications.desk", roles={Role.ENTERPRISE}, order=10)
    links.add("应聘者", "people", "applications.pipeline", roles={Role.ENTERPRISE}, order=30)
    links.add("面试", "calendar-check", "applications.interviews", roles={Role.ENTERPRISE}, order=40)
    links.add("投递", "send", "applications.mine", roles={Role.SEEKER}, order=30)
    links.add("投递", "send", "applications.mine", roles={Role.SEEKER}, order=30, area="tabs")
    jobs.each_minute("interview reminders", services.remind_of_interviews)
    jobs.each_minute("answers due", services.nudge_seekers)
    jobs.each_minute("applications unanswered", services.nudge_employers)
    jobs.each_minute("invitations run out", services.lapse_invitations)
    jobs.each_minute("offers run out", services.lapse_offers)
