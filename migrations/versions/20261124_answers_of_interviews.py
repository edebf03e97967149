"""when an invitation to an interview was answered and when it ended; a saved résumé lets go of its file

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("interviews") as batch_op:
        batch_op.add_column(sa.Column("agreed_slot", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("resume_imports") as batch_op:
        batch_op.alter_column("file_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM resume_imports WHERE file_id IS NULL")
    with op.batch_alter_table("resume_imports") as batch_op:
        batch_op.alter_column("file_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("interviews") as batch_op:
        batch_op.drop_column("ended_at")
        batch_op.drop_column("answered_at")
        batch_op.drop_column("agreed_slot")
