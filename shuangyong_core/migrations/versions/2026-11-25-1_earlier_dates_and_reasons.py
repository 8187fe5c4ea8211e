"""Earlier dates that holders give below, and why a launch went on where a guard warned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime

revision = "2026_11_25_guards"
down_revision = "2026_11_25_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "guard_reason",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_guard_reason_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guard_reason")),
    )
    with op.batch_alter_table("guard_reason", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guard_reason_plan"), ["plan"], unique=False)

    op.create_table(
        "child_date",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("holder", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=True),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["holder"], ["unit.id"], name=op.f("fk_child_date_holder")),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_child_date_round")),
        sa.ForeignKeyConstraint(["target"], ["target.id"], name=op.f("fk_child_date_target")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_child_date_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_date")),
    )
    with op.batch_alter_table("child_date", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_date_holder"), ["holder"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_child_date_round_target_unit"), ["round", "target", "unit"], unique=False
        )


def downgrade() -> None:
    """This function will take the schema back."""
    with op.batch_alter_table("child_date", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_child_date_round_target_unit"))
        batch_op.drop_index(batch_op.f("ix_child_date_holder"))

    op.drop_table("child_date")
    with op.batch_alter_table("guard_reason", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guard_reason_plan"))

    op.drop_table("guard_reason")
