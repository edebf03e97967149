"""Accounts (账号): sign-in, sessions, one-time codes, consent."""

from flask import Flask
from limits.storage import storage_from_string

from app.accounts import models, outgoing, policy, queries, routes, services
from app.accounts.routes import sessions
from app.accounts.services import closing
from app.core import cli, county_time, jobs
from app.core.db import transaction
from app.core.extensions import login_manager
from app.core.guard import Role
from app.core.navigation import VISITOR, navigation

__all__ = ["init_app", "models", "outgoing", "policy", "queries", "routes", "services"]

EVERYBODY = {role.value for role in Role}


def erase_closed_accounts() -> None:
    with transaction():
        closing.erase_due(county_time.today())


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
    login_manager.session_protection = None  # the token is the session; there is no user id to protect
    login_manager.request_loader(sessions.load_user)
    app.extensions["lockout"] = storage_from_string(str(app.config["LIMITS_URL"]))
    app.before_request(sessions.ask_consent)
    app.register_blueprint(routes.bp)
    cli.add_later(
        app,
        create_user="app.accounts.commands:create_user",
        second_factor="app.accounts.commands:show_second_factor",
    )
    jobs.each_minute("erase-closed-accounts", erase_closed_accounts)
    nav = navigation(app)
    nav.add("登录", "person-circle", "accounts.sign_in", roles={VISITOR}, order=10, area="me")
    nav.add("注册", "person-plus", "accounts.sign_up", roles={VISITOR}, order=20, area="me")
    nav.add("账号", "people", "accounts.users", roles={Role.ADMIN}, order=10)
    nav.add("账号设置", "gear", "accounts.settings", roles=EVERYBODY, order=80, area="me")
    nav.add("退出登录", "box-arrow-right", "accounts.sign_out", roles=EVERYBODY, order=99, area="me")
    nav.add(
        "用户协议", "file-earmark-text", "accounts.terms", roles={*EVERYBODY, VISITOR}, order=80, area="foot"
    )
    nav.add(
        "隐私政策", "shield-check", "accounts.privacy", roles={*EVERYBODY, VISITOR}, order=90, area="foot"
    )
