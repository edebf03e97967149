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
from app.discovery.routes.visitor import seeker
from app.people.queries import main_resume
from app.postings.cards import cards

EXAMPLES = (
    "清流 氟化工艺 大专 双休 6000以上",
    "清流 操作工 包吃住 不倒班",
    "化验员 大专 双休",
    "清流 操作工 6000以上",
)


def _example() -> tuple[str, list[tuple[str, str]]]:
    """A sentence that finds what it says, and the chips that the search page shows for it: no more is promised than
    is kept. Empty when nothing is on offer.
    """
    for words in EXAMPLES:
        asked = SearchRequest(MultiDict({"q": words}))
        found = answer(asked).results
        if found.hits and not found.hits[0].lacks and found.understood:
            return words, [(chip["label"], chip["value"]) for chip in asked.chips(found)]
    return "", []


@bp.get("/")
@public
def home() -> str:
    known, person, (example, chips) = figures(), seeker(), _example()
    return render_template(
        "discovery/home.html",
        links=[(link.name, link.posts, link.heads) for link in known.links],
        total=known.posts,
        heads=known.heads,
        enterprises=known.enterprises,
        fresh=cards(known.fresh),
        example=example,
        chips=chips,
        has_resume=person is not None and main_resume(person) is not None,
    )


@bp.get("/healthz")
@public
def healthz() -> tuple[str, int]:
    """For the load balancer: 200 when the database answers."""
    db.session.execute(text("SELECT 1"))
    return "ok", 200
