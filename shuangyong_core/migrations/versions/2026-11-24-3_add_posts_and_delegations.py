"""Posts, former names of units, delegations, and until when a one-time password opens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime
from shuangyong_core.migrations.shapes import key, points_to

revision = "2026_11_24_posts"
down_revision = "2026_11_24_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    _add_delegation()
    _add_post()
    _add_unit_name()
    _extend_user_account()
    _extend_user_grant()


def _add_delegation() -> None:
    op.create_table(
        "delegation",
        key("id"),
        key("giver"),
        key("taker"),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("giver <> taker", name=op.f("ck_delegation_not_itself")),
        points_to("delegation", "giver", "user_account.id"),
        points_to("delegation", "taker", "user_account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegation_giver"), ["giver"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_taker"), ["taker"], unique=False)


def _add_post() -> None:
    op.create_table(
        "post",
        key("id"),
        key("unit"),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('principal_leader', 'leader_in_charge', 'liaison')", name=op.f("ck_post_kind")
        ),
        points_to("post", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_unit_kind"), ["unit", "kind"], unique=False)


def _add_unit_name() -> None:
    op.create_table(
        "unit_name",
        key("unit"),
        sa.Column("valid_to", UtcDateTime(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        points_to("unit_name", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("unit", "valid_to", name=op.f("pk_unit_name")),
    )


def _extend_user_account() -> None:
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("one_time_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("last_login_at", UtcDateTime(), nullable=True))


def _extend_user_grant() -> None:
    with op.batch_alter_table("user_grant", schema=None) as batch_op:
        batch_op.add_column(key("post", nullable=True))
        batch_op.add_column(key("delegation", nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_user_grant_delegation"), "delegation", ["delegation"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_user_grant_post"), "post", ["post"], ["id"])


def downgrade() -> None:
    """This function will take the schema back."""
    with op.batch_alter_table("user_grant", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_grant_post"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_user_grant_delegation"), type_="foreignkey")
        batch_op.drop_column("delegation")
        batch_op.drop_column("post")

    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_column("last_login_at")
        batch_op.drop_column("one_time_until")
        batch_op.drop_column("password_at")

    op.drop_table("unit_name")
    with op.batch_alter_table("post", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_unit_kind"))

    op.drop_table("post")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_taker"))
        batch_op.drop_index(batch_op.f("ix_delegation_giver"))

    op.drop_table("delegation")
