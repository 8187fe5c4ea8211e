"""The street of the report tests with a community for each case, and who reports for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actions import add_user, create_token
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.assignments.models import Assignment, DueItem
from shuangyong_core.plans.models import Indicator, Node, Target, TargetVersion
from shuangyong_core.reports.models import Figure, FigureKey, Report, Submission
from shuangyong_core.units.models import Kind, Tree, Unit
from tests.reports.place import GOOD as OF_STREET
from tests.reports.place import ROUNDS, STREET, TARGETS, build_street

PLAN, ROUND, TODAY = "linjiang-2026", "R2", date(2026, 7, 8)
AT = datetime(2026, 7, 8, 1, 0, tzinfo=UTC)
BUILT_AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
OPERATOR = Actor("operator", "corpus", "操作员")
STREET_CLERK = Actor("user", 2, "江滨街道填报岗", (Grant(2, Role.REPORTER),))
LOGIN, PASSWORD = "corpus", "jun-min-yi-jia-qin"
FIRST = 100  # the id of the first community
MORE = {
    7: ("C03", "走访优抚对象", "count", "户", 0),
    8: ("G09", "典型做法", "text", "", 0),
    9: ("S01", "自评得分", "score", "分", 1),
}
GOOD: dict[str, Any] = OF_STREET | {
    "C03": {"value": "6"},
    "G09": {"text": "军地共建"},
    "S01": {"score": "8.5"},
}
INDICATOR_OF = {kept[0]: number for number, kept in (TARGETS | MORE).items()}


@dataclass(frozen=True)
class World:
    """A database with a community a case; the secret of the street's token."""

    engine: Engine
    token: str


def unit_of(number: int) -> str:
    """This function will give the community that reports the case of a number."""
    return f"{STREET}{number + 100}"


def build(engine: Engine, *, units: int) -> World:
    """This function will build the street, its communities and their items, all due in R2."""
    build_street(engine, BUILT_AT)
    with db.write(engine) as session:
        _targets(session)
        _units(session, units)
        add_user(session, LOGIN, name="街道联络员", password=PASSWORD,
                 roles=[(STREET, Role.REPORTER)], actor=OPERATOR, at=BUILT_AT)  # fmt: skip
        token = create_token(session, unit=STREET, role=Role.REPORTER, label="corpus",
                             actor=OPERATOR, at=BUILT_AT)  # fmt: skip
    return World(engine, token)


def _targets(session: Session) -> None:
    for number, (code, title, kind, unit, decimals) in MORE.items():
        session.execute(
            insert(Indicator).values(
                id=number, code=code.lower(), version=1, name=title, kind=kind, display_unit=unit,
                decimals=decimals, over_units="sum" if kind == "count" else "own",
                over_time="latest", hint="", parts={},
            )
        )  # fmt: skip
        session.execute(insert(Target).values(id=number, plan=1, code=code, indicator=number))
        session.execute(
            insert(TargetVersion).values(
                target=number, from_version=1, title=title, category="双拥活动", heading=3,
                goal_kind="none", goal=0, goal_note="", split="same", per="year", weight=1,
                shown_to=[], evidence={}, source="P2 三3", position=number,
            )
        )  # fmt: skip


def _units(session: Session, count: int) -> None:
    ids = range(FIRST, FIRST + count)
    due = ROUNDS[2][3]
    session.execute(
        insert(Unit),
        [{"id": id_, "code": unit_of(id_ - FIRST), "kind": Kind.COMMUNITY,
          "name": f"第{id_}社区"} for id_ in ids],
    )  # fmt: skip
    session.execute(
        insert(Node),
        [{"plan": 1, "tree": tree, "unit": id_, "from_edition": 1, "parent": 2, "depth": 2,
          "path": f"0000100001{id_:05}"} for id_ in ids for tree in Tree],
    )  # fmt: skip
    session.execute(
        insert(Assignment),
        [{"target": target, "unit": id_, "role": "report", "report_status": "issued",
          "version": 1} for id_ in ids for target in INDICATOR_OF.values()],
    )  # fmt: skip
    session.execute(
        insert(DueItem),
        [{"target": target, "unit": id_, "round": 2, "done_by": due, "first_due": due, "due": due,
          "due_version": 1, "valid_from": BUILT_AT}
         for id_ in ids for target in INDICATOR_OF.values()],
    )  # fmt: skip


def kept(engine: Engine) -> dict[str, dict[str, tuple[Any, ...]]]:
    """This function will give what is counted: unit → target → its figure, aliases and all."""
    code_of = {number: code for code, number in INDICATOR_OF.items()}
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    with db.read(engine) as session:
        rows = session.execute(
            select(Unit.code, Figure)
            .join(Report, Report.id == Figure.report)
            .join(Unit, Unit.id == Report.unit)
        ).all()
        keys: dict[tuple[int, int, int], list[str]] = {}
        for key in session.scalars(select(FigureKey).order_by(FigureKey.key)):
            keys.setdefault((key.report, key.no, key.indicator), []).append(key.key)
    for unit, figure in rows:
        place = (figure.report, figure.no, figure.indicator)
        found.setdefault(unit, {})[code_of[figure.indicator]] = (
            figure.state, figure.numerator, figure.denominator, figure.text,
            tuple(keys.get(place, ())),
        )  # fmt: skip
    return found


def notes(engine: Engine) -> dict[str, list[str]]:
    """This function will give what was put right by itself, by unit."""
    with db.read(engine) as session:
        rows = session.execute(
            select(Unit.code, Submission.normalised)
            .join(Report, Report.id == Submission.report)
            .join(Unit, Unit.id == Report.unit)
        )
        return {unit: list(said) for unit, said in rows}
