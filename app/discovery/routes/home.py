"""The first page, and the answer to “is it up?”."""

from flask import render_template
from sqlalchemy import text

from app.core import trades
from app.core.db import db
from app.core.guard import public
from app.discovery import queries
from app.discovery.cards import cards
from app.discovery.routes.blueprint import bp
from app.discovery.routes.visitor import fits_of, saved_by

EXAMPLE = (
    ("地点", "清流县"),
    ("证书", "氟化工艺"),
    ("学历", "大专可投"),
    ("福利", "双休"),
    ("月薪", "6000元以上"),
)


@bp.get("/")
@public
def home() -> str:
    by_link = queries.counts_by_link()
    links = [(term.name, by_link.get(term.name)) for term in trades.CHAIN_LINKS]
    fresh = queries.fresh_cards(6)
    ids = [row.id for row in fresh]
    return render_template(
        "discovery/home.html",
        links=[(name, found.posts if found else 0, found.heads if found else 0) for name, found in links],
        total=sum(found.posts for found in by_link.values()),
        heads=sum(found.heads for found in by_link.values()),
        enterprises=queries.verified_enterprises(),
        fresh=cards(fresh, fits_of(ids), saved_by(ids)),
        example=EXAMPLE,
    )


@bp.get("/healthz")
@public
def healthz() -> tuple[str, int]:
    """For the load balancer: 200 when the database answers."""
    db.session.execute(text("SELECT 1"))
    return "ok", 200
