"""How Alembic writes and runs this project's migrations."""

from typing import Any

from flask import Flask
from flask_alembic import Alembic

from app.core.db import Base, UtcDateTime

alembic = Alembic(metadatas=Base.metadata, run_mkdir=False)


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """Migrations name SQLAlchemy's own types, so that they never change with ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def init_app(app: Flask) -> None:
    app.config["ALEMBIC_CONTEXT"] = {
        "render_item": _render,
        "render_as_batch": True,
        "transactional_ddl": True,  # a kill in mid-migration leaves nothing half applied on SQLite either
        "transaction_per_migration": True,
        "compare_type": True,
    }
    alembic.init_app(app)
