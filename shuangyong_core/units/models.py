"""What is kept about a unit: who it is, where it hangs in each tree and since when, its bases."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from shuangyong_core.db import Base, BigId, UtcDateTime, code_text


class Kind(StrEnum):
    """What kind of unit it is; a tree may start at any level."""

    NATION = "nation"  # 全国
    PROVINCE = "province"  # 省
    CITY = "city"  # 市
    DISTRICT = "district"  # 区
    STREET = "street"  # 街道 (official English: subdistrict)
    COMMUNITY = "community"  # 社区
    UNION_FEDERATION = "union_federation"  # 区总工会
    UNION_SUBFEDERATION = "union_subfederation"  # 街道总工会
    GRASSROOTS_UNION = "grassroots_union"  # 基层工会
    MEMBER_UNIT = "member_unit"  # 成员单位
    ARMED_FORCES_DEPT = "armed_forces_dept"  # 人武部


class Tree(StrEnum):
    """The two trees over the same units; they are never added to each other."""

    RESPONSIBILITY = "responsibility"  # 责任关系: who reviews whom
    TERRITORY = "territory"  # 属地关系: where it sits, totals only


class PostKind(StrEnum):
    """Which duty a post (责任人) is: the unit's, whoever stands in it."""

    PRINCIPAL_LEADER = "principal_leader"  # 主要领导
    LEADER_IN_CHARGE = "leader_in_charge"  # 分管领导
    LIAISON = "liaison"  # 联络员


class Unit(Base):
    """A unit (单位): its code is text and never changes its meaning."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(code_text(40), unique=True)
    kind: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(120))
    __table_args__ = (Index(None, "kind"),)


class UnitName(Base):
    """A name that a unit bore until an instant; the name of today stands at the unit."""

    __tablename__ = "unit_name"
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    valid_to: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))


class Post(Base):
    """A duty of a unit, for a time; a person comes to it through a user's grant."""

    __tablename__ = "post"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    kind: Mapped[str] = mapped_column(String(24))
    valid_from: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_to: Mapped[datetime | None] = mapped_column(UtcDateTime)
    __table_args__ = (
        Index(None, "unit", "kind"),
        CheckConstraint("kind IN ('principal_leader', 'leader_in_charge', 'liaison')", name="kind"),
    )


class UnitLink(Base):
    """Under whom a unit hangs in a tree, from one date to another; a root has no parent."""

    __tablename__ = "unit_link"
    tree: Mapped[str] = mapped_column(String(16), primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    valid_to: Mapped[date | None]
    parent: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    __table_args__ = (
        Index(None, "tree", "parent"),
        CheckConstraint("parent IS NULL OR parent <> unit", name="not_itself"),
    )


class SuccessionKind(StrEnum):
    """Why one unit stands where another stood."""

    MERGE = "merge"  # 合并: the old unit is gone, the new one goes on for it
    SPLIT = "split"  # 拆分: the old unit is gone, several go on for it
    SPLIT_OFF = "split_off"  # 析出: the old unit stays, a new one takes a part of it
    ABOLISH = "abolish"  # 撤销: the old unit is gone, nobody goes on for it


class UnitSuccession(Base):
    """Who goes on for a unit since a date (撤并沿革); nobody, when it was abolished outright."""

    __tablename__ = "unit_succession"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    old: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    new: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    date: Mapped[date]
    kind: Mapped[str] = mapped_column(String(12))
    __table_args__ = (
        Index(None, "old"),
        Index(None, "new"),
        CheckConstraint("new IS NULL OR new <> old", name="not_itself"),
        CheckConstraint("kind IN ('merge', 'split', 'split_off', 'abolish')", name="kind"),
    )


class Reorganisation(Base):
    """One reorganisation (组织调整) as it was applied; the same acts again change nothing."""

    __tablename__ = "reorganisation"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # of the acts, not of the file
    file: Mapped[str] = mapped_column(String(160))
    acts: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))


class UnitBase(Base):
    """A base number (基数) of a unit on a date: whole numbers that targets are split by."""

    __tablename__ = "unit_base"
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    unit: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    date: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (CheckConstraint("value >= 0", name="not_negative"),)
