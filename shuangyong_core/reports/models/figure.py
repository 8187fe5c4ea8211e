"""The figures of a submission: zero, 不涉及 and missing are three different things."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base


class Figure(Base):
    """One indicator's figure in one submission; scaled int64, text beside it."""

    __tablename__ = "figure"
    report: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(12))  # reported | not_involved | missing
    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str | None] = mapped_column(Text)  # text, or why it is not involved
    covered: Mapped[int | None] = mapped_column(BigInteger)  # 涉及 n 家
    __table_args__ = (
        ForeignKeyConstraint(["report", "no"], ["submission.report", "submission.no"]),
        {"sqlite_with_rowid": False},
    )


class FigurePart(Base):
    """A part of a figure: a number each, or a tick each (0/1)."""

    __tablename__ = "figure_part"
    report: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    part: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (
        ForeignKeyConstraint(["report", "no"], ["submission.report", "submission.no"]),
        {"sqlite_with_rowid": False},
    )


class FigureKey(Base):
    """An alias counted once however often it is named (驻军单位A), for `distinct`."""

    __tablename__ = "figure_key"
    report: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    indicator: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    __table_args__ = (
        ForeignKeyConstraint(["report", "no"], ["submission.report", "submission.no"]),
        Index(None, "indicator", "key"),
        {"sqlite_with_rowid": False},
    )
