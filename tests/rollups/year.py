"""A small year, and the acts on it as plain inserts: each writes its marks as the real one does."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select, update

from shuangyong_core import db
from shuangyong_core.assignments import models as assignments
from shuangyong_core.marks.models import Mark
from shuangyong_core.reports import models as reports
from tests.rollups import planting
from tests.rollups.planting import TARGETS, Parents


class Year:
    """The year and the acts on it; each act writes what the real one writes, and its marks."""

    def __init__(
        self, engine: Engine, responsibility: Parents, territory: Parents | None = None
    ) -> None:
        self.engine = engine
        self.units = range(1, len(responsibility) + 1)
        self._moment = itertools.count(1)
        with db.write(engine) as session:
            planting.plant(session, responsibility, territory or responsibility)

    def over(self, engine: Engine) -> Year:
        """The same year on a copy of its database."""
        again = copy(self)
        again.engine, again._moment = engine, copy(self._moment)
        return again

    def at(self, day: date | None = None) -> datetime:
        """An instant later than all before it, on this day or in July."""
        start = datetime.combine(day or date(2026, 7, 1), datetime.min.time(), UTC)
        return start + timedelta(seconds=next(self._moment))

    def submit(
        self, unit: int, round_: int, figures: Mapping[int, Any], *, day: date | None = None
    ) -> int:
        """A figure is a number, a pair, aliases, a text, None for 不涉及, ... for left out."""
        at = self.at(day)
        with db.write(self.engine) as session:
            report = self._report(session, unit, round_)
            no = report["latest_no"] + 1
            session.execute(
                insert(reports.Submission).values(
                    report=report["id"],
                    no=no,
                    at=at,
                    actor=f"user:{unit}",
                    on_behalf=False,
                    channel="form",
                    body_hash="0" * 64,
                    note="",
                    normalised=[],
                )
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
            session.execute(update(assignments.DueItem).filter_by(**key).values(valid_to=self.at()))
            session.execute(insert(Mark).values(**key))

    def grant(self, unit: int, target: int, round_: int, day: date) -> None:
        """The item was granted a later date."""
        key = {"unit": unit, "target": target, "round": round_}
        due = assignments.DueItem.due
        with db.write(self.engine) as session:
            items = update(assignments.DueItem).filter_by(**key).where(due < day)
            session.execute(items.values(due=day))
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

    def _report(self, session: Any, unit: int, round_: int) -> dict[str, Any]:
        table = reports.Report.__table__
        where = (table.c.unit == unit, table.c.round == round_)
        found = session.execute(select(table).where(*where)).mappings().first()
        if found is None:
            session.execute(
                insert(table).values(
                    unit=unit, round=round_, status="draft", version=1, latest_no=0
                )
            )
            found = session.execute(select(table).where(*where)).mappings().one()
        return dict(found)

    def _figure(self, session: Any, report: int, no: int, indicator: int, figure: Any) -> None:
        row: dict[str, Any] = {"report": report, "no": no, "indicator": indicator}
        aliases = figure if isinstance(figure, frozenset | set) else ()
        state = "not_involved" if figure is None else "reported"
        state = "missing" if figure is ... else state
        value = figure if isinstance(figure, int) else None
        pair = figure if isinstance(figure, tuple) else (value, None)
        session.execute(
            insert(reports.Figure).values(
                **row,
                state=state,
                numerator=pair[0],
                denominator=pair[1],
                text=figure if isinstance(figure, str) else None,
            )
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
        session.execute(update(reports.Report).filter_by(unit=unit, round=round_).values(**values))
        keys = [{"unit": unit, "target": target, "round": round_} for target in TARGETS]
        session.execute(insert(Mark), keys)
