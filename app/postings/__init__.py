"""Postings (岗位与需求): draft to closed, review, import, public pages and feeds."""

from flask import Flask

from app.core import jobs
from app.core.guard import Role
from app.core.navigation import VISITOR, navigation
from app.postings import cards, services
from app.postings.routes import bp


def init_app(app: Flask) -> None:
    """Register the feature's pages, jobs and navigation."""
    cards.init_app(app)
    app.register_blueprint(bp)
    jobs.each_minute("expire-postings", services.expire_overdue)
    jobs.each_minute("postings-ending-soon", services.tell_ending_soon)
    nav = navigation(app)
    readers = {VISITOR, Role.SEEKER}
    desk = {Role.OFFICE, Role.ADMIN}
    nav.add("职位", "briefcase", "postings.index", roles={Role.ENTERPRISE}, order=20)
    nav.add("职位审核", "clipboard-check", "postings.review", roles=desk, order=20, part="postings.review")
    nav.add("我的收藏", "bookmark", "postings.saved", roles={Role.SEEKER}, order=40, area="me")
    nav.add("新职位订阅", "rss", "postings.feed", roles=readers, order=60, area="foot")
