"""Notifications (通知): rows that tell a person something, and messages that a worker delivers."""

from flask import Flask

from app.notifications import models, services

__all__ = ["init_app", "models", "services"]


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
