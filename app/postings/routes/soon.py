"""Placeholders until the readers of pasted text and tables land."""

from flask import abort

from app.core.guard import Role, only
from app.postings.routes.blueprint import bp


@bp.get("/postings/paste")
@only(Role.ENTERPRISE)
def paste() -> str:
    abort(404)
