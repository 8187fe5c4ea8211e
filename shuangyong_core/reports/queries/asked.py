"""What many units are asked in one round, with what is typed so far: the ground of bulk 不涉及."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import NotFound, Problem, Problems, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.plans.models import Node, Plan, Round, Target
from shuangyong_core.plans.queries.authority import subtree_of, units_in_reach
from shuangyong_core.reports.models import Draft, Report
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import BUSINESS, require_reader
from shuangyong_core.reports.queries.unit_rounds import UnitRound, list_unit_rounds
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.units.models import Unit

UNKNOWN = "没有这个单位，或者不在您的范围内。"


class RoundUnclear(Refused):
    """More than one round, or none, is open for the targets."""

    message = "请写明哪次报送：这些项目现在开放的有{open}。"
    code = "round_unclear"


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """A unit in a round: what it is asked, and everything typed so far."""

    code: str
    name: str
    items: tuple[RequiredFigure, ...]
    status: Status | None
    version: int
    state: str
    may_write: bool
    is_backfill: bool
    put_off_to: date | None  # 延期: something of it stays open until then
    body: Mapping[str, Any]

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures typed so far."""
        figures = self.body.get("figures")
        return figures if isinstance(figures, Mapping) else {}


@dataclass(frozen=True, slots=True)
class AskedUnits:
    """The units that were named, and what is wrong with the naming."""

    place: Place
    units: tuple[AskedUnit, ...]
    problems: tuple[Problem, ...]


def list_asked(
    session: Session, plan: str, round_code: str, codes: Sequence[str], *, actor: Actor
) -> AskedUnits:
    """This function will find the units by their codes; NotFound without any in reach."""
    wanted = list(dict.fromkeys(codes))
    plan_id = session.scalar(select(Plan.id).where(Plan.code == plan))
    if plan_id is None:
        raise NotFound
    reached = units_in_reach(plan_id, actor, *BUSINESS).where(Node.unit == Unit.id)
    named = select(Unit.id, Unit.code, Unit.name).where(Unit.code.in_(wanted), reached.exists())
    known = {code: (unit, name) for unit, code, name in session.execute(named)}
    problems = [
        Problem("unknown_unit", UNKNOWN, field=mask(code)) for code in wanted if code not in known
    ]
    if not known:
        raise Problems(problems or [Problem("no_units", "没有写是哪些单位。", field="units")])
    place = find_place(session, plan, round_code, next(iter(known)))
    found = list_unit_rounds(session, place, [unit for unit, _ in known.values()], actor=actor)
    asked = {each.code: each for each in _asked(session, place, found)}
    problems += [
        Problem("nothing_due", f"{name}在“{place.round_title}”没有要报的项目。", field=code)
        for code, (_, name) in known.items() if code not in asked
    ]  # fmt: skip
    return AskedUnits(place, tuple(asked[code] for code in sorted(asked)), tuple(problems))


def list_asked_below(session: Session, place: Place, *, actor: Actor) -> tuple[AskedUnit, ...]:
    """This function will list all units under a unit that are asked something in its round."""
    below = units_in_reach(place.plan, actor, *BUSINESS).where(
        Node.unit != place.unit, Node.unit.in_(subtree_of(place.plan, place.unit))
    )
    return tuple(_asked(session, place, list_unit_rounds(session, place, below, actor=actor)))


def list_open_below(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    targets: Sequence[str],
    actor: Actor,
) -> list[str]:
    """This function will give the units under a unit that have said nothing to the targets yet."""
    place = find_place(session, plan, round_code, unit)
    require_reader(session, place, actor)
    return [
        each.code
        for each in list_asked_below(session, place, actor=actor)
        if {item.code for item in each.items} >= set(targets)
        and not any(each.figures.get(code) for code in targets)
    ]


def find_open_round(
    session: Session,
    plan: str,
    codes: Sequence[str],
    *,
    targets: Sequence[str],
    is_below: bool = False,
    at: datetime,
) -> str:
    """This function will give the one round open for these targets now; raises RoundUnclear."""
    today = shanghai_date(at)
    named = select(Unit.id).where(Unit.code.in_(codes))
    if is_below:
        plan_id = session.scalar(select(Plan.id).where(Plan.code == plan)) or 0
        named = subtree_of(plan_id, session.scalar(named) or 0)
    found = session.scalars(
        select(Round.code)
        .distinct()
        .join(Plan, Plan.id == Round.plan)
        .join(DueItem, DueItem.round == Round.id)
        .join(Target, Target.id == DueItem.target)
        .where(Plan.code == plan, Target.code.in_(targets), DueItem.unit.in_(named))
        .where(DueItem.valid_to.is_(None), Round.opens_on <= today, today <= Round.locks_on)
        .order_by(Round.code)
    ).all()
    if len(found) != 1:
        raise RoundUnclear(open=f" {'、'.join(found)}" if found else "零个")
    return found[0]


def _asked(session: Session, place: Place, found: Sequence[UnitRound]) -> list[AskedUnit]:
    units = [each.standing.unit for each in found]
    drafts = select(Report.unit, Draft.body).join(Draft, Draft.report == Report.id)
    here = drafts.where(Report.round == place.round, Report.unit.in_(units))
    bodies: dict[int, Any] = {unit: body for unit, body in session.execute(here)}
    return [
        AskedUnit(
            code=each.standing.code,
            name=each.standing.name,
            items=each.standing.items,
            status=each.standing.status,
            version=each.standing.version,
            state=each.standing.state,
            may_write=each.standing.may_write,
            is_backfill=each.standing.is_backfill,
            put_off_to=each.standing.put_off_to,
            body=bodies.get(each.standing.unit) or {},
        )
        for each in found
    ]
