"""What is kept of a year's holiday notice (放假安排) that an operator loaded."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, UtcDateTime


class HolidayNotice(Base):
    """The notice of one year: from which paper, loaded when and by whom."""

    __tablename__ = "holiday_notice"
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(String(200))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    loaded_by: Mapped[str] = mapped_column(String(80))


class HolidayDay(Base):
    """One day a notice names; two years' notices may both speak of a day in December."""

    __tablename__ = "holiday_day"
    year: Mapped[int] = mapped_column(ForeignKey("holiday_notice.year"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]  # 班; else 休
    name: Mapped[str] = mapped_column(String(40))
