"""Append-only tables with plain ids and no foreign keys: marks to fold, steps taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class Mark(Base):
    """What must be folded again: a (unit, target, round); taken by exactly the ids read."""

    __tablename__ = "mark"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[int] = mapped_column(BigInteger)
    target: Mapped[int] = mapped_column(BigInteger)
    round: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = ({"sqlite_autoincrement": True},)


class Step(Base):
    """One move of one subject's state: who made it, when, and for which unit."""

    __tablename__ = "step"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[int | None] = mapped_column(BigInteger)
    from_status: Mapped[str | None] = mapped_column(String(24))
    to_status: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(String(1000), default="")
    __table_args__ = (
        Index(None, "subject_kind", "subject_id", "unit"),
        {"sqlite_autoincrement": True},
    )
