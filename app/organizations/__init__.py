"""Organizations (单位): registration, verification, members, the public company page."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
