"""events among the things that are indexed

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("changes", "index_tasks")
BEFORE = ("posting", "person", "organization")


def _allow(table: str, kinds: tuple[str, ...]) -> None:
    """Give the column *kind* of *table* the CHECK that a new table would have."""
    column = sa.Enum(*kinds, name="indexedkind", native_enum=False, create_constraint=True, length=32)
    before = sa.Enum(name="indexedkind", native_enum=False, length=32)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_indexedkind"), type_="check")
        batch_op.alter_column("kind", existing_type=before, type_=column, existing_nullable=False)


def upgrade() -> None:
    for table in TABLES:
        _allow(table, (*BEFORE, "event"))


def downgrade() -> None:
    for table in TABLES:
        rows = sa.table(table, sa.column("kind"))
        op.execute(rows.delete().where(rows.c.kind == "event"))
        _allow(table, BEFORE)
