"""A street with two communities in an invented district, and one round that is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.accounts.models import User
from shuangyong_core.assignments.models import Assignment, DueItem, Quota
from shuangyong_core.plans.models import (
    Edition,
    Indicator,
    Node,
    Plan,
    PlanStatus,
    Round,
    Target,
    TargetVersion,
)
from shuangyong_core.reports.actions import submit
from shuangyong_core.reports.actions.submit import Receipt
from shuangyong_core.units.models import Kind, Tree, Unit

PLAN, ROUND, COMMUNITY, STREET, DISTRICT = (
    "linjiang-2026", "R2", "990106001001", "990106001", "990106",
)  # fmt: skip
UNITS = {
    1: (DISTRICT, Kind.DISTRICT, "临江区", None, "00001"),
    2: (STREET, Kind.STREET, "江滨街道", 1, "0000100001"),
    3: (COMMUNITY, Kind.COMMUNITY, "望江社区", 2, "000010000100001"),
    4: ("990106001002", Kind.COMMUNITY, "柳塘社区", 2, "000010000100002"),
    5: ("990106002", Kind.STREET, "渡口街道", 1, "0000100002"),
}
ROUNDS = {
    1: ("R1", "开年和春节", date(2026, 2, 25), date(2026, 3, 6), date(2026, 3, 20)),
    2: (ROUND, "上半年", date(2026, 7, 1), date(2026, 7, 10), date(2026, 7, 24)),
    3: ("R3", "八一", date(2026, 7, 29), date(2026, 8, 7), date(2026, 8, 21)),
}
TARGETS: dict[int, tuple[str, str, str, str, int, str, str, dict[str, list[str]]]] = {
    1: ("B03", "宣传教育活动", "count", "次", 0, "sum", "sum", {"count": ["双拥", "国防", "征兵"]}),
    2: ("B06", "国防法学习覆盖率", "ratio", "%", 0, "ratio", "latest", {}),
    3: ("C06", "慰问金", "money", "元", 2, "sum", "sum", {}),
    4: ("A16", "同安排同落实", "yes_no", "", 0, "all_done", "latest", {"tick": ["安排", "宣传"]}),
    5: ("C01", "走访驻军单位", "count", "个", 0, "distinct", "sum", {}),
    6: ("F10", "优抚对象底数更新", "date", "", 0, "max", "latest", {}),
}
GOOD: dict[str, Any] = {
    "B03": {"value": "12", "parts": {"国防": 5, "双拥": 7}},
    "B06": {"numerator": 30, "denominator": 31},
    "C06": {"value": "1200.50"},
    "A16": {"value": True, "parts": {"安排": True, "宣传": True}},
    "C01": {"keys": ["驻军单位A", "驻军单位B"]},
    "F10": {"date": "2026-07-03"},
}


@dataclass(frozen=True)
class Street:
    """The street of the tests: its database and the people around it."""

    engine: Engine
    at: datetime
    clerk: Actor
    street_clerk: Actor
    reviewer: Actor
    second_reviewer: Actor
    issuer: Actor
    viewer: Actor
    stranger: Actor

    def send(self, figures: Mapping[str, Any] | None = None, **how: Any) -> Receipt:
        """Submits the community's report of the open round, all in one transaction."""
        place = how.pop("place", (PLAN, ROUND, COMMUNITY))
        facts = {"body": {"figures": figures or GOOD}, "channel": "form", "key": None}
        facts |= {"actor": self.clerk, "at": self.at} | how
        with db.write(self.engine) as session:
            return submit(session, *place, **facts)

    def owe(self, *, unit: int, target: int) -> None:
        """Makes one more item due from a unit in the open round."""
        due = ROUNDS[2][3]
        dates = {"done_by": due, "first_due": due, "due": due, "due_version": 1}
        with db.write(self.engine) as session:
            session.execute(
                insert(Assignment).values(
                    target=target, unit=unit, role="report", report_status="issued", version=1
                )
            )
            session.execute(insert(DueItem).values(target=target, unit=unit, round=2,
                                                   valid_from=self.at, **dates))  # fmt: skip

    def counts(self) -> dict[str, int]:
        """How many rows each table holds."""
        with db.read(self.engine) as session:
            return {
                table.name: session.scalar(select(func.count()).select_from(table)) or 0
                for table in db.Base.metadata.sorted_tables
            }


def quiet_street(engine: Engine) -> Street:
    """This function will build the street at the quiet instant of the tests."""
    return build_street(engine, datetime(2026, 7, 20, 2, 0, tzinfo=UTC))


