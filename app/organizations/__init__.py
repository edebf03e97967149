"""Organizations (单位): registration, verification, members, the public company page."""

from flask import Flask

from app.organizations import models, policy, queries

__all__ = ["init_app", "models", "policy", "queries"]


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
