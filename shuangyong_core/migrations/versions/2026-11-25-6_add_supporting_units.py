"""Supporting units 配合单位 of a target, and the files they hand to its lead 牵头单位."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime
from shuangyong_core.migrations.shapes import key, points_to

revision = "2026_11_25_6"
down_revision = "2026_11_25_5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "support_file",
        key("target"),
        key("round"),
        key("unit"),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        key("lead"),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        points_to("support_file", "lead", "unit.id"),
        points_to("support_file", "round", "round.id"),
        points_to("support_file", "sha256", "file.sha256"),
        points_to("support_file", "target", "target.id"),
        points_to("support_file", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("target", "round", "unit", "sha256", name=op.f("pk_support_file")),
    )
    op.create_index(op.f("ix_support_file_lead_round"), "support_file", ["lead", "round"])
    op.create_index(op.f("ix_support_file_sha256"), "support_file", ["sha256"])

    # In place, also on SQLite: the tables that point here stay as they are.
    op.add_column(
        "target_version", sa.Column("supporting", sa.JSON(), server_default="[]", nullable=False)
    )


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_column("target_version", "supporting")

    op.drop_table("support_file")
