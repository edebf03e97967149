"""what people were shown, and where in the list it stood

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PLACES = ("recommended", "search", "people", "digest", "post", "person")


def upgrade() -> None:
    op.create_table(
        "exposures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "place",
            sa.Enum(*PLACES, name="place", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposures")),
    )
    with op.batch_alter_table("exposures") as batch_op:
        batch_op.create_index(batch_op.f("ix_exposures_shown_at"), ["shown_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("exposures") as batch_op:
        batch_op.drop_index(batch_op.f("ix_exposures_shown_at"))
    op.drop_table("exposures")
