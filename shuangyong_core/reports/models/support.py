"""What supporting units (配合单位) hand to the lead of a target, round by round."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, UtcDateTime


class SupportFile(Base):
    """A file that a supporting unit attached for its lead's report; it counts no number."""

    __tablename__ = "support_file"
    target: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), primary_key=True)
    lead: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # whom it was handed to
    name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    __table_args__ = (Index(None, "lead", "round"), Index(None, "sha256"))
