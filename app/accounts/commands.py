"""Commands on accounts: `flask create-user`, `flask second-factor`."""

import click
import pyotp
from flask import current_app
from flask.cli import with_appcontext

from app.accounts import queries
from app.accounts.models import User
from app.accounts.policy import GIVEN_BY_ADMIN
from app.accounts.services import registration, second_factor
from app.core.audit import acting
from app.core.db import transaction
from app.core.guard import Role
from app.core.identifiers import check_email, check_mobile


def _address(text: str) -> str:
    checked = check_email(text) if "@" in text else check_mobile(text)
    if not checked.is_valid:
        raise click.ClickException(checked.message)
    return checked.value


def _existing(address: str) -> User:
    user = queries.by_address(_address(address))
    if user is None:
        raise click.ClickException("no account has this phone number or e-mail")
    return user


@click.command("create-user")
@click.argument("role", type=click.Choice(sorted(role.value for role in GIVEN_BY_ADMIN)))
@click.argument("address")
@click.argument("name")
@with_appcontext
def create_user(role: str, address: str, name: str) -> None:
    """Make an office, organizer or admin account; its owner signs in by a code sent to ADDRESS."""
    address = _address(address)
    try:
        with acting("command:create-user"), transaction():
            user = registration.create(address=address, name=name, role=Role(role))
    except registration.AddressTaken as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"account {user.id} ({role}) is ready: sign in at /sign-in with a code")


@click.command("second-factor")
@click.argument("address")
@with_appcontext
def show_second_factor(address: str) -> None:
    """Print the code that an authenticator app would show now. For development only."""
    if current_app.config.get("IS_PRODUCTION"):
        raise click.ClickException("not in production")
    user = _existing(address)
    if user.totp_secret is None:
        raise click.ClickException("this account has no second factor yet: sign in once")
    click.echo(pyotp.TOTP(second_factor.key_of(user)).now())
