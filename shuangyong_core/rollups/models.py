"""What is kept of the fold: leaf states, cells of inner nodes, folds done, and the job lock."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime

# The columns of _Counts: what is added up, level by level.
COUNTS = (
    "expected",
    "reported",
    "accepted",
    "pending",
    "returned",
    "reviewing",
    "on_time",
    "not_involved",
)


class _Counts:
    """How many items are expected and where they stand; each is a plain count."""

    expected: Mapped[int]
    reported: Mapped[int]
    accepted: Mapped[int]
    pending: Mapped[int]
    returned: Mapped[int]
    reviewing: Mapped[int]
    on_time: Mapped[int]
    not_involved: Mapped[int]


class _Value:
    """The folded value, scaled int64; `as_of` orders what is `latest`."""

    numerator: Mapped[int | None] = mapped_column(BigInteger)
    denominator: Mapped[int | None] = mapped_column(BigInteger)
    as_of: Mapped[date | None]
    as_of_code: Mapped[str | None] = mapped_column(String(40))  # ties of `latest` go by unit code


class LeafState(_Counts, _Value, Base):
    """A unit's own state of a target in a round."""

    __tablename__ = "leaf_state"
    unit: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    target: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    round: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    __table_args__ = (Index(None, "target", "round"), {"sqlite_with_rowid": False})


class LeafYtd(_Counts, _Value, Base):
    """A unit's own state of a target in the year: rounds folded by `over_time`."""

    __tablename__ = "leaf_ytd"
    unit: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    target: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    __table_args__ = (Index(None, "target"), {"sqlite_with_rowid": False})


class Cell(_Counts, _Value, Base):
    """An inner node's own state and all below it, for a target in a round."""

    __tablename__ = "cell"
    tree: Mapped[str] = mapped_column(String(16), primary_key=True)
    unit: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    target: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    round: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    within_numerator: Mapped[int | None] = mapped_column(BigInteger)  # 下级合计
    within_denominator: Mapped[int | None] = mapped_column(BigInteger)
    fold: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = ({"sqlite_with_rowid": False},)


class CellYtd(_Counts, _Value, Base):
    """An inner node's own state and all below it, for a target in the year."""

    __tablename__ = "cell_ytd"
    tree: Mapped[str] = mapped_column(String(16), primary_key=True)
    unit: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    target: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    within_numerator: Mapped[int | None] = mapped_column(BigInteger)
    within_denominator: Mapped[int | None] = mapped_column(BigInteger)
    fold: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = ({"sqlite_with_rowid": False},)


class Fold(Base):
    """One fold: when it ran and how many marks it took."""

    __tablename__ = "fold"
    no: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    marks: Mapped[int]


class JobLock(Base):
    """Who may do a job that only one may do at a time."""

    __tablename__ = "job_lock"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    until: Mapped[datetime] = mapped_column(UtcDateTime)
