"""Commands of `flask`, each imported when it is asked for: a web process never carries what only they need."""

import click
from flask import Flask
from flask.cli import AppGroup
from werkzeug.utils import import_string


class CommandsOnDemand(AppGroup):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._places: dict[str, str] = {}

    def add_later(self, name: str, place: str) -> None:
        """Offer the command at *place* (`package.module:variable`) under *name*."""
        self._places[name] = place

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self._places:
            command: click.Command = import_string(self._places[cmd_name])
            return command
        return super().get_command(ctx, cmd_name)


def add_later(app: Flask, **places: str) -> None:
    """Offer commands of a feature: `create_user="app.accounts.commands:create_user"` is `flask create-user`."""
    group = app.cli
    assert isinstance(group, CommandsOnDemand)  # noqa: S101 - init_app has put it there
    for name, place in places.items():
        group.add_later(name.replace("_", "-"), place)


def init_app(app: Flask) -> None:
    app.cli = CommandsOnDemand(app.name)
