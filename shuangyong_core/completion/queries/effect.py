"""What granting a request would change, item by item, before anybody decides."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.ask_request import latest_day
from shuangyong_core.assignments.models import DueItem, Quota
from shuangyong_core.assignments.queries.coming_back import (
    Pause,
    added_items,
    find_pause,
    lapsed_items,
    paused_items,
)
from shuangyong_core.assignments.queries.item_dates import dates_today, earliest_due
from shuangyong_core.assignments.queries.requests import RequestRow
from shuangyong_core.assignments.queries.unfulfilled import list_unfulfilled
from shuangyong_core.assignments.rules.requests import Kind
from shuangyong_core.clock import shanghai_date
from shuangyong_core.completion.queries.reported import is_reported
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import Indicator, Node, Plan, Round, Target, TargetVersion
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.units.models import Tree, Unit

_item = table_of(DueItem)


@dataclass(frozen=True, slots=True)
class ItemEffect:
    """One due item as it is now and as it would be; `then` is nothing: it falls due no more."""

    unit: int
    unit_code: str
    unit_name: str
    target_code: str
    target_title: str
    round_code: str
    round_title: str
    first_due: date
    due: date
    then: date | None
    is_reported: bool
    is_late: bool  # past its date and not reported, as it is now
    is_late_then: bool


@dataclass(frozen=True, slots=True)
class QuotaEffect:
    """What the holder above has 未落实, before and after; values are scaled by `decimals`."""

    holder_code: str
    holder_name: str
    target_code: str
    held: int  # the unit's own quota
    before: int
    after: int
    decimals: int
    display_unit: str


@dataclass(frozen=True, slots=True)
class Effect:
    """All that a grant would change."""

    items: tuple[ItemEffect, ...]
    units: int
    quota: QuotaEffect | None
    seal: str

    @property
    def changing(self) -> list[ItemEffect]:
        """The items that change; what is reported keeps counting when a unit is let off."""
        return [item for item in self.items if item.then != item.due]

    @property
    def kept(self) -> int:
        """How many items stay as they are, for they are reported."""
        return len(self.items) - len(self.changing)

    @property
    def late_before(self) -> int:
        """How many items are late now."""
        return sum(item.is_late for item in self.items)

    @property
    def late_after(self) -> int:
        """How many would still be."""
        return sum(item.is_late_then for item in self.items)


def effect_of(session: Session, plan: Plan, asked: RequestRow, *, at: datetime) -> Effect:
    """This function will say what granting a request would change, as things stand now."""
    today = shanghai_date(at)
    is_back, latest = asked.kind is Kind.RESUMPTION, latest_day(session, plan)
    place = (asked.unit, asked.target or 0)
    pause = find_pause(session, plan, *place, latest=latest) if is_back else None
    items = [
        _effect(asked, row, pause=pause, today=today)
        for statement in _statements(plan, asked, pause)
        for row in session.execute(statement)
    ]
    quota = None if asked.kind is Kind.EXTENSION else _quota(session, plan, asked)
    seal = zlib.crc32(repr((items, quota)).encode())
    return Effect(tuple(items), len({item.unit for item in items}), quota, f"{seal:08x}")


def _effect(asked: RequestRow, row: Any, *, pause: Pause | None, today: date) -> ItemEffect:
    first_due, due, is_there, is_backfill, dated = row[7:]
    then = _then(asked, due=due, dated=dated, is_there=is_there, pause=pause, today=today)
    is_owed = not (is_there or is_backfill)
    is_late_then = is_owed and then is not None and then < today
    is_late = is_owed and pause is None and due < today
    facts: tuple[Any, ...] = (first_due, due, then, is_there, is_late, is_late_then)
    return ItemEffect(*(*row[:7], *facts))


def _then(
    asked: RequestRow, *, due: date, dated: date, is_there: bool, pause: Pause | None,
    today: date,
) -> date | None:  # fmt: skip
    if asked.kind is Kind.EXTENSION:
        return max(due, asked.until or due)
    if pause is None:
        return due if is_there else None
    return pause.new_due(dated, resumed=today)


def _statements(plan: Plan, asked: RequestRow, pause: Pause | None) -> Iterator[Any]:
    """The items there are; with a pause those too that an amendment asks for since."""
    dated = dates_today().due if pause else _item.c.due
    yield _items(_item, is_reported(), dated).where(*_where(plan, asked, pause))
    if pause is not None and pause.asked_by:
        added = added_items(pause).subquery("added")
        first = func.coalesce(earliest_due(added.c), added.c.due)
        yield _items(added, literal(False), first)


def _items(item: Any, is_there: Any, dated: Any) -> Any:
    version = and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None))
    columns: tuple[Any, ...] = (
        Unit.id, Unit.code, Unit.name, Target.code, TargetVersion.title, Round.code, Round.title,
        item.c.first_due, item.c.due, is_there, item.c.is_backfill, dated,
    )  # fmt: skip
    return (
        select(*columns)
        .select_from(item)
        .join(Unit, Unit.id == item.c.unit)
        .join(Target, Target.id == item.c.target)
        .join(TargetVersion, version)
        .join(Round, Round.id == item.c.round)
        .order_by(Unit.code, Round.due_date, TargetVersion.position)
    )


def _where(plan: Plan, asked: RequestRow, pause: Pause | None) -> Sequence[ColumnElement[bool]]:
    if asked.kind is Kind.EXTENSION:
        where = [_item.c.unit == asked.unit, _item.c.round == asked.round]
        where.append(_item.c.valid_to.is_(None))
        return where if asked.target is None else [*where, _item.c.target == asked.target]
    target = asked.target or 0
    if asked.kind is Kind.RESUMPTION:
        if pause is None:
            return [false()]
        return [or_(paused_items(pause), lapsed_items(pause))]
    units = subtree_of(plan.id, asked.unit)
    return [_item.c.target == target, _item.c.unit.in_(units), _item.c.valid_to.is_(None)]


def _quota(session: Session, plan: Plan, asked: RequestRow) -> QuotaEffect | None:
    """What the unit holds becomes 未落实 at whoever splits it, or stops being so."""
    target = asked.target or 0
    tree = Node.tree == str(Tree.RESPONSIBILITY)
    row = session.execute(
        select(Node.parent, Unit.code, Unit.name, Target.code, Quota.held,
               Indicator.decimals, Indicator.display_unit)
        .select_from(Quota)
        .join(Node, and_(Node.unit == Quota.unit, Node.plan == plan.id, tree))
        .join(Unit, Unit.id == Node.parent)
        .join(Target, Target.id == Quota.target)
        .join(Indicator, Indicator.id == Target.indicator)
        .where(Quota.target == target, Quota.unit == asked.unit, Quota.valid_to.is_(None))
        .where(Node.to_edition.is_(None))
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    parent, code, name, target_code, held, decimals, display_unit = row
    aside = list_unfulfilled(session, plan, unit=parent, target=target)
    others = sum(each.held for each in aside if each.unit != asked.unit)
    before = sum(each.held for each in aside)
    after = others if asked.kind is Kind.RESUMPTION else others + held
    return QuotaEffect(code, name, target_code, held, before, after, decimals, display_unit)
