"""What is kept: assignments with their states, quotas by interval, due items, drafts, requests."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.assignments.rules.statuses import HoldStatus, ReportStatus
from shuangyong_core.before import was_table
from shuangyong_core.db import Base, BigId, UtcDateTime

__all__ = [
    "DUE_ITEM_WAS",
    "Assignment",
    "ChildDate",
    "DueItem",
    "GuardReason",
    "HoldStatus",
    "Quota",
    "ReportStatus",
    "Request",
    "SplitDraft",
]


class Assignment(Base):
    """A target at a unit: held (passed on), reported, or both."""

    __tablename__ = "assignment"
    target: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(8))  # hold | report | both
    hold_status: Mapped[str | None] = mapped_column(String(16))
    report_status: Mapped[str | None] = mapped_column(String(16))
    version: Mapped[int]
    __table_args__ = (Index(None, "unit", "target"), {"sqlite_with_rowid": False})


class Quota(Base):
    """What a unit must bring: `held` in all, `own` by its own work (本级承办), scaled int64."""

    __tablename__ = "quota"
    target: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held: Mapped[int] = mapped_column(BigInteger)
    own: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(12))  # proposed | confirmed | automatic
    source: Mapped[str] = mapped_column(String(12))  # default | split | amended
    reason: Mapped[str] = mapped_column(String(300))  # why the split exceeds, if it does
    __table_args__ = (
        Index(None, "unit"),
        CheckConstraint("held >= 0 AND own >= 0 AND own <= held", name="not_negative"),
        {"sqlite_with_rowid": False},
    )


class DueItem(Base):
    """One target due from one unit in one round (应报事项): what is expected and reminded."""

    __tablename__ = "due_item"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    target: Mapped[int] = mapped_column(ForeignKey("target.id"))
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int] = mapped_column(ForeignKey("round.id"))
    done_by: Mapped[date]
    first_due: Mapped[date]
    due: Mapped[date]
    due_version: Mapped[int]
    # 补录: its round was over when it was sent down, so it is never late and never locked out.
    is_backfill: Mapped[bool] = mapped_column(default=False, server_default=false())
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        UniqueConstraint("target", "unit", "round"),
        Index(None, "unit", "round"),
        Index(None, "round"),
    )


# What a due item was before its dates moved, or before it was taken up again.
DUE_ITEM_WAS = was_table(DueItem)


class Request(Base):
    """What a unit asks of an assignment (延期 豁免 暂停 恢复), and what was decided."""

    __tablename__ = "request"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    target: Mapped[int | None] = mapped_column(ForeignKey("target.id"))
    round: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    kind: Mapped[str] = mapped_column(String(12))  # extension | exemption | suspension | resumption
    scope: Mapped[str] = mapped_column(String(12))  # item | round | assignment
    until: Mapped[date | None]  # the later date asked for
    reason: Mapped[str] = mapped_column(String(500))
    on_behalf: Mapped[bool]  # 代提: put by somebody above the unit
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[str] = mapped_column(String(80))
    status: Mapped[str] = mapped_column(String(12))  # open | decided | withdrawn
    decision: Mapped[str | None] = mapped_column(String(12))  # granted | refused
    answer: Mapped[str] = mapped_column(String(500))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    # What it is about, while it is open: the same thing is asked only once at a time.
    open_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    __table_args__ = (Index(None, "plan", "status"), Index(None, "unit"))


class ChildDate(Base):
    """An earlier 报送时限 that a holder gave a unit directly under it, for a target in a round."""

    __tablename__ = "child_date"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    target: Mapped[int] = mapped_column(ForeignKey("target.id"))
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int] = mapped_column(ForeignKey("round.id"))
    holder: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    due: Mapped[date]
    lead: Mapped[int]  # working days before the holder's own date
    reason: Mapped[str] = mapped_column(String(300))
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    __table_args__ = (Index(None, "round", "target", "unit"), Index(None, "holder"))


class GuardReason(Base):
    """Why the office went on although a guard warned at a launch: what it found, and the reason."""

    __tablename__ = "guard_reason"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(300))
    found: Mapped[list[str]] = mapped_column(JSON)  # the sentences that were shown
    __table_args__ = (Index(None, "plan"),)


class SplitDraft(Base):
    """A split put aside before it is sent down (先存着): as typed, right or wrong, one a target."""

    __tablename__ = "split_draft"
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    target: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    # Moves with every save and goes on after the draft has ended: no two drafts bear one version.
    version: Mapped[int]
    begun_on: Mapped[int]  # the version of the assignment
    begun_held: Mapped[int] = mapped_column(BigInteger)  # what was to be shared out then
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    how: Mapped[str] = mapped_column(String(40))  # "" by hand, default, same, equal, base:KEY
    cells: Mapped[dict[str, str]] = mapped_column(JSON)  # by the child's code, and "own"
    reason: Mapped[str] = mapped_column(String(300))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(80))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # sent down or given up
    __table_args__ = ({"sqlite_with_rowid": False},)
