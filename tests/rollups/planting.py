"""Plants a small year by plain inserts: any two trees, a target for every way of adding up."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from shuangyong_core.assignments import models as assignments
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans import models as plans
from shuangyong_core.units import models as units

LAUNCHED = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
ROUNDS = {1: date(2026, 3, 6), 2: date(2026, 7, 10), 3: date(2026, 12, 10)}
# id: kind, over units, over time
INDICATORS = {
    1: ("count", "sum", "sum"),
    2: ("count", "sum", "latest"),
    3: ("ratio", "ratio", "sum"),
    4: ("ratio", "ratio", "latest"),
    5: ("yes_no", "all_done", "latest"),
    6: ("date", "all_done", "sum"),
    7: ("count", "max", "sum"),
    8: ("date", "latest", "latest"),
    9: ("count", "distinct", "sum"),
    10: ("count", "own", "sum"),
    11: ("text", "none", "latest"),
    12: ("yes_no", "all_done", "latest"),
}
AUTOMATIC = 12
TARGETS = {n: f"T{n:02}" for n in INDICATORS}
Parents = Sequence[int | None]  # of unit 1, 2, 3, …; the parent comes first


PLAN: dict[str, Any] = {
    "id": 1,
    "code": "p",
    "year": 2026,
    "issuer": 1,
    "title": "计划",
    "status": "active",
    "inflation_bp": 10500,
    "created_at": LAUNCHED,
    **dict.fromkeys(("basis", "approved_by", "filing_no"), ""),
    **dict.fromkeys(("lead_workdays", "review_levels", "max_rounds"), 5),
    **dict.fromkeys(
        ("within_acknowledge", "within_decompose", "within_review", "within_correct"), 3
    ),
}


def plant(session: Any, responsibility: Parents, territory: Parents) -> None:
    """Writes units, plan, both trees, assignments, due items and their marks."""
    numbers = range(1, len(responsibility) + 1)
    _units(session, numbers)
    _plan(session)
    _tree(session, numbers, "responsibility", responsibility)
    _tree(session, numbers, "territory", territory)
    _due(session, numbers)


def _units(session: Any, numbers: Iterable[int]) -> None:
    rows = [
        {"id": n, "code": f"9901-{n:03}", "kind": "street", "name": f"单位{n}"} for n in numbers
    ]
    session.execute(insert(units.Unit), rows)


def _plan(session: Any) -> None:
    session.execute(insert(plans.Plan).values(**PLAN))
    for number, due in ROUNDS.items():
        session.execute(
            insert(plans.Round).values(
                id=number,
                plan=1,
                code=f"R{number}",
                title=f"第{number}次",
                due_date=due,
                opens_on=due - timedelta(days=9),
                locks_on=due + timedelta(days=14),
                opens_rule="",
                due_rule="",
                locks_rule="",
                done_rule="",
                is_provisional=False,
            )
        )
    for number, (kind, over_units, over_time) in INDICATORS.items():
        session.execute(
            insert(plans.Indicator).values(
                id=number,
                code=f"i{number}",
                version=1,
                name=f"指标{number}",
                kind=kind,
                display_unit="",
                decimals=0,
                over_units=over_units,
                over_time=over_time,
                hint="",
                parts={},
            )
        )
        session.execute(
            insert(plans.Target).values(id=number, plan=1, code=TARGETS[number], indicator=number)
        )
        automatic = "confirmed" if number == AUTOMATIC else None
        session.execute(
            insert(plans.TargetVersion).values(
                target=number,
                from_version=1,
                title=f"任务{number}",
                heading=1,
                category="双拥活动" if number % 2 else "组织领导",
                goal_kind="none",
                goal_note="示例",
                split="same",
                per="year",
                weight=5,
                automatic=automatic,
                shown_to=[],
                evidence={},
                source="",
                position=number,
            )
        )


def _tree(session: Any, numbers: Iterable[int], tree: str, parents: Parents) -> None:
    paths: dict[int, str] = {}
    siblings: dict[int | None, int] = {}
    for unit, parent in zip(numbers, parents, strict=True):
        siblings[parent] = siblings.get(parent, 0) + 1
        paths[unit] = (paths[parent] if parent else "") + f"{siblings[parent]:05}"
        session.execute(
            insert(plans.Node).values(
                plan=1,
                tree=tree,
                unit=unit,
                from_edition=1,
                parent=parent,
                depth=len(paths[unit]) // 5 - 1,
                path=paths[unit],
            )
        )
    if tree == "responsibility":
        _assign(session, numbers, {parent for parent in parents if parent})


def _assign(session: Any, numbers: Iterable[int], holders: set[int]) -> None:
    for unit, target in itertools.product(numbers, TARGETS):
        holds = unit in holders and target != AUTOMATIC
        session.execute(
            insert(assignments.Assignment).values(
                target=target,
                unit=unit,
                role="hold" if holds else "report",
                version=1,
                hold_status="issued" if holds else None,
                report_status=None if holds else "issued",
            )
        )
    for round_ in ROUNDS:
        session.execute(
            insert(plans.TargetReporter).values(
                target=AUTOMATIC, from_version=1, who="street", round=round_
            )
        )


def _due(session: Any, numbers: Iterable[int]) -> None:
    keys = [
        {"unit": unit, "target": target, "round": round_}
        for unit, target, round_ in itertools.product(numbers, TARGETS, ROUNDS)
    ]
    rows = [
        key
        | {"done_by": ROUNDS[key["round"]], "first_due": ROUNDS[key["round"]]}
        | {"due": ROUNDS[key["round"]], "due_version": 1, "valid_from": LAUNCHED}
        for key in keys
        # Not every unit reports every target in every round.
        if key["target"] != AUTOMATIC and (key["unit"] + key["target"] + key["round"]) % 4
    ]
    session.execute(insert(assignments.DueItem), rows)
    session.execute(insert(Mark), keys)
