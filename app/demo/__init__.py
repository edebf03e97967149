"""Demo data (演示数据): made by program with a fixed seed; never in production."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
