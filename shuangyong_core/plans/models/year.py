"""The plan's year in rounds, and its two trees as frozen nodes with paths for subtree filters."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.before import was_table
from shuangyong_core.db import Base, BigId, UtcDateTime, code_text

LEVEL = 5  # digits of a path for each level
LONGEST_PATH = 60
# Longer than any path and greater than any digits under it, whatever the order: with a path
# it bounds the subtree.
LAST_BELOW = "9" * LONGEST_PATH


class Round(Base):
    """A named round (报送): planned, open and closed follow from its dates, no flow needed."""

    __tablename__ = "round"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    code: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(60))
    opens_on: Mapped[date]
    due_date: Mapped[date]  # 报送时限
    locks_on: Mapped[date]
    done_by: Mapped[date | None]  # 办理时限
    # The rules the dates came from: what is recomputed when a holiday notice is loaded.
    opens_rule: Mapped[str] = mapped_column(String(40))
    due_rule: Mapped[str] = mapped_column(String(40))
    locks_rule: Mapped[str] = mapped_column(String(40))
    done_rule: Mapped[str] = mapped_column(String(40))
    is_provisional: Mapped[bool]  # 暂定: the holiday notice of a date's year is not out yet
    closed_edition: Mapped[int | None]
    # 免去: an amendment took it out of the plan; the row stays for what was due in it.
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (UniqueConstraint("plan", "code"),)


# What a round was before its dates moved.
ROUND_WAS = was_table(Round)


class Node(Base):
    """A unit's place in a tree of a plan, from one edition to another.

    It stands from `from_edition` on, and no longer in `to_edition`.
    """

    __tablename__ = "node"
    plan: Mapped[int] = mapped_column(ForeignKey("plan.id"), primary_key=True)
    tree: Mapped[str] = mapped_column(String(16), primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    from_edition: Mapped[int] = mapped_column(primary_key=True)
    to_edition: Mapped[int | None]
    parent: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    depth: Mapped[int]
    path: Mapped[str] = mapped_column(code_text(LONGEST_PATH))
    # 已撤并: it stays where its successor stands, with its figures, and is given nothing more.
    is_silent: Mapped[bool] = mapped_column(default=False, server_default=false())
    __table_args__ = (
        # With the edition it answers "what is under it" alone; SQLite without statistics would
        # otherwise read the whole tree for every node.
        Index(None, "plan", "tree", "parent", "to_edition"),
        Index(None, "plan", "tree", "path"),
        Index(None, "unit"),
        {"sqlite_with_rowid": False},
    )
