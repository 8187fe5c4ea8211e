"""A plan that is being written in the browser: its body as it was typed, right or wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class PlanDraft(Base):
    """A draft of a plan (计划草稿): becomes the plan of its code when it is published."""

    __tablename__ = "plan_draft"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    issuer: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(JSON)  # what a plan file holds, as text
    origin: Mapped[str] = mapped_column(String(160))  # the plan or the file it began from
    version: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))  # who saved it last
    # 调整: the version of the running plan that it began from; it is open while that stands.
    amends: Mapped[int | None]
