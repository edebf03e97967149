"""Notifications (通知): rows that tell a person something, and messages that a worker delivers."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
