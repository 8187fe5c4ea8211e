"""Who goes on for a unit that is gone, and which nodes only keep its figures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime
from shuangyong_core.migrations.shapes import key, points_to

revision = "2026_11_25_5"
down_revision = "2026_11_25_hand_outs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "reorganisation",
        key("id"),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=160), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganisation")),
        sa.UniqueConstraint("digest", name=op.f("uq_reorganisation_digest")),
    )
    op.create_table(
        "unit_succession",
        key("id"),
        key("old"),
        key("new", nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.CheckConstraint(
            "kind IN ('merge', 'split', 'split_off', 'abolish')",
            name=op.f("ck_unit_succession_kind"),
        ),
        sa.CheckConstraint("new IS NULL OR new <> old", name=op.f("ck_unit_succession_not_itself")),
        points_to("unit_succession", "new", "unit.id"),
        points_to("unit_succession", "old", "unit.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_succession")),
    )
    with op.batch_alter_table("unit_succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_succession_new"), ["new"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_succession_old"), ["old"], unique=False)

    # In place, also on SQLite: a table of millions of nodes is not written anew.
    silent: sa.Column[bool] = sa.Column(
        "is_silent", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("node", silent)


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_column("node", "is_silent")

    with op.batch_alter_table("unit_succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_succession_old"))
        batch_op.drop_index(batch_op.f("ix_unit_succession_new"))

    op.drop_table("unit_succession")
    op.drop_table("reorganisation")
