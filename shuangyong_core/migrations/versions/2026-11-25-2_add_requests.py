"""Requests of units 延期 豁免 暂停, and who decides over them in a plan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime
from shuangyong_core.migrations.shapes import key, points_to

revision = "2026_11_25_2"
down_revision = "2026_11_24_typed_for"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    op.create_table(
        "request",
        key("id"),
        key("plan"),
        key("unit"),
        key("target", nullable=True),
        key("round", nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=True),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("open_key", sa.String(length=120), nullable=True),
        points_to("request", "plan", "plan.id"),
        points_to("request", "round", "round.id"),
        points_to("request", "target", "target.id"),
        points_to("request", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
        sa.UniqueConstraint("open_key", name=op.f("uq_request_open_key")),
    )
    op.create_index(op.f("ix_request_plan_status"), "request", ["plan", "status"])
    op.create_index(op.f("ix_request_unit"), "request", ["unit"])
    # In place, also on SQLite: the tables that point here stay as they are.
    op.add_column(
        "plan",
        sa.Column("requests_by", sa.String(length=12), server_default="issuer", nullable=False),
    )


def downgrade() -> None:
    """This function will take the schema back."""
    op.drop_column("plan", "requests_by")
    op.drop_table("request")
