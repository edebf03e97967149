"""Accounts (账号): sign-in, sessions, one-time codes, consent."""

from flask import Flask
from limits.storage import storage_from_string

from app.accounts import routes
from app.accounts.routes import sessions
from app.core.extensions import login_manager


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
    login_manager.session_protection = None  # the token is the session; there is no user id to protect
    login_manager.request_loader(sessions.load_user)
    app.extensions["lockout"] = storage_from_string(app.config["LIMITS_URL"])
    app.before_request(sessions.ask_consent)
    app.register_blueprint(routes.bp)
