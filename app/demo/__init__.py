"""Demo data (演示数据): made by program with a fixed seed; never in production."""

from flask import Flask

from app.demo.commands import prepare, seed


def init_app(app: Flask) -> None:
    """Register the commands that dev.py calls."""
    for command in (prepare, seed):
        app.cli.add_command(command)
