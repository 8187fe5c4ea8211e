"""What is kept: audit entries, their place in the sealed chain, and signed checkpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime


class AuditEntry(Base):
    """One act or one refusal; ids and counts only, never a person's data."""

    __tablename__ = "audit_entry"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(160))
    result: Mapped[str] = mapped_column(String(16))  # done 已办 | refused 已拒绝
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    __table_args__ = (Index(None, "at"), {"sqlite_autoincrement": True})


class AuditSeal(Base):
    """The sealer's chain over committed entries, in the order it found them."""

    __tablename__ = "audit_seal"
    no: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry: Mapped[int] = mapped_column(BigInteger, unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditCheckpoint(Base):
    """A signed statement of the chain's head and length, also kept outside the database."""

    __tablename__ = "audit_checkpoint"
    no: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int] = mapped_column(BigInteger)
    head: Mapped[bytes] = mapped_column(LargeBinary(32))
    signature: Mapped[bytes] = mapped_column(LargeBinary(32))
