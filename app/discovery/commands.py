"""Commands for operators: rebuild the index, reconcile it."""

import click
from tqdm import tqdm

from app.core.db import db
from app.discovery import services, sync


@click.command("rebuild-index")
def rebuild_index() -> None:
    """Build the search index anew beside the old one and swap them; searches go on meanwhile."""
    with tqdm(total=services.queries.open_posting_count(), desc="index", ncols=80) as bar:
        held = services.rebuild(lambda _what, done, _total: bar.update(done - bar.n))
    click.echo(f"{held} open postings are in the index")


@click.command("reconcile-index")
def reconcile_index() -> None:
    """Compare index and tables both ways and repair."""
    put, removed = sync.reconcile()
    db.session.close()
    click.echo(f"{put} put, {removed} removed")
