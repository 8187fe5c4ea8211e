"""A small district whose year runs: real imports and a real launch; figures by plain inserts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, text

from shuangyong_core import db
from shuangyong_core.amendments.actions import Reorganised, reorganise
from shuangyong_core.amendments.reading import read_acts
from shuangyong_core.plans.actions import import_plan
from shuangyong_core.plans.rules.read_plan import read_plan
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units
from tests.assignments.year import LAUNCHED, OFFICE, launch
from tests.rollups.year import Year

# R1 is over, R2 is open, R3 is to come.
NOW = datetime(2026, 7, 8, 2, 0, tzinfo=UTC)
ISSUER, A, B = "990106", "990106001", "990106002"
PLAN = """
plan: {code: reorg-2026, year: 2026, issuer: "990106", title: 计划, basis: 示例}
rounds:
  - {code: R1, title: 一, opens_on: 2026-02-25, due_date: 2026-03-06, locks_on: 2026-03-20}
  - {code: R2, title: 二, opens_on: 2026-07-01, due_date: 2026-07-10, locks_on: 2026-07-24}
  - {code: R3, title: 三, opens_on: 2026-12-01, due_date: 2026-12-10, locks_on: 2026-12-24}
indicators:
  - {code: talks, name: 活动, kind: count, unit: 次, decimals: 0, over_units: sum, over_time: sum}
  - {code: stock, name: 现有, kind: count, unit: 户, decimals: 0, over_units: sum, over_time: latest}
  - {code: share, name: 覆盖率, kind: ratio, unit: "%", decimals: 0, over_units: ratio, over_time: latest}
  - {code: named, name: 驻军, kind: count, unit: 个, decimals: 0, over_units: distinct, over_time: sum}
  - {code: signed, name: 已确认, kind: yes_no, unit: 项, decimals: 0, over_units: all_done, over_time: latest}
targets:
  - {code: T1, indicator: talks, category: 甲, heading: 1, title: 活动, reported_by: [street, community],
     rounds: [R1, R2, R3], goal: {total: 1001, split: equal}, source: 示例}
  - {code: T2, indicator: stock, category: 甲, heading: 1, title: 现有, reported_by: [community],
     rounds: [R1, R2, R3], per: due, goal: {each: 3}, source: 示例}
  - {code: T3, indicator: share, category: 甲, heading: 1, title: 覆盖率, reported_by: [community],
     rounds: [R2, R3], goal: {ratio: "0.9"}, source: 示例}
  - {code: T4, indicator: named, category: 甲, heading: 1, title: 驻军, reported_by: [community],
     rounds: [R2], goal: {total: 100, split: equal}, source: 示例}
  - {code: T5, indicator: signed, category: 甲, heading: 1, title: 确认,
     automatic: {rule: confirmed, who: [street, community]}, rounds: [R2], goal: {done: true}, source: 示例}
