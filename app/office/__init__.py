"""The office (人才办): reviews, figures, the audit log."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
