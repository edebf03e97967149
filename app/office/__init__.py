"""The office (人才办): what waits for it, figures, the audit log."""

from flask import Flask

from app.core.guard import Role
from app.core.navigation import navigation
from app.office.routes import bp


def init_app(app: Flask) -> None:
    """Register the desk and its entries."""
    app.register_blueprint(bp)
    nav = navigation(app)
    desk = {Role.OFFICE, Role.ADMIN}
    nav.add("工作台", "kanban", "office.home", roles=desk, order=0)
    nav.add("操作记录", "list", "office.audit", roles=desk, order=90)
