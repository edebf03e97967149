"""Discovery (搜索与推荐): the only package that imports search/ and matching/."""

from flask import Flask

from app.core import cli, jobs
from app.core.guard import Role
from app.core.navigation import VISITOR, navigation
from app.discovery import (
    digest,
    exposures,
    fitting,
    pairing,
    recent,
    saved_searches,
    shelves,
    snapshots,
    sync,
)
from app.discovery.routes import bp

COMMANDS = ("rebuild_index", "reconcile_index", "train_matcher", "rollback_matcher", "matcher_models")
EVERYBODY = {VISITOR, *(role.value for role in Role)}


def init_app(app: Flask) -> None:
    """Register pages and commands, open the index, keep it equal to the tables."""
    shelves.init_app(app)
    recent.init_app(app)
    fitting.init_app(app)
    snapshots.init_app(app)
    pairing.init_app(app)
    exposures.init_app(app)
    sync.watch()
    jobs.after_commit("index", sync.drain)
    jobs.each_minute("reconcile-index", shelves.reconcile_all)
    jobs.each_minute("renew-matcher", snapshots.renew_in_background)
    jobs.each_minute("forget-changes", sync.forget_old_changes)
    jobs.each_minute("forget-exposures", exposures.forget_old)
    jobs.each_minute("weekly-digest", digest.send_due)
    jobs.each_minute("digests-of-searches", saved_searches.send_digests)
    app.register_blueprint(bp)
    cli.add_later(app, **{name: f"app.discovery.commands:{name}" for name in COMMANDS})
    nav = navigation(app)
    seekers = {VISITOR, Role.SEEKER}
    nav.add("首页", "house-door", "discovery.home", roles=seekers | {Role.ORGANIZER}, order=0)
    nav.add(
        "找职位", "search", "discovery.search", roles=EVERYBODY - {Role.ENTERPRISE, Role.OFFICE}, order=10
    )
    nav.add("找人才", "people", "discovery.find_people", roles={Role.ENTERPRISE}, order=12)
    nav.add("推荐", "stars", "discovery.recommended", roles={Role.SEEKER}, order=15)
    nav.add("企业", "building", "discovery.find_companies", roles=seekers | {Role.ORGANIZER}, order=25)
    nav.add(
        "活动",
        "calendar-event",
        "discovery.find_events",
        roles=seekers | {Role.ENTERPRISE},
        order=45,
        part="events",
    )
    nav.add("供需", "bar-chart", "discovery.supply", roles={Role.OFFICE, Role.ADMIN}, order=25)
    nav.add("首页", "house-door", "discovery.home", roles=seekers, order=0, area="tabs")
    nav.add("找职位", "search", "discovery.search", roles=seekers, order=10, area="tabs")
    nav.add("推荐", "stars", "discovery.recommended", roles={Role.SEEKER}, order=20, area="tabs")
