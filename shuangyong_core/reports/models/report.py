"""A report is a unit's conversation about one round; a submission, once sent, never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime
from shuangyong_core.reports.rules.status import Status

__all__ = ["Draft", "DraftFile", "Report", "ReportFile", "Status", "Submission"]


class Report(Base):
    """A unit's report in a round; `version` moves with every act, for compare-and-swap."""

    __tablename__ = "report"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    round: Mapped[int] = mapped_column(ForeignKey("round.id"))
    status: Mapped[str] = mapped_column(String(12))
    version: Mapped[int]
    latest_no: Mapped[int]  # number of the latest submission, 0 before the first
    __table_args__ = (UniqueConstraint("unit", "round"), Index(None, "round", "status"))


class Draft(Base):
    """What a reporter has typed so far: kept as typed, checked only when submitted."""

    __tablename__ = "draft"
    report: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by: Mapped[str] = mapped_column(String(80))


class Submission(Base):
    """What was sent, once and for ever; the body's hash and the key make a repeat harmless."""

    __tablename__ = "submission"
    report: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    on_behalf: Mapped[bool]  # 代填
    # From where it was typed for the unit; nothing when the operator typed it.
    acting_unit: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    channel: Mapped[str] = mapped_column(String(12))  # form | script | command | workbook
    body_hash: Mapped[str] = mapped_column(String(64))
    idempotency_key: Mapped[str | None] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(String(1000))
    normalised: Mapped[list[str]] = mapped_column(JSON)  # 已自动更正: what was said
    held: Mapped[list[str]] = mapped_column(JSON, server_default="[]")  # 待核查: fields with a hit
    __table_args__ = (UniqueConstraint("actor", "idempotency_key"),)


class DraftFile(Base):
    """A file attached to what is being written."""

    __tablename__ = "draft_file"
    report: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))


class ReportFile(Base):
    """A file as it went out with a submission."""

    __tablename__ = "report_file"
    report: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    no: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("file.sha256"), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    __table_args__ = (Index(None, "sha256"),)
