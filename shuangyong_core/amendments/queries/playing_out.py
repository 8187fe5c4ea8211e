"""What acts on units come to: played on everything concerned, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.amendments.queries.ground import (
    PlanGround,
    plan_ground,
    running_plans,
    unit_trees,
)
from shuangyong_core.amendments.queries.resolve import resolve
from shuangyong_core.amendments.queries.resolved import Resolved
from shuangyong_core.amendments.rules.acts import ActList, Turn
from shuangyong_core.amendments.rules.bases import BaseMove, Place, play_bases
from shuangyong_core.amendments.rules.forest import Forest
from shuangyong_core.amendments.rules.play import Fault, bare, play
from shuangyong_core.errors import Problems, Refused
from shuangyong_core.units.models import Tree
from shuangyong_core.units.queries import latest_bases
from shuangyong_core.units.successions import Standing

MOST_SHOWN = 200


class MayNotReorganise(Refused):
    """Units are reorganised by whoever sends the plan down, or keeps the installation."""

    message = "组织调整由下达计划的单位或系统管理员办理。"
    code = "may_not_reorganise"


@dataclass(slots=True)
class Worked:
    """The acts, the units' trees and the plans as they are afterwards; nothing is written yet."""

    resolved: Resolved
    forests: dict[Tree, Forest]
    standings: dict[Tree, dict[int, Standing]]
    plans: list[PlanGround]
    bases: list[BaseMove]
    bases_since: Mapping[Place, date]  # when the base numbers of today were kept

    def since(self, unit: int) -> date:
        """This function will give the date from which a unit hangs elsewhere."""
        own = next((turn.since for turn in self.resolved.turns if turn.unit == unit), None)
        if own is not None:
            return own
        # It comes along with its superior's merger; or it is new.
        above = [forest.before.get(unit) for forest in self.forests.values()]
        for turn in self.resolved.turns:
            if unit in turn.to or turn.unit in above:
                return turn.since
        return max(turn.since for turn in self.resolved.turns)


def work_out(session: Session, listed: ActList, *, actor: Actor, today: date) -> Worked:
    """This function will play the acts of a file. Raises MayNotReorganise, Problems."""
    is_keeper = actor.is_unlimited or actor.administrator is Role.SYSTEM_ADMIN
    if not (is_keeper or actor.units_with(Role.ISSUER)):
        raise MayNotReorganise
    found = resolve(session, listed, actor=actor, today=today)
    named, emptied = found.named, found.emptied
    forests, standings = unit_trees(session, named, emptied=emptied)
    for turn in found.turns:
        _check_dates(found, turn, standings)
    ground = bare(forests[Tree.RESPONSIBILITY], forests[Tree.TERRITORY])
    _tell(found, play(ground, found.turns))
    known = latest_bases(session, {unit for unit in found.by_id if unit > 0})
    bases, faults = play_bases(found.turns, {place: one.value for place, one in known.items()})
    _tell(found, faults)
    plans = []
    for plan in running_plans(session) if found.turns else ():
        one = plan_ground(session, plan, named, emptied=emptied, today=today)
        if one is not None:
            _may_change(found, one, actor, is_keeper=is_keeper)
            turns = list(_turns_in(found, one))
            _tell(found, play(one.ground, turns))
            plans += [one] if turns else []
    if found.problems:
        unique = dict.fromkeys(found.problems)
        raise Problems(sorted(unique, key=lambda each: each.row or 0)[:MOST_SHOWN])
    since = {place: one.date for place, one in known.items()}
    return Worked(found, forests, standings, plans, bases, since)


def _check_dates(found: Resolved, turn: Turn, standings: dict[Tree, dict[int, Standing]]) -> None:
    began = [rows[turn.unit].since for rows in standings.values() if turn.unit in rows]
    if began and max(began) > turn.since:
        said = f"生效日期早于现在隶属关系的起始日 {max(began)}，请核对。"
        found.wrong(turn.row, "effective", "too_early", said, turn.since.isoformat())


def _may_change(found: Resolved, one: PlanGround, actor: Actor, *, is_keeper: bool) -> None:
    row = found.turns[0].row
    if one.plan.status == "launching":
        found.wrong(row, "code", "launching", f"计划“{one.plan.title}”正在下达，请等下达完再办。")
    if not is_keeper and one.plan.issuer not in actor.units_with(Role.ISSUER):
        said = f"这些单位在“{one.plan.title}”里，要由下达这份计划的单位办理。"
        found.wrong(row, "code", "another_issuer", said)


def _turns_in(found: Resolved, one: PlanGround) -> Iterable[Turn]:
    """The acts as a plan goes through them: only on units it has, never out of its branch."""
    tree, sites = one.ground.forests
    inside = set(tree.parent)
    for turn in found.turns:
        if turn.unit not in inside:
            continue
        inside |= {unit for unit in turn.to if unit < 0}
        outside = [unit for unit in turn.to if unit not in inside]
        if turn.unit == one.plan.issuer:
            if not turn.stays:
                said = f"它是计划“{one.plan.title}”的下达单位，年度内不能撤并。"
                found.wrong(turn.row, "code", "issuer", said)
        elif outside:
            said = f"去向不在计划“{one.plan.title}”的范围内，请核对编码。"
            found.wrong(turn.row, "to", "outside_plan", said)
        elif turn.territory is not None and turn.territory not in sites:
            # As when the plan was frozen: what sits outside hangs under the issuer.
            yield replace(turn, territory=one.plan.issuer)
        else:
            yield turn


def _tell(found: Resolved, faults: Sequence[Fault]) -> None:
    for fault in faults:
        found.wrong(fault.row, fault.key, fault.code, fault.message)
