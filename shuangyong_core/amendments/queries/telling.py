"""A preview put together: what the plan says otherwise, and what follows for units and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.amendments.queries.before import due_before
from shuangyong_core.amendments.rules.preview import (
    Figures,
    Preview,
    RoundChange,
    SetAside,
    TargetChange,
    UnitChange,
    Wanted,
)
from shuangyong_core.amendments.rules.sealing import seal_of
from shuangyong_core.amendments.rules.telling import (
    Measure,
    head_changes,
    round_changes,
    target_changes,
)
from shuangyong_core.plans.models import Indicator, Plan
from shuangyong_core.plans.queries.known import get_unit_list
from shuangyong_core.plans.rules.amending import PlanDiff, TargetDiff
from shuangyong_core.plans.rules.units_under import UnitsUnder, see_from
from shuangyong_core.units.rules import UnitList

NO_FIGURES = Figures()


@dataclass(frozen=True, slots=True)
class Told:
    """What was found while the amendment was worked out."""

    diff: PlanDiff
    units: tuple[UnitChange, ...]
    aside: Sequence[SetAside]
    before: Mapping[str, Figures]
    after: Mapping[str, Figures]
    warnings: tuple[str, ...]


def tell(session: Session, plan: Plan, wanted: Wanted, told: Told, *, no: int) -> Preview:
    """This function will put the preview together."""
    issuer = wanted.text.head.issuer
    under = see_from(issuer, get_unit_list(session) or UnitList("", ()))
    measures = _measures(session)
    due = sum(due_before(session).values())
    added = sum(one.due_after - one.due_before for one in told.units)
    kept = told.after.values()
    return Preview(
        plan=plan.code,
        title=plan.title,
        version=no - 1,
        next_version=no,
        reason=wanted.reason,
        head=head_changes(told.diff),
        rounds=tuple(
            RoundChange(one.code, _title(one.becomes or one.was), one.sign, round_changes(one))
            for one in told.diff.rounds
        ),
        targets=tuple(
            _target(one, told, wanted, measures[one.content["indicator"]], under)
            for one in told.diff.targets
        ),
        units=told.units,
        due_before=due,
        due_after=due + added,
        accepted=sum(one.accepted for one in kept),
        pending=sum(one.pending for one in kept),
        warnings=told.warnings,
        seal=seal_of(no - 1, told.units, told.aside, wanted=repr(told.diff)),
    )


def _target(
    diff: TargetDiff, told: Told, wanted: Wanted, measure: Measure, under: UnitsUnder | None
) -> TargetChange:
    touched = [
        unit
        for unit in told.units
        if diff.code in {*(q.target for q in unit.quotas), *(i.target for i in unit.items)}
    ]
    return TargetChange(
        code=diff.code,
        title=_title(diff.content),
        sign=diff.sign,
        display_unit=measure.display_unit,
        fields=target_changes(diff, measure, was_under=under) if under else (),
        units=len(touched),
        confirms=sum(diff.code in unit.confirms for unit in told.units),
        before=told.before.get(diff.code, NO_FIGURES),
        after=told.after.get(diff.code, NO_FIGURES),
        set_aside=tuple(one for one in told.aside if one.target == diff.code),
        why_aside=wanted.set_aside.get(diff.code, ""),
    )


def _measures(session: Session) -> dict[str, Measure]:
    rows = session.execute(
        select(Indicator.code, Indicator.display_unit, Indicator.decimals).order_by(
            Indicator.version
        )
    )
    return {code: Measure(unit, decimals) for code, unit, decimals in rows}


def _title(row: Mapping[str, object] | None) -> str:
    return str((row or {}).get("title", ""))
