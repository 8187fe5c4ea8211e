"""Keeps what a round was used for: round_use."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime

revision = "2026_11_24_use"
down_revision = "2026_11_24_3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "round_use",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_round_use_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_use")),
    )
    with op.batch_alter_table("round_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_use_round"), ["round"], unique=False)


def downgrade() -> None:
    """This function will take the schema back."""
    with op.batch_alter_table("round_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_use_round"))

    op.drop_table("round_use")
