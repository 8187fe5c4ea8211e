"""What is kept about a file: its address is its hash, its bytes lie in the data folder."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, UtcDateTime


class File(Base):
    """A stored file: jpg, png or pdf."""

    __tablename__ = "file"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    media_type: Mapped[str] = mapped_column(String(40))
    taken_date: Mapped[date | None]  # 拍摄日期: all that is left of a photo's EXIF
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
