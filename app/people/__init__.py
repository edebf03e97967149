"""People (人才): the seeker's two ways to a résumé, visibility, contact data."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
