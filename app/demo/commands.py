"""Commands that `dev.py` calls: prepare, seed, sign-ins."""

from collections.abc import Callable
from dataclasses import replace

import click
from flask import current_app
from tqdm import tqdm

from app.core import statistics
from app.core.audit import acting
from app.core.db import db
from app.core.migrations import alembic
from app.demo import accounts, gatherings, seeding, stories
from app.discovery import services as discovery


def refuse_production(command: str) -> None:
    if current_app.config["APP_ENV"] == "production":
        raise click.ClickException(f"APP_ENV is production: `{command}` would invent data there. Stopped.")


def bars() -> Callable[[str, int, int], None]:
    """A progress callback that draws one bar for each thing counted."""
    open_bars: dict[str, tqdm] = {}

    def show(what: str, done: int, total: int) -> None:
        if what not in open_bars:
            open_bars[what] = tqdm(total=total, desc=f"      {what}", leave=True, ncols=80)
        bar = open_bars[what]
        bar.update(done - bar.n)
        if done >= total:
            bar.close()

    return show


@click.command("prepare")
@click.option("--empty", is_flag=True, help="no demo data")
def prepare(empty: bool) -> None:
    """Bring tables, demo data, index and matcher up to date; quick when they are."""
    alembic().upgrade()
    db.session.close()
    if not empty and seeding.is_empty():
        refuse_production("prepare")
        fill("county")
    elif not discovery.is_index_current():
        discovery.rebuild(bars())
    else:
        discovery.ensure_matcher()
    statistics.gather()
    lines = [f"{label}：{phone}  密码 {password}\t{key}" for label, phone, password, key in accounts.shown()]
    (current_app.config["DATA_DIR"] / "sign-ins.txt").write_text("\n".join(lines), encoding="utf-8")


@click.command("seed")
@click.option("--size", type=click.Choice(sorted(seeding.SIZES)), default="county")
@click.option("--posts", type=int, help="so many posts instead of the size's own number")
def seed(size: str, posts: int | None) -> None:
    """Fill an empty site with invented data."""
    refuse_production("seed")
    try:
        fill(size, posts)
    except seeding.NotEmpty as refused:
        raise click.ClickException(str(refused)) from refused


def fill(size: str, posts: int | None = None) -> None:
    wanted = seeding.SIZES[size]
    with acting("command:seed"):
        seeding.seed(replace(wanted, posts=posts) if posts else wanted, bars())
        stories.tell()
        gatherings.tell()
    statistics.gather()
    discovery.rebuild(bars())
