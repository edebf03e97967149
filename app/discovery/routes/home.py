"""The first page, and the answer to “is it up?”."""

from flask import render_template
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from app.core.db import db
from app.core.guard import public
from app.discovery.answers import answer
from app.discovery.figures import figures
from app.discovery.forms import SearchRequest
from app.discovery.routes.blueprint import bp
from app.postings.cards import cards

EXAMPLE = "清流 氟化工艺 大专 双休 6000以上"


def _example() -> list[tuple[str, str]]:
    """The chips that the search page shows for EXAMPLE: read by the index, so that no more is promised than is kept."""
    asked = SearchRequest(MultiDict({"q": EXAMPLE}))
    return [(chip["label"], chip["value"]) for chip in asked.chips(answer(asked).results)]


@bp.get("/")
@public
def home() -> str:
    known = figures()
    return render_template(
        "discovery/home.html",
        links=[(link.name, link.posts, link.heads) for link in known.links],
        total=known.posts,
        heads=known.heads,
        enterprises=known.enterprises,
        fresh=cards(known.fresh),
        example=EXAMPLE,
        chips=_example(),
    )


@bp.get("/healthz")
@public
def healthz() -> tuple[str, int]:
    """For the load balancer: 200 when the database answers."""
    db.session.execute(text("SELECT 1"))
    return "ok", 200
