"""A round that an amendment took out of the plan keeps its row, for what was due in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime

revision = "2026_11_25_rounds"
down_revision = "2026_11_25_guards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.add_column("round", sa.Column("dropped_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_column("round", "dropped_at")
