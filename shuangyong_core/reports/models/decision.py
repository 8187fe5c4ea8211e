"""Decisions over submissions, and what the product itself counts for automatic targets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, ForeignKeyConstraint, String, false
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.before import was_table
from shuangyong_core.db import Base, UtcDateTime


class Acceptance(Base):
    """From when to when a whole submission counts."""

    __tablename__ = "acceptance"
    report: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by: Mapped[str] = mapped_column(String(80))
    # Came with the submission itself: the reviewer typed it for the unit (代填即审核).
    acting_for: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (
        ForeignKeyConstraint(["report", "no"], ["submission.report", "submission.no"]),
    )


class ReviewReturn(Base):
    """A return (退回修改): one reason and every field to mend, said at once."""

    __tablename__ = "review_return"
    report: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(1000))
    fields: Mapped[dict[str, str]] = mapped_column(JSON)  # target code -> what to mend
    __table_args__ = (
        ForeignKeyConstraint(["report", "no"], ["submission.report", "submission.no"]),
    )


class Counted(Base):
    """What the product counted by itself for an automatic target."""

    __tablename__ = "counted"
    target: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    numerator: Mapped[int] = mapped_column(BigInteger)
    denominator: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    __table_args__ = ({"sqlite_with_rowid": False},)


# What was counted before: a past day is read from it.
COUNTED_WAS = was_table(Counted)
