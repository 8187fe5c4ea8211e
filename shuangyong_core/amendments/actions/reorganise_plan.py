"""Writes a reorganisation to one running plan: an edition, quotas, duties, items and marks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.amendments.queries.ground import PlanGround
from shuangyong_core.amendments.queries.playing_out import Worked
from shuangyong_core.amendments.rules.forest import Forest
from shuangyong_core.assignments.actions.hand_over import (
    Given,
    end_items,
    give_duties,
    give_items,
    put_quotas,
    reopen_items,
    withdraw_from,
)
from shuangyong_core.errors import Refused
from shuangyong_core.marks.actions import mark
from shuangyong_core.plans.actions.new_edition import hang_nodes, hush_nodes, open_edition
from shuangyong_core.reports.actions.drop_counts import drop_counts
from shuangyong_core.rollups.actions.mark_moved import mark_moved, mark_own
from shuangyong_core.rollups.queries.facts_of import sum_facts
from shuangyong_core.units.models import Tree

NOTE = "组织调整"
Ids = Mapping[int, int]


class FactsLost(Refused):
    """The sums after the act are not those before it: it is undone as a whole."""

    message = "调整前后的合计不一致，什么都没有写入。请把文件交给系统管理员查明原因。"
    code = "facts_lost"


def reorganise_plan(
    session: Session, worked: Worked, one: PlanGround, *, ids: Ids, actor: Actor, at: datetime
) -> None:
    """This function will bring a plan to what was worked out for it. Raises FactsLost."""
    plan, ground = one.plan, one.ground
    units = {*one.concerned, *ids.values()}
    before = [sum_facts(session, plan.id, units, tree=tree) for tree in Tree]
    effective = max(turn.since for turn in worked.resolved.turns)
    edition = open_edition(session, plan.id, effective=effective, at=at)
    forests = {Tree.RESPONSIBILITY: ground.responsibility, Tree.TERRITORY: ground.territory}
    for tree, forest in forests.items():
        parents = {
            ids.get(unit, unit): ids.get(parent, parent)
            for unit in sorted(
                [*forest.moved(), *forest.added], key=lambda unit: len(forest.line(unit))
            )
            if (parent := forest.parent[unit]) is not None
        }
        hang_nodes(session, plan.id, tree=tree, edition=edition, parents=parents)
        hush_nodes(session, plan.id, tree=tree, edition=edition, units=forest.hushed)
    _write_quotas(session, one, ids, at)
    _write_duties(session, one, ids, actor=actor, at=at)
    _write_items(session, one, ids, at)
    for tree, forest in forests.items():
        _mark_tree(session, plan.id, tree, forest, ids)
    after = [sum_facts(session, plan.id, units, tree=tree) for tree in Tree]
    if before != after:
        raise FactsLost


def _write_quotas(session: Session, one: PlanGround, ids: Ids, at: datetime) -> None:
    changed = [
        ((ids.get(unit, unit), target), row.held, row.own, row.reason)
        for (unit, target), _, row in one.ground.ledger.changed()
    ]
    put_quotas(session, changed, now=one.quotas, at=at)


def _write_duties(
    session: Session, one: PlanGround, ids: Ids, *, actor: Actor, at: datetime
) -> None:
    duties = one.ground.duties
    changed = [
        ((ids.get(unit, unit), target), duty.holds, duty.reports)
        for (unit, target), _, duty in duties.changed()
    ]
    give_duties(session, changed, actor=actor, at=at, note=NOTE)
    if duties.gone:
        withdraw_from(session, one.plan.id, duties.gone, actor=actor, at=at, note=NOTE)
        drop_counts(session, one.plan.id, duties.gone, at=at)


def _write_items(session: Session, one: PlanGround, ids: Ids, at: datetime) -> None:
    duties = one.ground.duties
    ended = [(unit, *asked) for unit, asked in duties.withdrawn]
    again = [(unit, *asked) for unit, asked in duties.reopened]
    given = [
        Given(ids.get(unit, unit), *asked, item.done_by, item.first_due, item.due, item.is_backfill)
        for (unit, asked), item in duties.given.items()
    ]
    end_items(session, ended, at=at)
    reopen_items(session, again, at=at)
    give_items(session, given, at=at)
    mark(session, [*ended, *again, *((new.unit, new.target, new.round) for new in given)])


def _mark_tree(session: Session, plan: int, tree: Tree, forest: Forest, ids: Ids) -> None:
    own: set[int] = set(forest.hushed)
    for unit in forest.moved():
        under = {forest.before[unit], forest.parent[unit]} - {None}
        places = sorted(ids.get(above, above) for above in under if above is not None)
        mark_moved(session, plan, tree=tree, unit=unit, under=places)
        own |= set(places)
    added = [parent for unit in forest.added if (parent := forest.parent[unit]) is not None]
    mark_own(session, plan, own | {ids.get(unit, unit) for unit in added})
