"""A problem raised upward (需协调事项): with whom it lies, and what was answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class Problem(Base):
    """A problem of a unit, from raising to closing."""

    __tablename__ = "problem"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    holder: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # with whom it lies now
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    number: Mapped[str] = mapped_column(String(80))  # 需协调〔2026〕1号
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(2000))
    wished_by: Mapped[date | None]
    status: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by: Mapped[str] = mapped_column(String(80))
    answer: Mapped[str] = mapped_column(String(2000))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[str | None] = mapped_column(String(80))
    idempotency_key: Mapped[str | None] = mapped_column(String(120))
    __table_args__ = (
        UniqueConstraint("raised_by", "idempotency_key"),
        Index(None, "plan", "unit"),
        Index(None, "holder", "status"),
    )
