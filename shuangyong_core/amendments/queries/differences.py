"""Unit by unit, what an amendment just worked out changes: quotas, items, what to confirm."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.amendments.queries.before import Key, codes_of, due_before, item_changes
from shuangyong_core.amendments.rules.preview import ItemChange, QuotaChange, UnitChange
from shuangyong_core.assignments.actions.moving import Pair
from shuangyong_core.assignments.models import Quota
from shuangyong_core.plans.models import Indicator, Node, Plan, Target
from shuangyong_core.units.models import Tree, Unit


def unit_changes(
    session: Session, plan: Plan, *, confirms: Collection[Pair], at: datetime
) -> tuple[UnitChange, ...]:
    """This function will list every unit that something changes for, in the order of the tree."""
    quotas, items = _quota_changes(session, plan, at=at), item_changes(session, plan)
    codes, due = codes_of(session, plan), due_before(session)
    asked: dict[int, list[str]] = {}
    for target, unit in sorted(confirms, key=lambda pair: codes[pair[0]]):
        asked.setdefault(unit, []).append(codes[target])
    touched = {unit for unit, _ in (*quotas, *items)} | asked.keys()
    quotas_of, items_of = _by_unit(quotas), _by_unit(items)
    return tuple(
        UnitChange(
            unit=row.id,
            code=row.code,
            name=row.name,
            kind=row.kind,
            depth=row.depth,
            path=row.path,
            quotas=tuple(quotas_of.get(row.id, ())),
            items=tuple(items_of.get(row.id, ())),
            confirms=tuple(asked.get(row.id, ())),
            due_before=due.get(row.id, 0),
            due_after=due.get(row.id, 0) + sum(map(_balance, items_of.get(row.id, ()))),
        )
        for row in _places(session, plan)
        if row.id in touched
    )


def _quota_changes(session: Session, plan: Plan, *, at: datetime) -> dict[Key, QuotaChange]:
    now, was = aliased(Quota), aliased(Quota)
    begun = _quotas(plan, now).where(now.valid_from == at, now.valid_to.is_(None))
    ended = _quotas(plan, was).where(was.valid_to == at)
    found: dict[Key, dict[str, Any]] = {}
    for name, chosen in (("", ended), ("new_", begun)):
        for unit, target, code, decimals, held, own in session.execute(chosen):
            change = found.setdefault((unit, target), {"target": code, "decimals": decimals})
            change |= {f"{name}held": held, f"{name}own": own}
    blank: dict[str, Any] = dict.fromkeys(("held", "own", "new_held", "new_own"))
    return {key: QuotaChange(**(blank | change)) for key, change in found.items()}


def _quotas(plan: Plan, quota: Any) -> Any:
    return (
        select(quota.unit, quota.target, Target.code, Indicator.decimals, quota.held, quota.own)
        .join(Target, Target.id == quota.target)
        .join(Indicator, Indicator.id == Target.indicator)
        .where(Target.plan == plan.id)
    )


def _places(session: Session, plan: Plan) -> Sequence[Any]:
    tree = Node.tree == str(Tree.RESPONSIBILITY)
    return session.execute(
        select(Unit.id, Unit.code, Unit.name, Unit.kind, Node.depth, Node.path)
        .join(Node, and_(Node.unit == Unit.id, Node.plan == plan.id, tree))
        .where(Node.to_edition.is_(None))
        .order_by(Node.path)
    ).all()


def _by_unit(changes: Mapping[Key, Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for (unit, _), change in sorted(changes.items(), key=lambda pair: pair[1].target):
        found.setdefault(unit, []).append(change)
    return found


def _balance(item: ItemChange) -> int:
    return item.added - item.withdrawn
