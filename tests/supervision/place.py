"""An invented office with two streets and their communities, and K01 and A05 to be counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.assignments.models import Assignment
from shuangyong_core.plans.models import Indicator, Node, Target, TargetReporter, TargetVersion
from shuangyong_core.reports.models import Counted
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.issue import Wanted
from shuangyong_core.supervision.models import Notice
from shuangyong_core.units.models import Unit
from tests.reports.place import COMMUNITY, PLAN, STREET, build_street

SIBLING, NEIGHBOUR = "990106002", "990106001002"
K01, A05 = 91, 95
DUE = date(2026, 7, 31)
PEOPLE = {
    "office": (1, Role.ISSUER, Role.MANAGER, Role.REVIEWER),
    "office_checker": (1, Role.ISSUER, Role.REVIEWER),
    "street": (2, Role.MANAGER, Role.REPORTER),
    "street_checker": (2, Role.REVIEWER),
    "sibling": (5, Role.MANAGER, Role.REPORTER),
    "community": (3, Role.REPORTER),
    "neighbour": (4, Role.REPORTER),
    "leader": (1, Role.VIEWER),
}


@dataclass(frozen=True)
class Office:
    """A database with the plan under way, and the people in it by name."""

    engine: Engine
    at: datetime
    people: dict[str, Actor]

    def do(self, act: Callable[..., Any], *what: Any, by: str, days: int = 0, **how: Any) -> Any:
        """This function will do an act in a transaction of its own, some days later."""
        with db.write(self.engine) as session:
            at = self.at + timedelta(days=days)
            return act(session, *what, actor=self.people[by], at=at, **how)

    def issue(self, units: Sequence[str] = (STREET, SIBLING), **how: Any) -> str:
        """This function will hand a task out and give its address."""
        facts = {"title": "慰问参加抢险救灾的民兵", "text": "核对名单，逐户走访。"}
        facts |= {"due_date": DUE, "units": list(units)}
        facts |= {name: how.pop(name) for name in ("title", "due_date", "giver") if name in how}
        by = how.pop("by", "office")
        name: str = self.do(actions.issue_handout, Wanted(**facts), by=by, **how)  # type: ignore[arg-type]
        return name

    def answered(self, name: str, unit: str, *, by: str, days: int = 0) -> None:
        """This function will sign for a hand-out and report it as done."""
        self.do(actions.acknowledge_handout, name, unit, by=by)
        said = {"text": "已全部走访。"}
        self.do(actions.answer_handout, name, unit, by=by, days=days, **said)

    def counted(self, target: int) -> list[tuple[int, int, int, int]]:
        """This function will give what is counted: unit, round, numerator, denominator."""
        columns = (Counted.unit, Counted.round, Counted.numerator, Counted.denominator)
        with db.read(self.engine) as session:
            rows = select(*columns).where(Counted.target == target).order_by(*columns)
            return [row._tuple() for row in session.execute(rows)]

    def told(self, unit: int, *, only_unread: bool = False) -> list[str]:
        """This function will give the rungs a unit was told, in order."""
        with db.read(self.engine) as session:
            rows = select(Notice.rung).where(Notice.recipient == unit).order_by(Notice.id)
            rows = rows.where(Notice.read_at.is_(None)) if only_unread else rows
            return list(session.scalars(rows))

    def merge_street(self) -> None:
        """This function will put the street silent under its sibling, with its communities."""
        places = {2: (5, "000010000200001"), 3: (5, "000010000200002"), 4: (5, "000010000200003")}
        with db.write(self.engine) as session:
            for unit, (parent, path) in places.items():
                moved = update(Node).where(Node.unit == unit)
                session.execute(moved.values(parent=parent, path=path, is_silent=unit == 2))

    def hang(self, unit: int, code: str, *, under: int) -> None:
        """This function will put one more unit into both trees."""
        with db.write(self.engine) as session:
            session.execute(insert(Unit).values(id=unit, code=code, kind="community", name=code))
            above = session.scalars(select(Node).where(Node.unit == under)).all()
            session.execute(insert(Node), [
                {"plan": 1, "tree": node.tree, "unit": unit, "from_edition": 1, "parent": under,
                 "depth": node.depth + 1, "path": f"{node.path}{unit:05d}"}
                for node in above
            ])  # fmt: skip


def build_office(engine: Engine, at: datetime) -> Office:
    """This function will put the office, its plan and its people into a database."""
    build_street(engine, at)
    with db.write(engine) as session:
        for target, code, rule, kind, over in (
            (K01, "K01", "handouts", "ratio", "ratio"),
            (A05, "A05", "problems", "count", "sum"),
        ):
            session.execute(insert(Indicator).values(
                id=target, code=code.lower(), version=1, name=code, kind=kind, display_unit="件",
                decimals=0, over_units=over, over_time="sum", hint="", parts={},
            ))  # fmt: skip
            session.execute(insert(Target).values(id=target, plan=1, code=code, indicator=target))
            session.execute(insert(TargetVersion).values(
                target=target, from_version=1, title=code, category="组织领导", heading=8,
                goal_kind="none", goal_note="", split="same", per="year", weight=1,
                automatic=rule, shown_to=[], evidence={}, source="P2 三4", position=target,
            ))  # fmt: skip
            session.execute(insert(TargetReporter), [
                {"target": target, "from_version": 1, "who": "street", "round": round_}
                for round_ in (1, 2, 3)
            ])  # fmt: skip
            session.execute(insert(Assignment), [
                {"target": target, "unit": unit, "role": "report", "report_status": "issued",
                 "version": 1}
                for unit in (2, 5)
            ])  # fmt: skip
    people = {
        name: Actor("user", number, name, tuple(Grant(unit, role) for role in roles))
        for number, (name, (unit, *roles)) in enumerate(PEOPLE.items(), start=101)
    }
    people["operator"] = Actor("operator", None, "操作员")
    people["nobody"] = Actor("user", 999, "外人")
    return Office(engine, at, people)


__all__ = ["A05", "COMMUNITY", "DUE", "K01", "NEIGHBOUR", "PLAN", "SIBLING", "STREET", "Office"]
