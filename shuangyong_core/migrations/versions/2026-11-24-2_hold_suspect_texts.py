"""Hold_suspect_texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_24_2"
down_revision = "2026_11_24_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """This function will take the schema back."""
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_column("held")
