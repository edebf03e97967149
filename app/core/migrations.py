"""How Alembic writes and runs this project's migrations. Only commands import this."""

from typing import Any

from flask import current_app
from flask_alembic import Alembic

from app.core.db import Base, UtcDateTime

_alembic = Alembic(metadatas=Base.metadata, run_mkdir=False)


def _render(kind: str, item: Any, _context: Any) -> str | bool:
    """Migrations name SQLAlchemy's own types, so that they never change with ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def alembic() -> Alembic:
    """Alembic on the database of the current site."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - an extension needs the real app
    if "alembic" not in app.extensions:
        app.config["ALEMBIC_CONTEXT"] = {
            "render_item": _render,
            "render_as_batch": True,
            "transactional_ddl": True,  # a kill in mid-migration leaves nothing half applied on SQLite either
            "transaction_per_migration": True,
            "compare_type": True,
        }
        _alembic.init_app(app)
    return _alembic
