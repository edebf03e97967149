"""The first page, and the answer to “is it up?”."""

from flask import render_template
from sqlalchemy import text

from app.core.db import db
from app.core.guard import public
from app.discovery.figures import figures
from app.discovery.routes.blueprint import bp
from app.postings.cards import cards

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
    known = figures()
    return render_template(
        "discovery/home.html",
        links=[(link.name, link.posts, link.heads) for link in known.links],
        total=known.posts,
        heads=known.heads,
        enterprises=known.enterprises,
        fresh=cards(known.fresh),
        example=EXAMPLE,
    )


@bp.get("/healthz")
@public
def healthz() -> tuple[str, int]:
    """For the load balancer: 200 when the database answers."""
    db.session.execute(text("SELECT 1"))
    return "ok", 200
