"""What the figures of a round were used for, as the office told those who reported them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class RoundUse(Base):
    """One telling of a round's use (用途); the latest is shown, earlier ones stay as they were."""

    __tablename__ = "round_use"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round: Mapped[int] = mapped_column(ForeignKey("round.id"))
    text: Mapped[str] = mapped_column(String(200))
    ref: Mapped[str] = mapped_column(String(80))  # 文号: the paper it went into; empty for none
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    __table_args__ = (Index(None, "round"),)
