"""Hand-outs with their registers and answers, problems raised upward, and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime
from shuangyong_core.migrations.shapes import key, points_to

revision = "2026_11_25_hand_outs"
down_revision = "2026_11_25_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    _add_notice()
    _add_register()
    _add_handout()
    _add_problem()
    _add_handout_unit()
    _add_handout_answer()
    _add_handout_file()


def _add_notice() -> None:
    op.create_table(
        "notice",
        key("id"),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.String(length=24), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        key("recipient"),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("reference", sa.String(length=160), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("read_by", sa.String(length=80), nullable=True),
        points_to("notice", "recipient", "unit.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject",
            "rung",
            "due_version",
            "recipient",
            name=op.f("uq_notice_subject_kind_subject_rung_due_version_recipient"),
        ),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_recipient_read_at"), ["recipient", "read_at"], unique=False
        )


def _add_register() -> None:
    op.create_table(
        "register",
        sa.Column("kind", sa.String(length=12), nullable=False),
        key("unit"),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_no", sa.Integer(), nullable=False),
        points_to("register", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("kind", "unit", "year", name=op.f("pk_register")),
    )


def _add_handout() -> None:
    op.create_table(
        "handout",
        key("id"),
        key("plan"),
        key("giver"),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=160), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("issued_by", sa.String(length=80), nullable=False),
        sa.Column("idempotency_key", sa.String(length=120), nullable=True),
        points_to("handout", "giver", "unit.id"),
        points_to("handout", "plan", "plan.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout")),
        sa.UniqueConstraint(
            "issued_by", "idempotency_key", name=op.f("uq_handout_issued_by_idempotency_key")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_handout_reference")),
    )
    with op.batch_alter_table("handout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handout_plan"), ["plan"], unique=False)


def _add_problem() -> None:
    op.create_table(
        "problem",
        key("id"),
        key("plan"),
        key("unit"),
        key("holder"),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("wished_by", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("raised_at", UtcDateTime(), nullable=False),
        sa.Column("raised_by", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=80), nullable=True),
        sa.Column("idempotency_key", sa.String(length=120), nullable=True),
        points_to("problem", "holder", "unit.id"),
        points_to("problem", "plan", "plan.id"),
        points_to("problem", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sa.UniqueConstraint(
            "raised_by", "idempotency_key", name=op.f("uq_problem_raised_by_idempotency_key")
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_problem_reference")),
    )
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_problem_holder_status"), ["holder", "status"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_problem_plan_unit"), ["plan", "unit"], unique=False)


def _add_handout_unit() -> None:
    op.create_table(
        "handout_unit",
        key("id"),
        key("handout"),
        key("unit"),
        key("giver"),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("latest_no", sa.Integer(), nullable=False),
        sa.Column("was_late", sa.Boolean(), server_default=sa.false(), nullable=False),
        points_to("handout_unit", "giver", "unit.id"),
        points_to("handout_unit", "handout", "handout.id"),
        points_to("handout_unit", "unit", "unit.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handout_unit")),
        sa.UniqueConstraint("handout", "unit", name=op.f("uq_handout_unit_handout_unit")),
    )
    with op.batch_alter_table("handout_unit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handout_unit_unit_status"), ["unit", "status"], unique=False
        )


def _add_handout_answer() -> None:
    op.create_table(
        "handout_answer",
        key("handout_unit"),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        points_to("handout_answer", "handout_unit", "handout_unit.id"),
        sa.PrimaryKeyConstraint("handout_unit", "no", name=op.f("pk_handout_answer")),
    )


def _add_handout_file() -> None:
    op.create_table(
        "handout_file",
        key("handout_unit"),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        points_to("handout_file", "handout_unit", "handout_unit.id"),
        points_to("handout_file", "sha256", "file.sha256"),
        sa.PrimaryKeyConstraint("handout_unit", "no", "sha256", name=op.f("pk_handout_file")),
    )
    with op.batch_alter_table("handout_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handout_file_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    """This function will take the schema back."""
    with op.batch_alter_table("handout_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handout_file_sha256"))

    op.drop_table("handout_file")
    op.drop_table("handout_answer")
    with op.batch_alter_table("handout_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handout_unit_unit_status"))

    op.drop_table("handout_unit")
    with op.batch_alter_table("problem", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_problem_plan_unit"))
        batch_op.drop_index(batch_op.f("ix_problem_holder_status"))

    op.drop_table("problem")
    with op.batch_alter_table("handout", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handout_plan"))

    op.drop_table("handout")
    op.drop_table("register")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_recipient_read_at"))

    op.drop_table("notice")
