"""A plan's head: one issuer, one year; versions change content, editions change units."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class PlanStatus(StrEnum):
    """Where the year stands."""

    DRAFT = "draft"  # 草拟
    LAUNCHING = "launching"  # 下达中
    ACTIVE = "active"  # 执行中
    CLOSING = "closing"  # 办结中
    CLOSED = "closed"  # 已办结
    ARCHIVED = "archived"  # 已归档


class Plan(Base):
    """A yearly plan (年度计划)."""

    __tablename__ = "plan"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    year: Mapped[int]
    issuer: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(16))
    basis: Mapped[str] = mapped_column(String(200))  # 依据文件
    approved_by: Mapped[str] = mapped_column(String(200))  # 批准会议
    filing_no: Mapped[str] = mapped_column(String(80))  # 报表备案号
    inflation_bp: Mapped[int]  # 分解合计/下达数 上限, in 1/10000: 10500 is 105%
    lead_workdays: Mapped[int]  # how much earlier a child's date may be without a reason
    review_levels: Mapped[int]
    max_rounds: Mapped[int]
    within_acknowledge: Mapped[int]  # working days
    within_decompose: Mapped[int]
    within_review: Mapped[int]
    within_correct: Mapped[int]
    # Who decides over requests 延期 豁免 暂停: issuer | superior
    requests_by: Mapped[str] = mapped_column(String(12), default="issuer", server_default="issuer")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    launched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PlanVersion(Base):
    """A change of content; rows of targets carry from/to numbers, nothing is copied."""

    __tablename__ = "plan_version"
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    effective: Mapped[date]
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
    diff: Mapped[dict[str, Any]] = mapped_column(JSON)


class Edition(Base):
    """A change of units: the tree as the plan sees it from then on."""

    __tablename__ = "edition"
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    effective: Mapped[date]
    applied_at: Mapped[datetime] = mapped_column(UtcDateTime)
