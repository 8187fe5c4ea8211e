"""A hand-out, each unit it went to, and what that unit answered; the registers' last numbers."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class Register(Base):
    """The last number of a unit's register in a year; held while the next one is given out."""

    __tablename__ = "register"
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)  # handout | problem
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_no: Mapped[int]


class Handout(Base):
    """A hand-out (交办事项): one task beside the plan, with its number and its deadline."""

    __tablename__ = "handout"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    giver: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # 交办单位
    reference: Mapped[str] = mapped_column(String(80), unique=True)
    number: Mapped[str] = mapped_column(String(160))  # 双拥交办〔2026〕1号
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(2000))
    due_date: Mapped[date]
    status: Mapped[str] = mapped_column(String(12))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[str] = mapped_column(String(80))
    idempotency_key: Mapped[str | None] = mapped_column(String(120))
    __table_args__ = (Index(None, "plan"), UniqueConstraint("issued_by", "idempotency_key"))


class HandoutUnit(Base):
    """One unit a hand-out went to: from whom, until when, and where it stands."""

    __tablename__ = "handout_unit"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    handout: Mapped[int] = mapped_column(ForeignKey("handout.id"))
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    giver: Mapped[int] = mapped_column(ForeignKey("unit.id"))  # who handed it to this unit
    due_date: Mapped[date]
    answer_by: Mapped[date]  # the deadline, or later after a return
    status: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    latest_no: Mapped[int]  # number of the latest answer, 0 before the first
    was_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (UniqueConstraint("handout", "unit"), Index(None, "unit", "status"))


class HandoutAnswer(Base):
    """What a unit reported as done (办结报告); an answer never changes."""

    __tablename__ = "handout_answer"
    handout_unit: Mapped[int] = mapped_column(ForeignKey("handout_unit.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(2000))


class HandoutFile(Base):
    """A file of an answer; laid there before the answer, it goes out with it."""

    __tablename__ = "handout_file"
    handout_unit: Mapped[int] = mapped_column(ForeignKey("handout_unit.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    __table_args__ = (Index(None, "sha256"),)
