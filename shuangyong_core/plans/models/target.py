"""Indicators belong to the installation; a target is an indicator in a plan, read at a version."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId


class Indicator(Base):
    """An indicator (指标): what is counted, in what unit, and how it rolls up."""

    __tablename__ = "indicator"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))  # count money ratio yes_no date text score
    display_unit: Mapped[str] = mapped_column(String(20))
    decimals: Mapped[int]  # numerator = value × 10^decimals; money is kept in fen
    over_units: Mapped[str] = mapped_column(String(12))
    over_time: Mapped[str] = mapped_column(String(8))  # sum 本期数 | latest 累计数
    hint: Mapped[str] = mapped_column(String(300))
    # {"count": [...]} a number each, {"tick": [...]} a box each, {} none
    parts: Mapped[dict[str, Any]] = mapped_column(JSON)
    __table_args__ = (UniqueConstraint("code", "version"),)


class Target(Base):
    """A target (任务): its id never changes, its content is read at a version."""

    __tablename__ = "target"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    code: Mapped[str] = mapped_column(String(20))
    indicator: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    # 补录: sent down when rounds were over already; set at its launch, never changed after.
    is_backfill: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (UniqueConstraint("plan", "code"), Index(None, "indicator"))


class TargetVersion(Base):
    """The content of a target from one version of the plan to another."""

    __tablename__ = "target_version"
    target: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True)
    to_version: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(40))
    heading: Mapped[int]  # 1–8: of the eight headings of the standard
    goal_kind: Mapped[str] = mapped_column(String(8))  # total each ratio done none
    goal: Mapped[int | None] = mapped_column(BigInteger)  # scaled; ratio: numerator
    goal_den: Mapped[int | None] = mapped_column(BigInteger)
    goal_note: Mapped[str] = mapped_column(String(40))  # 示例
    split: Mapped[str] = mapped_column(String(60))  # same | equal | base:KEY | manual
    per: Mapped[str] = mapped_column(String(4))  # year | due
    weight: Mapped[int]
    automatic: Mapped[str | None] = mapped_column(String(16))
    on_behalf_of: Mapped[str | None] = mapped_column(String(24))
    shown_to: Mapped[list[str]] = mapped_column(JSON)
    # 配合: kinds or codes of units that see and attach; who reports is the lead (牵头).
    supporting: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(120))  # clause
    position: Mapped[int]  # order on forms


class TargetReporter(Base):
    """Who reports a target in which round: a kind of unit, or one unit's code."""

    __tablename__ = "target_reporter"
    target: Mapped[int] = mapped_column(ForeignKey("target.id"), primary_key=True)
    from_version: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(40), primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    goal_kind: Mapped[str | None] = mapped_column(String(8))  # overrides the target's
    goal: Mapped[int | None] = mapped_column(BigInteger)
    goal_den: Mapped[int | None] = mapped_column(BigInteger)
    for_kind: Mapped[str | None] = mapped_column(String(24))
    done_by: Mapped[date | None]  # 办理时限 of this target in this round; else the round's
    done_rule: Mapped[str] = mapped_column(String(40), default="")  # the rule it came from
    is_provisional: Mapped[bool] = mapped_column(default=False)  # 暂定
