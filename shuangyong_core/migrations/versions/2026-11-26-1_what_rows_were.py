"""What due items, rounds and counts were before they changed: a past day is read from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime

revision = "2026_11_26_1"
down_revision = "2026_11_25_amends"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "counted_was",
        sa.Column("target", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("numerator", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("denominator", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), autoincrement=False, nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("target", "unit", "round", "until", name=op.f("pk_counted_was")),
    )
    op.create_table(
        "due_item_was",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("target", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("done_by", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("first_due", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("due", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("due_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("is_backfill", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("valid_from", UtcDateTime(), autoincrement=False, nullable=False),
        sa.Column("valid_to", UtcDateTime(), autoincrement=False, nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", "until", name=op.f("pk_due_item_was")),
    )
    op.create_table(
        "round_was",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("plan", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=8), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=60), autoincrement=False, nullable=False),
        sa.Column("opens_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("due_date", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("locks_on", sa.Date(), autoincrement=False, nullable=False),
        sa.Column("done_by", sa.Date(), autoincrement=False, nullable=True),
        sa.Column("opens_rule", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("due_rule", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("locks_rule", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("done_rule", sa.String(length=40), autoincrement=False, nullable=False),
        sa.Column("is_provisional", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("closed_edition", sa.Integer(), autoincrement=False, nullable=True),
        sa.Column("dropped_at", UtcDateTime(), autoincrement=False, nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", "until", name=op.f("pk_round_was")),
    )


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_table("round_was")
    op.drop_table("due_item_was")
    op.drop_table("counted_was")
