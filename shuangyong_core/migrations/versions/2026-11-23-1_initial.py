"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shuangyong_core.db import UtcDateTime

revision = "2026_11_23_1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """This function will bring the schema forward."""
    _add_what_stands_alone()
    _add_what_units_and_users_have()
    _add_what_a_plan_holds()
    _add_what_is_handed_down()
    _add_what_is_handed_in()
    _add_what_a_submission_says()


def _add_what_stands_alone() -> None:
    _add_audit_checkpoint()
    _add_audit_entry()
    _add_audit_seal()
    _add_cell()
    _add_cell_ytd()
    _add_file()
    _add_fold()
    _add_holiday_notice()
    _add_indicator()
    _add_job_lock()
    _add_leaf_state()
    _add_leaf_ytd()
    _add_login_failure()
    _add_mark()
    _add_step()
    _add_unit()
    _add_user_account()


def _add_audit_checkpoint() -> None:
    op.create_table(
        "audit_checkpoint",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_audit_checkpoint")),
    )


def _add_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=160), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)


def _add_audit_seal() -> None:
    op.create_table(
        "audit_seal",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_audit_seal")),
        sa.UniqueConstraint("entry", name=op.f("uq_audit_seal_entry")),
    )


def _add_cell() -> None:
    op.create_table(
        "cell",
        sa.Column("tree", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("within_numerator", sa.BigInteger(), nullable=True),
        sa.Column("within_denominator", sa.BigInteger(), nullable=True),
        sa.Column("fold", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("reviewing", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("not_involved", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_code", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("tree", "unit", "target", "round", name=op.f("pk_cell")),
        sqlite_with_rowid=False,
    )


def _add_cell_ytd() -> None:
    op.create_table(
        "cell_ytd",
        sa.Column("tree", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("within_numerator", sa.BigInteger(), nullable=True),
        sa.Column("within_denominator", sa.BigInteger(), nullable=True),
        sa.Column("fold", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("reviewing", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("not_involved", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_code", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("tree", "unit", "target", name=op.f("pk_cell_ytd")),
        sqlite_with_rowid=False,
    )


def _add_file() -> None:
    op.create_table(
        "file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("taken_date", sa.Date(), nullable=True),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_file")),
    )


def _add_fold() -> None:
    op.create_table(
        "fold",
        sa.Column("no", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_fold")),
    )


def _add_holiday_notice() -> None:
    op.create_table(
        "holiday_notice",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("loaded_at", UtcDateTime(), nullable=False),
        sa.Column("loaded_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_holiday_notice")),
    )


def _add_indicator() -> None:
    op.create_table(
        "indicator",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("display_unit", sa.String(length=20), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("over_units", sa.String(length=12), nullable=False),
        sa.Column("over_time", sa.String(length=8), nullable=False),
        sa.Column("hint", sa.String(length=300), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("code", "version", name=op.f("uq_indicator_code_version")),
    )


def _add_job_lock() -> None:
    op.create_table(
        "job_lock",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_lock")),
    )


def _add_leaf_state() -> None:
    op.create_table(
        "leaf_state",
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("reviewing", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("not_involved", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_code", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("unit", "target", "round", name=op.f("pk_leaf_state")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("leaf_state", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_leaf_state_target_round"), ["target", "round"], unique=False
        )


def _add_leaf_ytd() -> None:
    op.create_table(
        "leaf_ytd",
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("reviewing", sa.Integer(), nullable=False),
        sa.Column("on_time", sa.Integer(), nullable=False),
        sa.Column("not_involved", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("as_of_code", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("unit", "target", name=op.f("pk_leaf_ytd")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("leaf_ytd", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaf_ytd_target"), ["target"], unique=False)


def _add_login_failure() -> None:
    op.create_table(
        "login_failure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_failure")),
    )
    with op.batch_alter_table("login_failure", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_login_failure_login_source_at"), ["login", "source", "at"], unique=False
        )


def _add_mark() -> None:
    op.create_table(
        "mark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("target", sa.BigInteger(), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sqlite_autoincrement=True,
    )


def _add_step() -> None:
    op.create_table(
        "step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=True),
        sa.Column("from_status", sa.String(length=24), nullable=True),
        sa.Column("to_status", sa.String(length=24), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_step_subject_kind_subject_id_unit"),
            ["subject_kind", "subject_id", "unit"],
            unique=False,
        )


def _add_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "code",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_kind"), ["kind"], unique=False)


def _add_user_account() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("administrator", sa.String(length=24), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "administrator IN ('system_admin', 'security_admin', 'audit_admin')",
            name=op.f("ck_user_account_administrator"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("login", name=op.f("uq_user_account_login")),
    )


def _add_what_units_and_users_have() -> None:
    _add_holiday_day()
    _add_plan()
    _add_token()
    _add_unit_base()
    _add_unit_link()
    _add_user_grant()
    _add_web_session()


def _add_holiday_day() -> None:
    op.create_table(
        "holiday_day",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["year"], ["holiday_notice.year"], name=op.f("fk_holiday_day_year")
        ),
        sa.PrimaryKeyConstraint("year", "day", name=op.f("pk_holiday_day")),
    )


def _add_plan() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("filing_no", sa.String(length=80), nullable=False),
        sa.Column("inflation_bp", sa.Integer(), nullable=False),
        sa.Column("lead_workdays", sa.Integer(), nullable=False),
        sa.Column("review_levels", sa.Integer(), nullable=False),
        sa.Column("max_rounds", sa.Integer(), nullable=False),
        sa.Column("within_acknowledge", sa.Integer(), nullable=False),
        sa.Column("within_decompose", sa.Integer(), nullable=False),
        sa.Column("within_review", sa.Integer(), nullable=False),
        sa.Column("within_correct", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("launched_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["issuer"], ["unit.id"], name=op.f("fk_plan_issuer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_plan_code")),
    )


def _add_token() -> None:
    op.create_table(
        "token",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_token_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_token_hash")),
    )


def _add_unit_base() -> None:
    op.create_table(
        "unit_base",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_unit_base_not_negative")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_unit_base_unit")),
        sa.PrimaryKeyConstraint("key", "unit", "date", name=op.f("pk_unit_base")),
    )


def _add_unit_link() -> None:
    op.create_table(
        "unit_link",
        sa.Column("tree", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("parent", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint(
            "parent IS NULL OR parent <> unit", name=op.f("ck_unit_link_not_itself")
        ),
        sa.ForeignKeyConstraint(["parent"], ["unit.id"], name=op.f("fk_unit_link_parent")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_unit_link_unit")),
        sa.PrimaryKeyConstraint("tree", "unit", "valid_from", name=op.f("pk_unit_link")),
    )
    with op.batch_alter_table("unit_link", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_unit_link_tree_parent"), ["tree", "parent"], unique=False
        )


def _add_user_grant() -> None:
    op.create_table(
        "user_grant",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "role IN ('issuer', 'manager', 'reviewer', 'reporter', 'viewer')",
            name=op.f("ck_user_grant_role"),
        ),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_user_grant_unit")),
        sa.ForeignKeyConstraint(["user"], ["user_account.id"], name=op.f("fk_user_grant_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_grant")),
    )
    with op.batch_alter_table("user_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_grant_unit"), ["unit"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_grant_user"), ["user"], unique=False)


def _add_web_session() -> None:
    op.create_table(
        "web_session",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("user", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user"], ["user_account.id"], name=op.f("fk_web_session_user")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_web_session")),
    )
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_session_user"), ["user"], unique=False)


def _add_what_a_plan_holds() -> None:
    _add_edition()
    _add_node()
    _add_plan_version()
    _add_round()
    _add_target()


def _add_edition() -> None:
    op.create_table(
        "edition",
        sa.Column("plan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_edition_plan")),
        sa.PrimaryKeyConstraint("plan", "no", name=op.f("pk_edition")),
    )


def _add_node() -> None:
    op.create_table(
        "node",
        sa.Column("plan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tree", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_edition", sa.Integer(), nullable=False),
        sa.Column("to_edition", sa.Integer(), nullable=True),
        sa.Column("parent", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column(
            "path",
            sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["parent"], ["unit.id"], name=op.f("fk_node_parent")),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_node_plan")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_node_unit")),
        sa.PrimaryKeyConstraint("plan", "tree", "unit", "from_edition", name=op.f("pk_node")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("node", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_node_plan_tree_parent_to_edition"),
            ["plan", "tree", "parent", "to_edition"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_node_plan_tree_path"), ["plan", "tree", "path"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_node_unit"), ["unit"], unique=False)


def _add_plan_version() -> None:
    op.create_table(
        "plan_version",
        sa.Column("plan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("effective", sa.Date(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.Column("diff", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_plan_version_plan")),
        sa.PrimaryKeyConstraint("plan", "no", name=op.f("pk_plan_version")),
    )


def _add_round() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("locks_on", sa.Date(), nullable=False),
        sa.Column("done_by", sa.Date(), nullable=True),
        sa.Column("opens_rule", sa.String(length=40), nullable=False),
        sa.Column("due_rule", sa.String(length=40), nullable=False),
        sa.Column("locks_rule", sa.String(length=40), nullable=False),
        sa.Column("done_rule", sa.String(length=40), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("closed_edition", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_round_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("plan", "code", name=op.f("uq_round_plan_code")),
    )


def _add_target() -> None:
    op.create_table(
        "target",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plan", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column(
            "indicator", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(["indicator"], ["indicator.id"], name=op.f("fk_target_indicator")),
        sa.ForeignKeyConstraint(["plan"], ["plan.id"], name=op.f("fk_target_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("plan", "code", name=op.f("uq_target_plan_code")),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_indicator"), ["indicator"], unique=False)


def _add_what_is_handed_down() -> None:
    _add_assignment()
    _add_counted()
    _add_due_item()
    _add_quota()
    _add_report()
    _add_target_reporter()
    _add_target_version()


def _add_assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("target", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("hold_status", sa.String(length=16), nullable=True),
        sa.Column("report_status", sa.String(length=16), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["target"], ["target.id"], name=op.f("fk_assignment_target")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_assignment_unit")),
        sa.PrimaryKeyConstraint("target", "unit", name=op.f("pk_assignment")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_unit_target"), ["unit", "target"], unique=False
        )


def _add_counted() -> None:
    op.create_table(
        "counted",
        sa.Column("target", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_counted_round")),
        sa.ForeignKeyConstraint(["target"], ["target.id"], name=op.f("fk_counted_target")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_counted_unit")),
        sa.PrimaryKeyConstraint("target", "unit", "round", name=op.f("pk_counted")),
        sqlite_with_rowid=False,
    )


def _add_due_item() -> None:
    op.create_table(
        "due_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("target", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("done_by", sa.Date(), nullable=False),
        sa.Column("first_due", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_due_item_round")),
        sa.ForeignKeyConstraint(["target"], ["target.id"], name=op.f("fk_due_item_target")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_due_item_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_item")),
        sa.UniqueConstraint("target", "unit", "round", name=op.f("uq_due_item_target_unit_round")),
    )
    with op.batch_alter_table("due_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_item_round"), ["round"], unique=False)
        batch_op.create_index(batch_op.f("ix_due_item_unit_round"), ["unit", "round"], unique=False)


def _add_quota() -> None:
    op.create_table(
        "quota",
        sa.Column("target", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("valid_from", UtcDateTime(), nullable=False),
        sa.Column("valid_to", UtcDateTime(), nullable=True),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("own", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "held >= 0 AND own >= 0 AND own <= held", name=op.f("ck_quota_not_negative")
        ),
        sa.ForeignKeyConstraint(["target"], ["target.id"], name=op.f("fk_quota_target")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_quota_unit")),
        sa.PrimaryKeyConstraint("target", "unit", "valid_from", name=op.f("pk_quota")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("quota", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quota_unit"), ["unit"], unique=False)


def _add_report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("latest_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_report_round")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_report_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("unit", "round", name=op.f("uq_report_unit_round")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_round_status"), ["round", "status"], unique=False
        )


def _add_target_reporter() -> None:
    op.create_table(
        "target_reporter",
        sa.Column("target", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("round", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("goal_kind", sa.String(length=8), nullable=True),
        sa.Column("goal", sa.BigInteger(), nullable=True),
        sa.Column("goal_den", sa.BigInteger(), nullable=True),
        sa.Column("for_kind", sa.String(length=24), nullable=True),
        sa.Column("done_by", sa.Date(), nullable=True),
        sa.Column("done_rule", sa.String(length=40), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["round.id"], name=op.f("fk_target_reporter_round")),
        sa.ForeignKeyConstraint(["target"], ["target.id"], name=op.f("fk_target_reporter_target")),
        sa.PrimaryKeyConstraint(
            "target", "from_version", "who", "round", name=op.f("pk_target_reporter")
        ),
    )


def _add_target_version() -> None:
    op.create_table(
        "target_version",
        sa.Column("target", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_version", sa.Integer(), nullable=False),
        sa.Column("to_version", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=False),
        sa.Column("goal_kind", sa.String(length=8), nullable=False),
        sa.Column("goal", sa.BigInteger(), nullable=True),
        sa.Column("goal_den", sa.BigInteger(), nullable=True),
        sa.Column("goal_note", sa.String(length=40), nullable=False),
        sa.Column("split", sa.String(length=60), nullable=False),
        sa.Column("per", sa.String(length=4), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("automatic", sa.String(length=16), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=24), nullable=True),
        sa.Column("shown_to", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["target"], ["target.id"], name=op.f("fk_target_version_target")),
        sa.PrimaryKeyConstraint("target", "from_version", name=op.f("pk_target_version")),
    )


def _add_what_is_handed_in() -> None:
    _add_draft()
    _add_draft_file()
    _add_report_file()
    _add_submission()


def _add_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_draft_report")),
        sa.PrimaryKeyConstraint("report", name=op.f("pk_draft")),
    )


def _add_draft_file() -> None:
    op.create_table(
        "draft_file",
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_draft_file_report")),
        sa.ForeignKeyConstraint(["sha256"], ["file.sha256"], name=op.f("fk_draft_file_sha256")),
        sa.PrimaryKeyConstraint("report", "sha256", name=op.f("pk_draft_file")),
    )


def _add_report_file() -> None:
    op.create_table(
        "report_file",
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_report_file_report")),
        sa.ForeignKeyConstraint(["sha256"], ["file.sha256"], name=op.f("fk_report_file_sha256")),
        sa.PrimaryKeyConstraint("report", "no", "sha256", name=op.f("pk_report_file")),
    )
    with op.batch_alter_table("report_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_file_sha256"), ["sha256"], unique=False)


def _add_submission() -> None:
    op.create_table(
        "submission",
        sa.Column("report", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("idempotency_key", sa.String(length=120), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("normalised", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["report.id"], name=op.f("fk_submission_report")),
        sa.PrimaryKeyConstraint("report", "no", name=op.f("pk_submission")),
        sa.UniqueConstraint(
            "actor", "idempotency_key", name=op.f("uq_submission_actor_idempotency_key")
        ),
    )


def _add_what_a_submission_says() -> None:
    _add_acceptance()
    _add_figure()
    _add_figure_key()
    _add_figure_part()
    _add_review_return()


def _add_acceptance() -> None:
    op.create_table(
        "acceptance",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("accepted_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["report", "no"],
            ["submission.report", "submission.no"],
            name=op.f("fk_acceptance_report_no"),
        ),
        sa.PrimaryKeyConstraint("report", "no", "accepted_at", name=op.f("pk_acceptance")),
    )


def _add_figure() -> None:
    op.create_table(
        "figure",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column(
            "indicator", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("covered", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["indicator"], ["indicator.id"], name=op.f("fk_figure_indicator")),
        sa.ForeignKeyConstraint(
            ["report", "no"],
            ["submission.report", "submission.no"],
            name=op.f("fk_figure_report_no"),
        ),
        sa.PrimaryKeyConstraint("report", "no", "indicator", name=op.f("pk_figure")),
        sqlite_with_rowid=False,
    )


def _add_figure_key() -> None:
    op.create_table(
        "figure_key",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column(
            "indicator", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicator.id"], name=op.f("fk_figure_key_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["report", "no"],
            ["submission.report", "submission.no"],
            name=op.f("fk_figure_key_report_no"),
        ),
        sa.PrimaryKeyConstraint("report", "no", "indicator", "key", name=op.f("pk_figure_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("figure_key", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_figure_key_indicator_key"), ["indicator", "key"], unique=False
        )


def _add_figure_part() -> None:
    op.create_table(
        "figure_part",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column(
            "indicator", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator"], ["indicator.id"], name=op.f("fk_figure_part_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["report", "no"],
            ["submission.report", "submission.no"],
            name=op.f("fk_figure_part_report_no"),
        ),
        sa.PrimaryKeyConstraint("report", "no", "indicator", "part", name=op.f("pk_figure_part")),
        sqlite_with_rowid=False,
    )


def _add_review_return() -> None:
    op.create_table(
        "review_return",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report", "no"],
            ["submission.report", "submission.no"],
            name=op.f("fk_review_return_report_no"),
        ),
        sa.PrimaryKeyConstraint("report", "no", name=op.f("pk_review_return")),
    )


def downgrade() -> None:
    """This function will take the schema back."""
    _drop_what_a_submission_says()
    _drop_what_is_handed_in()
    _drop_what_is_handed_down()
    _drop_what_a_plan_holds()
    _drop_what_units_and_users_have()
    _drop_what_stands_alone()


def _drop_what_a_submission_says() -> None:
    op.drop_table("review_return")
    op.drop_table("figure_part")
    with op.batch_alter_table("figure_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_key_indicator_key"))

    op.drop_table("figure_key")
    op.drop_table("figure")
    op.drop_table("acceptance")


def _drop_what_is_handed_in() -> None:
    op.drop_table("submission")
    with op.batch_alter_table("report_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_file_sha256"))

    op.drop_table("report_file")
    op.drop_table("draft_file")
    op.drop_table("draft")


def _drop_what_is_handed_down() -> None:
    op.drop_table("target_version")
    op.drop_table("target_reporter")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_round_status"))

    op.drop_table("report")
    with op.batch_alter_table("quota", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quota_unit"))

    op.drop_table("quota")
    with op.batch_alter_table("due_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_due_item_unit_round"))
        batch_op.drop_index(batch_op.f("ix_due_item_round"))

    op.drop_table("due_item")
    op.drop_table("counted")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_unit_target"))

    op.drop_table("assignment")


def _drop_what_a_plan_holds() -> None:
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_target_indicator"))

    op.drop_table("target")
    op.drop_table("round")
    op.drop_table("plan_version")
    with op.batch_alter_table("node", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_node_unit"))
        batch_op.drop_index(batch_op.f("ix_node_plan_tree_path"))
        batch_op.drop_index(batch_op.f("ix_node_plan_tree_parent_to_edition"))

    op.drop_table("node")
    op.drop_table("edition")


def _drop_what_units_and_users_have() -> None:
    with op.batch_alter_table("web_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_session_user"))

    op.drop_table("web_session")
    with op.batch_alter_table("user_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_grant_user"))
        batch_op.drop_index(batch_op.f("ix_user_grant_unit"))

    op.drop_table("user_grant")
    with op.batch_alter_table("unit_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_link_tree_parent"))

    op.drop_table("unit_link")
    op.drop_table("unit_base")
    op.drop_table("token")
    op.drop_table("plan")
    op.drop_table("holiday_day")


def _drop_what_stands_alone() -> None:
    op.drop_table("user_account")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_kind"))

    op.drop_table("unit")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_subject_kind_subject_id_unit"))

    op.drop_table("step")
    op.drop_table("mark")
    with op.batch_alter_table("login_failure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_failure_login_source_at"))

    op.drop_table("login_failure")
    with op.batch_alter_table("leaf_ytd", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaf_ytd_target"))

    op.drop_table("leaf_ytd")
    with op.batch_alter_table("leaf_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaf_state_target_round"))

    op.drop_table("leaf_state")
    op.drop_table("job_lock")
    op.drop_table("indicator")
    op.drop_table("holiday_notice")
    op.drop_table("fold")
    op.drop_table("file")
    op.drop_table("cell_ytd")
    op.drop_table("cell")
    op.drop_table("audit_seal")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))

    op.drop_table("audit_entry")
    op.drop_table("audit_checkpoint")
