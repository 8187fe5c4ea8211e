"""A small year made by plain inserts: any two trees, a target for every way of adding up."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select, update

from shuangyong_core import db
from shuangyong_core.assignments import models as assignments
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans import models as plans
from shuangyong_core.reports import models as reports
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


class Year:
    """The year and the acts on it; each act writes what the real one writes, and its marks."""

    def __init__(
        self, engine: Engine, responsibility: Parents, territory: Parents | None = None
    ) -> None:
        self.engine = engine
        self.units = range(1, len(responsibility) + 1)
        self._moment = itertools.count(1)
        with db.write(engine) as session:
            self._units(session)
            self._plan(session)
            self._tree(session, "responsibility", responsibility)
            self._tree(session, "territory", territory or responsibility)
            self._due(session)

    def at(self, day: date | None = None) -> datetime:
        """An instant later than all before it, on this day or in July."""
        start = datetime.combine(day or date(2026, 7, 1), datetime.min.time(), UTC)
        return start + timedelta(seconds=next(self._moment))

    def submit(
        self, unit: int, round_: int, figures: Mapping[int, Any], *, day: date | None = None
    ) -> int:
        """A figure is a number, a pair, a set of aliases, a text, or None for 不涉及."""
        at = self.at(day)
        with db.write(self.engine) as session:
            report = self._report(session, unit, round_)
            no = report["latest_no"] + 1
            session.execute(
                insert(reports.Submission).values(
                    report=report["id"], no=no, at=at, actor=f"user:{unit}", on_behalf=False,
                    channel="form", body_hash="0" * 64, note="", normalised=[],
                )  # fmt: skip
            )
            for indicator, figure in figures.items():
                self._figure(session, report["id"], no, indicator, figure)
            self._move(session, unit, round_, "submitted", latest_no=no)
        return int(no)

    def accept(self, unit: int, round_: int) -> None:
        at = self.at()
        with db.write(self.engine) as session:
            report = self._report(session, unit, round_)
            self._revoke(session, report["id"], at)
            session.execute(
                insert(reports.Acceptance).values(
                    report=report["id"], no=report["latest_no"], accepted_at=at, accepted_by="x"
                )
            )
            self._move(session, unit, round_, "accepted")

    def reopen(self, unit: int, round_: int) -> None:
        with db.write(self.engine) as session:
            self._revoke(session, self._report(session, unit, round_)["id"], self.at())
            self._move(session, unit, round_, "reopened")

    def move(self, unit: int, round_: int, status: str) -> None:
        with db.write(self.engine) as session:
            self._move(session, unit, round_, status)

    def status(self, unit: int, round_: int) -> str | None:
        with db.read(self.engine) as session:
            found = select(reports.Report.status).filter_by(unit=unit, round=round_)
            return session.scalar(found)

    def exempt(self, unit: int, target: int, round_: int) -> None:
        """The item is no longer expected."""
        key = {"unit": unit, "target": target, "round": round_}
        with db.write(self.engine) as session:
            session.execute(
                update(assignments.DueItem).filter_by(**key).values(valid_to=self.at())
            )
            session.execute(insert(Mark).values(**key))

    def hold(self, unit: int, status: str) -> None:
        """The unit splits, or has not yet, what it passes on."""
        with db.write(self.engine) as session:
            session.execute(
                update(assignments.Assignment)
                .where(assignments.Assignment.unit == unit)
                .where(assignments.Assignment.role == "hold")
                .values(hold_status=status)
            )
            session.execute(insert(Mark).values(unit=unit, target=1, round=1))

    def _units(self, session: Any) -> None:
        rows = [
            {"id": n, "code": f"9901-{n:03}", "kind": "street", "name": f"单位{n}"}
            for n in self.units
        ]
        session.execute(insert(units.Unit), rows)

    def _plan(self, session: Any) -> None:
        session.execute(
            insert(plans.Plan).values(
                id=1, code="p", year=2026, issuer=1, title="计划", status="active", basis="",
                approved_by="", filing_no="", inflation_bp=10500, lead_workdays=5,
                review_levels=1, max_rounds=6, within_acknowledge=3, within_decompose=5,
                within_review=3, within_correct=2, created_at=LAUNCHED,
            )  # fmt: skip
        )
        for number, due in ROUNDS.items():
            session.execute(
                insert(plans.Round).values(
                    id=number, plan=1, code=f"R{number}", title=f"第{number}次", due_date=due,
                    opens_on=due - timedelta(days=9), locks_on=due + timedelta(days=14),
                    opens_rule="", due_rule="", locks_rule="", done_rule="",
                    is_provisional=False,
                )  # fmt: skip
            )
        for number, (kind, over_units, over_time) in INDICATORS.items():
            session.execute(
                insert(plans.Indicator).values(
                    id=number, code=f"i{number}", version=1, name=f"指标{number}", kind=kind,
                    display_unit="", decimals=0, over_units=over_units, over_time=over_time,
                    hint="", parts={},
                )  # fmt: skip
            )
            session.execute(
                insert(plans.Target).values(
                    id=number, plan=1, code=TARGETS[number], indicator=number
                )
            )
            automatic = "confirmed" if number == AUTOMATIC else None
            session.execute(
                insert(plans.TargetVersion).values(
                    target=number, from_version=1, title=f"任务{number}", heading=1,
                    category="双拥活动" if number % 2 else "组织领导", goal_kind="none",
                    goal_note="示例", split="same", per="year", weight=5, automatic=automatic,
                    shown_to=[], evidence={}, source="", position=number,
                )  # fmt: skip
            )

    def _tree(self, session: Any, tree: str, parents: Parents) -> None:
        paths: dict[int, str] = {}
        siblings: dict[int | None, int] = {}
        for unit, parent in zip(self.units, parents, strict=True):
            siblings[parent] = siblings.get(parent, 0) + 1
            paths[unit] = (paths[parent] if parent else "") + f"{siblings[parent]:05}"
            session.execute(
                insert(plans.Node).values(
                    plan=1, tree=tree, unit=unit, from_edition=1, parent=parent,
                    depth=len(paths[unit]) // 5 - 1, path=paths[unit],
                )  # fmt: skip
            )
        if tree == "responsibility":
            self._assign(session, {parent for parent in parents if parent})

    def _assign(self, session: Any, holders: set[int]) -> None:
        for unit, target in itertools.product(self.units, TARGETS):
            holds = unit in holders and target != AUTOMATIC
            session.execute(
                insert(assignments.Assignment).values(
                    target=target, unit=unit, role="hold" if holds else "report", version=1,
                    hold_status="issued" if holds else None,
                    report_status=None if holds else "issued",
                )  # fmt: skip
            )
        for round_ in ROUNDS:
            session.execute(
                insert(plans.TargetReporter).values(
                    target=AUTOMATIC, from_version=1, who="street", round=round_
                )
            )

    def _due(self, session: Any) -> None:
        keys = [
            {"unit": unit, "target": target, "round": round_}
            for unit, target, round_ in itertools.product(self.units, TARGETS, ROUNDS)
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

    def _report(self, session: Any, unit: int, round_: int) -> dict[str, Any]:
        table = reports.Report.__table__
        where = (table.c.unit == unit, table.c.round == round_)
        found = session.execute(select(table).where(*where)).mappings().first()
        if found is None:
            session.execute(
                insert(table).values(unit=unit, round=round_, status="draft", version=1, latest_no=0)
            )
            found = session.execute(select(table).where(*where)).mappings().one()
        return dict(found)

    def _figure(self, session: Any, report: int, no: int, indicator: int, figure: Any) -> None:
        row: dict[str, Any] = {"report": report, "no": no, "indicator": indicator}
        aliases = figure if isinstance(figure, frozenset | set) else ()
        state = "not_involved" if figure is None else "reported"
        value = figure if isinstance(figure, int) else None
        pair = figure if isinstance(figure, tuple) else (value, None)
        session.execute(
            insert(reports.Figure).values(
                **row, state=state, numerator=pair[0], denominator=pair[1],
                text=figure if isinstance(figure, str) else None,
            )  # fmt: skip
        )
        for alias in aliases:
            session.execute(insert(reports.FigureKey).values(**row, key=alias))

    def _revoke(self, session: Any, report: int, at: datetime) -> None:
        session.execute(
            update(reports.Acceptance)
            .where(reports.Acceptance.report == report, reports.Acceptance.revoked_at.is_(None))
            .values(revoked_at=at)
        )

    def _move(
        self, session: Any, unit: int, round_: int, status: str, latest_no: int | None = None
    ) -> None:
        values: dict[str, Any] = {"status": status, "version": reports.Report.version + 1}
        if latest_no is not None:
            values["latest_no"] = latest_no
        self._report(session, unit, round_)
        session.execute(
            update(reports.Report).filter_by(unit=unit, round=round_).values(**values)
        )
        keys = [{"unit": unit, "target": target, "round": round_} for target in TARGETS]
        session.execute(insert(Mark), keys)
