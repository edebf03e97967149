"""People (人才): the seeker's two ways to a résumé, visibility, contact data."""

from flask import Flask

from app.accounts.models import User
from app.accounts.services.closing import closing
from app.core import jobs, places
from app.core.degrees import Degree
from app.core.guard import Role
from app.core.navigation import navigation
from app.people import services
from app.people.routes import bp


def _degree_name(rank: int) -> str:
    return Degree(rank).label if Degree.ANY < rank <= Degree.DOCTOR else ""


def _on_closing(_sender: object, *, user: User) -> dict[str, str | None]:
    return services.hide_on_closing(user)


def init_app(app: Flask) -> None:
    """Register the seeker's own pages."""
    closing.connect(_on_closing)
    app.register_blueprint(bp)
    jobs.each_night("forget-old-imports", services.forget_old_imports)
    app.jinja_env.filters.update(degree_name=_degree_name, place_name=places.label)
    nav = navigation(app)
    nav.add("我的", "person", "people.home", roles={Role.SEEKER}, order=60)
    nav.add("我的", "person", "people.home", roles={Role.SEEKER}, order=90, area="tabs")
    nav.add("我的简历", "file-earmark-person", "people.resumes", roles={Role.SEEKER}, order=10, area="me")
    nav.add("隐私", "shield-check", "people.privacy", roles={Role.SEEKER}, order=20, area="me")
