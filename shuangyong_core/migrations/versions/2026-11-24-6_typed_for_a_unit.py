"""Who typed a report for a unit, that it counts as reviewed, and what the unit says about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime

revision = "2026_11_24_typed_for"
down_revision = "2026_11_24_use"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "unit_reply",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["report", "no"],
            ["submission.report", "submission.no"],
            name=op.f("fk_unit_reply_report_no"),
        ),
        sa.PrimaryKeyConstraint("report", "no", name=op.f("pk_unit_reply")),
    )
    acting_for: sa.Column[bool] = sa.Column(
        "acting_for", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("acceptance", acting_for)
    # In place, also on SQLite: the tables that point here stay as they are.
    op.add_column(
        "submission",
        sa.Column(
            "acting_unit",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("unit.id", name=op.f("fk_submission_acting_unit")),
            nullable=True,
        ),
        inline_references=True,
    )


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_column("submission", "acting_unit")
    op.drop_column("acceptance", "acting_for")
    op.drop_table("unit_reply")
