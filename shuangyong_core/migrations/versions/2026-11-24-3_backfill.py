"""Items that were sent down when their round was over (补录)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_3"
down_revision = "2026_11_24_posts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    with op.batch_alter_table("due_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_backfill", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_backfill", sa.Boolean(), server_default=sa.false(), nullable=False)
        )


def downgrade() -> None:
    """This function will take the schema back."""
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_column("is_backfill")

    with op.batch_alter_table("due_item", schema=None) as batch_op:
        batch_op.drop_column("is_backfill")
