"""Demo data (演示数据): made by program with a fixed seed; never in production."""

from flask import Flask

from app.core import cli


def init_app(app: Flask) -> None:
    """Register the commands that dev.py calls."""
    cli.add_later(app, prepare="app.demo.commands:prepare", seed="app.demo.commands:seed")
