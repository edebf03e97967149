"""Notifications (通知): rows that tell a person something, and messages that a worker delivers."""

from flask import Flask
from flask_login import current_user

from app.accounts.outgoing import sending
from app.core import jobs
from app.core.guard import Role
from app.core.navigation import navigation
from app.core.translation import translate
from app.notifications import delivery, models, queries, routes, senders, services

__all__ = ["init_app", "models", "queries", "services"]


def _put_out(_sender: object, *, address: str, subject: str, body: str, is_secret: bool) -> None:
    """To the one who asks, in the language of the page."""
    services.send_to(address, translate(subject), translate(body), is_secret=is_secret)


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
    sending.connect(_put_out)
    app.extensions["senders"] = senders.from_config(app)
    app.register_blueprint(routes.bp)
    jobs.after_commit("messages", delivery.deliver)
    nav = navigation(app)
    nav.unread = lambda: queries.unread_count(current_user)
    nav.add("消息", "bell", "notifications.index", roles={role.value for role in Role}, order=10, area="me")