"""  # noqa: E501
HEADER = "调整方式,单位编码,去向编码,新属地编码,新名称,生效日期,基数"
BELOW = {A: 3, B: 3}


def unit_rows(below: Mapping[str, int] = BELOW) -> list[str]:
    """Streets with their communities, as a file of units."""
    rows = ["code,name,kind,parent_code", f"{ISSUER},临江区,district,"]
    for street, count in below.items():
        rows.append(f"{street},{street}街道,street,{ISSUER}")
        rows += [
            f"{street}{n:03},{street}{n:03}社区,community,{street}" for n in range(1, count + 1)
        ]
    return rows


class SmallYear(Year):
    """The year, and the acts that these tests need by code."""

    plan = 1

    @classmethod
    def of(cls, engine: Engine) -> SmallYear:
        """The year as it lies in a database, or the hull of one to be built."""
        year = cls.__new__(cls)
        year.engine, year._moment = engine, itertools.count(1)
        return year

    def build(self, rows: Sequence[str], *, issuer: str = ISSUER) -> None:
        """Imports and launches it."""
        with db.write(self.engine) as session:
            data = "\n".join(rows).encode()
            listed = read_units(data, "units.csv")
            import_units(session, listed, actor=OFFICE.key, at=LAUNCHED)
            plan = read_plan(PLAN.replace(ISSUER, issuer).encode(), file="plan.yaml")
            import_plan(session, plan, actor=OFFICE, at=LAUNCHED)
        launch(self.engine, self.plan)
        self.fold()

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        with db.read(self.engine) as session:
            return [tuple(row) for row in session.execute(text(sql), values)]

    def id_of(self, code: str) -> int:
        return int(self.rows("SELECT id FROM unit WHERE code = :code", code=code)[0][0])

    def report(self, code: str, round_: int, figures: Mapping[int, Any], *, accept: bool) -> None:
        """Sends a report; indicators are numbered as the plan has them."""
        unit = self.id_of(code)
        self.submit(unit, round_, figures)
        if accept:
            self.accept(unit, round_)

    def reorganise(self, *rows: str, seal: str | None = None, **how: Any) -> Reorganised:
        """Applies rows of a file of acts, and folds."""
        listed = read_acts("\n".join([HEADER, *rows]).encode(), "acts.csv")
        with db.write(self.engine) as session:
            at = how.pop("at", None) or self.at(NOW.date())
            done = reorganise(session, listed, seal=seal, actor=how.pop("actor", OFFICE), at=at)
        self.fold()
        return done

    def fold(self) -> None:
        with db.write(self.engine) as session:
            rollups.fold(session, at=NOW)

    def facts(self) -> dict[tuple[str, str, int, int], tuple[int, int]]:
        """Per tree, issuer's (target, round): how many figures count and their sum, by node."""
        sql = """SELECT n.tree, 'all', d.target, d.round, count(*), sum(COALESCE(f.numerator, 0))
            FROM node n JOIN due_item d ON d.unit = n.unit AND d.valid_to IS NULL
            JOIN target t ON t.id = d.target
            JOIN report r ON r.unit = d.unit AND r.round = d.round
            JOIN acceptance a ON a.report = r.id AND a.revoked_at IS NULL
            JOIN figure f ON f.report = r.id AND f.no = a.no AND f.indicator = t.indicator
            WHERE n.to_edition IS NULL AND n.path LIKE '00001%'
            GROUP BY n.tree, d.target, d.round"""
        return {(a, b, c, d): (int(n), int(s)) for a, b, c, d, n, s in self.rows(sql)}

    def places(self) -> dict[str, str]:
        """The superior of every unit in today's edition, by code; "~" marks one that is gone."""
        sql = """SELECT u.code, p.code, n.is_silent FROM node n JOIN unit u ON u.id = n.unit
            LEFT JOIN unit p ON p.id = n.parent
            WHERE n.tree = 'responsibility' AND n.to_edition IS NULL"""
        return {code: f"{up or ''}{'~' if gone else ''}" for code, up, gone in self.rows(sql)}

    def owners(self, target: str, round_: int) -> dict[str, str]:
        """Whose item of a target in a round is open, and by whose status."""
        sql = """SELECT u.code, a.report_status FROM due_item d JOIN unit u ON u.id = d.unit
            JOIN target t ON t.id = d.target
            LEFT JOIN assignment a ON a.unit = d.unit AND a.target = d.target
            WHERE d.valid_to IS NULL AND t.code = :t AND d.round = :r"""
        return {code: status for code, status in self.rows(sql, t=target, r=round_)}

    def check(self) -> None:
        """What must hold after every act."""
        with db.write(self.engine) as session:
            assert rollups.verify(session) == []
        self._check_trees()
        self._check_quotas()
        orphans = """SELECT d.unit, d.target, d.round FROM due_item d
            JOIN round r ON r.id = d.round JOIN node n ON n.unit = d.unit
            LEFT JOIN report p ON p.unit = d.unit AND p.round = d.round
            LEFT JOIN acceptance a ON a.report = p.id AND a.revoked_at IS NULL
            LEFT JOIN assignment g ON g.unit = d.unit AND g.target = d.target
            WHERE d.valid_to IS NULL AND a.no IS NULL AND r.closed_edition IS NULL
            AND r.locks_on >= '2026-07-08' AND n.to_edition IS NULL
            AND n.tree = 'responsibility' AND (n.is_silent = (1 = 1)
            OR g.report_status IS NULL OR g.report_status = 'withdrawn')"""
        assert self.rows(orphans) == []

    def _check_trees(self) -> None:
        sql = "SELECT tree, unit, parent, depth, path FROM node WHERE to_edition IS NULL"
        nodes = {(tree, unit): rest for tree, unit, *rest in self.rows(sql)}
        paths = [(tree, path) for (tree, _), (_, _, path) in nodes.items()]
        assert len(set(paths)) == len(paths)
        for (tree, _), (parent, depth, path) in nodes.items():
            up = nodes[tree, parent][2] if parent is not None else ""
            assert (path[:-5], len(path)) == (up, 5 * (depth + 1))
        for one in ("responsibility", "territory"):
            ended = f"SELECT unit FROM node WHERE tree = '{one}'"
            assert {unit for (unit,) in self.rows(ended)} == {u for tree, u in nodes if tree == one}

    def _check_quotas(self) -> None:
        sql = """SELECT q.target, q.unit, q.held, q.own, COALESCE(SUM(c.held), 0) FROM quota q
            LEFT JOIN node n ON n.parent = q.unit AND n.tree = 'responsibility'
                AND n.to_edition IS NULL
            LEFT JOIN quota c ON c.unit = n.unit AND c.target = q.target AND c.valid_to IS NULL
            WHERE q.valid_to IS NULL GROUP BY q.target, q.unit, q.held, q.own
            HAVING q.held <> q.own + COALESCE(SUM(c.held), 0)"""
        assert self.rows(sql) == []


FIGURES = {1: 7, 2: 5, 3: (3, 4), 4: frozenset({"驻军单位A"})}


def play(url: str) -> None:
    """Builds the year in a database; some have reported the rounds of spring and of summer."""
    engine = db.make_engine(url)
    year = SmallYear.of(engine)
    year.build(unit_rows())
    for code in (f"{A}001", f"{A}002", f"{B}001"):
        year.report(code, 1, {1: 4, 2: 6}, accept=True)
    year.report(f"{A}001", 2, FIGURES, accept=True)
    year.report(f"{A}002", 2, FIGURES, accept=False)
    year.fold()
    engine.dispose()