def build_street(engine: Engine, at: datetime) -> Street:
    """This function will put the street, its plan, its people and its items into a database."""
    with db.write(engine) as session:
        _units_and_plan(session, at)
        _targets(session, at)
        people = _people(session, at)
    return Street(engine, at, **people)


def _units_and_plan(session: Session, at: datetime) -> None:
    session.execute(
        insert(Unit),
        [
            {"id": unit, "code": code, "kind": kind, "name": name}
            for unit, (code, kind, name, _, _) in UNITS.items()
        ],
    )
    words = {"title": "双拥工作计划", "basis": "", "approved_by": "", "filing_no": ""}
    numbers = {"inflation_bp": 10500, "lead_workdays": 5, "review_levels": 1, "max_rounds": 6}
    within = {f"within_{name}": 3 for name in ("acknowledge", "decompose", "review", "correct")}
    session.execute(
        insert(Plan).values(id=1, code=PLAN, year=2026, issuer=1, status=PlanStatus.ACTIVE,
                            created_at=at, **words, **numbers, **within)
    )  # fmt: skip
    first = {"plan": 1, "no": 1, "effective": at.date(), "applied_at": at}
    session.execute(insert(Edition).values(first))
    rules = dict.fromkeys(("opens_rule", "due_rule", "locks_rule", "done_rule"), "")
    session.execute(
        insert(Round),
        [
            {"id": number, "plan": 1, "code": code, "title": title, "opens_on": opens_on,
             "due_date": due_date, "locks_on": locks_on, "is_provisional": False, **rules}
            for number, (code, title, opens_on, due_date, locks_on) in ROUNDS.items()
        ],
    )  # fmt: skip
    session.execute(
        insert(Node),
        [
            {"plan": 1, "tree": tree, "unit": unit, "from_edition": 1, "parent": parent,
             "depth": len(path) // 5 - 1, "path": path}
            for unit, (_, _, _, parent, path) in UNITS.items()
            for tree in Tree
        ],
    )  # fmt: skip


def _targets(session: Session, at: datetime) -> None:
    for number, (code, title, kind, unit, decimals, units, time, parts) in TARGETS.items():
        session.execute(
            insert(Indicator).values(
                id=number, code=code.lower(), version=1, name=title, kind=kind, display_unit=unit,
                decimals=decimals, over_units=units, over_time=time, hint="", parts=parts,
            )
        )  # fmt: skip
        session.execute(insert(Target).values(id=number, plan=1, code=code, indicator=number))
        session.execute(
            insert(TargetVersion).values(
                target=number, from_version=1, title=title, category="双拥活动", heading=3,
                goal_kind="each" if kind == "count" else "none", goal=20, goal_note="示例",
                split="same", per="year", weight=1, shown_to=[], evidence={}, source="P2 三3",
                position=number,
            )
        )  # fmt: skip
        units_due = [3] if number > 1 else [3, 4]
        for due_unit in units_due:
            session.execute(
                insert(Assignment).values(
                    target=number, unit=due_unit, role="report", report_status="issued", version=1
                )
            )
            if kind == "count":
                session.execute(
                    insert(Quota).values(target=number, unit=due_unit, valid_from=at, held=20,
                                         own=20, state="proposed", source="default", reason="")
                )  # fmt: skip
        session.execute(
            insert(DueItem),
            [
                {"target": number, "unit": due_unit, "round": round_, "done_by": ROUNDS[round_][3],
                 "first_due": ROUNDS[round_][3], "due": ROUNDS[round_][3], "due_version": 1,
                 "valid_from": at}
                for due_unit in units_due
                for round_ in ROUNDS
            ],
        )  # fmt: skip


def _people(session: Session, at: datetime) -> dict[str, Actor]:
    posts = {
        "clerk": ("望江社区联络员", 3, Role.REPORTER),
        "street_clerk": ("江滨街道填报岗", 2, Role.REPORTER),
        "reviewer": ("江滨街道审核岗", 2, Role.REVIEWER),
        "second_reviewer": ("江滨街道分管领导", 2, Role.REVIEWER),
        "issuer": ("区双拥办", 1, Role.ISSUER),
        "viewer": ("江滨街道查看岗", 2, Role.VIEWER),
        "stranger": ("渡口街道审核岗", 5, Role.REVIEWER),
    }
    people = {}
    for number, (login, (name, unit, role)) in enumerate(posts.items(), start=1):
        session.execute(
            insert(User).values(id=number, login=login, name=name, password_hash="",
                                must_change=False, created_at=at)
        )  # fmt: skip
        people[login] = Actor("user", number, name, (Grant(unit, role),))
    return people
