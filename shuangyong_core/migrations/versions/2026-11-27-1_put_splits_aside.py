"""Splits put aside before they are sent down: as typed, one a unit and target."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime
from shuangyong_core.migrations.shapes import key, points_to

revision = "2026_11_27_1"
down_revision = "2026_11_26_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "split_draft",
        key("unit"),
        key("target"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_on", sa.Integer(), nullable=False),
        sa.Column("begun_held", sa.BigInteger(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        points_to("split_draft", "target", "target.id"),
        points_to("split_draft", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("unit", "target", name=op.f("pk_split_draft")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_table("split_draft")
