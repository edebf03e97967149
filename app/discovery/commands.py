"""Commands for operators: rebuild the index, reconcile it; train the matcher, go back to its model before."""

import json

import click
from tqdm import tqdm

import matching
from app.core.db import db
from app.discovery import learning, services, shelves
from matching import NothingToRollBack


@click.command("rebuild-index")
def rebuild_index() -> None:
    """Build the search indexes and the matcher's snapshot anew beside the old ones and swap them; the site goes on meanwhile."""
    with tqdm(total=services.queries.open_posting_count(), desc="index", ncols=80) as bar:
        held = services.rebuild(lambda _what, done, _total: bar.update(max(0, done - bar.n)))
    click.echo("in the indexes: " + ", ".join(f"{number} {name}" for name, number in held.items()))


@click.command("reconcile-index")
def reconcile_index() -> None:
    """Compare each index with the tables both ways and repair."""
    for name, (put, removed) in shelves.reconcile_all().items():
        click.echo(f"{name}: {put} put, {removed} removed")
    db.session.close()


@click.command("train-matcher")
@click.option("--seed", default=0, show_default=True, help="Which folds and samples.")
def train_matcher(seed: int) -> None:
    """Train from what people were shown and did; the new model is used only if it is not worse."""
    try:
        trained = learning.train(seed)
    except matching.NotEnough as fact:
        db.session.close()
        raise click.ClickException(f"not enough to learn from ({fact}); the present model stays") from fact
    db.session.close()
    click.echo(json.dumps(learning.report(trained), ensure_ascii=False))


@click.command("rollback-matcher")
def rollback_matcher() -> None:
    """Use the model that was in use before the last promotion."""
    try:
        click.echo(f"in use: {learning.versions().roll_back()}")
    except NothingToRollBack as fact:
        raise click.ClickException("the shipped model is in use; nothing was before it") from fact


@click.command("matcher-models")
def matcher_models() -> None:
    """List the model files with their data hash and figures."""
    shelf = learning.versions()
    for about in shelf.listed():
        click.echo(json.dumps(about, ensure_ascii=False))
    click.echo(f"in use: {shelf.in_use()}")
