"""Accounts (账号): sign-in, sessions, one-time codes, consent."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
