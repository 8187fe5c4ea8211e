"""A district's year by plain inserts: 14 streets, 10 communities each, 255 unions, 25 targets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import Engine, insert

from shuangyong_core import db
from shuangyong_core.assignments.models import Assignment, DueItem, Quota
from shuangyong_core.plans.models import Indicator, Node, Plan, Round, Target, TargetVersion
from shuangyong_core.reports.models import Acceptance, Figure, Report, Submission
from shuangyong_core.units.models import Unit

AT = datetime(2026, 7, 1, tzinfo=UTC)
DUES = [date(2026, *day) for day in ((3, 6), (7, 10), (8, 7), (10, 15), (12, 10))]
OVER = ("sum", "ratio", "all_done", "max", "latest")
TARGETS = range(1, 26)
STREETS, COMMUNITIES, UNIONS = 14, 10, 255
DAYS = ("lead_workdays", "review_levels", "max_rounds", "within_acknowledge", "within_decompose",
        "within_review", "within_correct")  # fmt: skip


def plant(
    engine: Engine,
    *,
    streets: int = STREETS,
    communities: int = COMMUNITIES,
    unions: int = UNIONS,
) -> list[int]:
    """This function will write the year, three of five rounds accepted; gives the leaf units."""
    parents = _parents(streets, communities, unions)
    leaves = [unit for unit in parents if unit not in parents.values()]
    with db.write(engine) as session:
        units = [{"id": n, "code": f"990106{n:04}", "name": f"单位{n}"} for n in parents]
        session.execute(insert(Unit).values(kind="community"), units)
        _plan(session)
        session.execute(insert(Node), _nodes(parents))
        given = [{"target": t, "unit": u} for t, u in product(TARGETS, parents)]
        held = {"role": "report", "report_status": "issued", "version": 1}
        session.execute(insert(Assignment), [key | held for key in given])
        quota = {"valid_from": AT, "held": 10, "own": 0, "state": "automatic"}
        quota |= {"source": "default", "reason": ""}
        session.execute(insert(Quota), [key | quota for key in given])
        _reports(session, leaves)
    return leaves


def _parents(streets: int, communities: int, unions: int) -> dict[int, int | None]:
    parents: dict[int, int | None] = {1: None}
    federation = streets + 2
    parents |= dict.fromkeys(range(2, federation + 1), 1)
    for street in range(2, federation):
        first = len(parents) + 1
        parents |= dict.fromkeys(range(first, first + communities), street)
    first = len(parents) + 1
    return parents | dict.fromkeys(range(first, first + unions), federation)


def _nodes(parents: dict[int, int | None]) -> list[dict[str, Any]]:
    paths: dict[int, str] = {}
    for unit, parent in parents.items():
        paths[unit] = (paths[parent] if parent else "") + f"{unit:05}"
    trees = product(("responsibility", "territory"), parents.items())
    head = {"plan": 1, "from_edition": 1}
    return [
        head
        | {"tree": tree, "unit": unit, "parent": parent, "path": paths[unit]}
        | {"depth": len(paths[unit]) // 5 - 1}
        for tree, (unit, parent) in trees
    ]


def _plan(session: Any) -> None:
    words = dict.fromkeys(("basis", "approved_by", "filing_no"), "")
    head = {"id": 1, "code": "bench", "year": 2026, "issuer": 1, "title": "计划"}
    more = {"status": "active", "inflation_bp": 10500, "created_at": AT}
    session.execute(insert(Plan).values(**head, **more, **words, **dict.fromkeys(DAYS, 3)))
    rules = dict.fromkeys(("opens_rule", "due_rule", "locks_rule", "done_rule"), "")
    rounds = [
        {"id": n, "plan": 1, "code": f"R{n}", "title": f"R{n}", "due_date": due}
        | {"opens_on": due - timedelta(9), "locks_on": due + timedelta(14)}
        for n, due in enumerate(DUES, 1)
    ]
    session.execute(insert(Round).values(is_provisional=False, **rules), rounds)
    for n in TARGETS:
        _target(session, n, OVER[n % len(OVER)])


def _target(session: Any, n: int, over_units: str) -> None:
    measure = {"kind": "ratio" if over_units == "ratio" else "count", "decimals": 0}
    measure |= {"over_units": over_units, "over_time": "latest", "parts": {}}
    words = {"display_unit": "", "hint": ""}
    name = {"id": n, "code": f"i{n}", "version": 1, "name": f"i{n}"}
    session.execute(insert(Indicator).values(**name, **measure, **words))
    session.execute(insert(Target).values(id=n, plan=1, code=f"T{n}", indicator=n))
    content = {"target": n, "from_version": 1, "title": f"T{n}", "category": f"类别{n % 6}"}
    content |= {"goal_kind": "total", "goal": 100, "goal_note": "", "split": "same"}
    content |= {"per": "year", "weight": 5, "shown_to": [], "evidence": {}, "source": ""}
    session.execute(insert(TargetVersion).values(heading=1, position=n, **content))


def _reports(session: Any, leaves: list[int]) -> None:
    reports = [
        {"id": n, "unit": unit, "round": round_}
        for n, (unit, round_) in enumerate(product(leaves, (1, 2, 3)), 1)
    ]
    session.execute(insert(Report).values(status="accepted", version=1, latest_no=1), reports)
    sent = {"no": 1, "at": AT, "actor": "user:1", "on_behalf": False, "channel": "script"}
    sent |= {"body_hash": "0", "note": "", "normalised": []}
    session.execute(insert(Submission), [{"report": row["id"]} | sent for row in reports])
    accepted = {"no": 1, "accepted_at": AT, "accepted_by": "user:1"}
    session.execute(insert(Acceptance), [{"report": row["id"]} | accepted for row in reports])
    figure = {"no": 1, "state": "reported", "numerator": 7, "denominator": 9}
    keys = [{"report": row["id"], "indicator": n} for row in reports for n in TARGETS]
    session.execute(insert(Figure), [key | figure for key in keys])
    items = [
        {"unit": unit, "target": n, "round": round_}
        | dict.fromkeys(("done_by", "first_due", "due"), DUES[round_ - 1])
        for unit, n, round_ in product(leaves, TARGETS, range(1, len(DUES) + 1))
    ]
    session.execute(insert(DueItem).values(due_version=1, valid_from=AT), items)
