"""A notice (通知) to a unit: told once for each rung and version of what it is about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class Notice(Base):
    """One word to one unit; a rerun never repeats it."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    # Plain: a hand-out's unit, a problem, a report, a due item.
    subject_kind: Mapped[str] = mapped_column(String(24))
    subject: Mapped[int] = mapped_column(BigInteger)
    rung: Mapped[str] = mapped_column(String(24))
    due_version: Mapped[int]  # of a due item's date, or which answer, which submission
    recipient: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str] = mapped_column(String(400))
    reference: Mapped[str] = mapped_column(String(160))  # of what to open
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Nobody, where an act has answered it before it was read.
    read_by: Mapped[str | None] = mapped_column(String(80))
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject", "rung", "due_version", "recipient"),
        Index(None, "recipient", "read_at"),
    )
