"""What a unit says about a report that was typed for it, and what its reviewer answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, UtcDateTime
from shuangyong_core.reports.rules.reply import Reply

__all__ = ["Reply", "UnitReply"]


class UnitReply(Base):
    """The unit's word on one submission typed for it (代填); the next submission starts afresh."""

    __tablename__ = "unit_reply"
    report: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(1000))  # of the objection
    answer: Mapped[str] = mapped_column(String(1000))  # of the reviewer
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(80))
    __table_args__ = (
        ForeignKeyConstraint(["report", "no"], ["submission.report", "submission.no"]),
    )
