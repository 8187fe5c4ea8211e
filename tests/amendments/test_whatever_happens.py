"""Whatever happens in a year: splits, reports, requests, amendments, reorganisations in any order.

After every step the totals are kept, the roll-up is what a recount finds, and no open item is
without its one owner. Each act has a day of its own: asked for that day later, the plan is as it
was folded then. A run in which some kind of act never came off does not count as a run.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.amendments.actions import amend_plan
from shuangyong_core.amendments.queries.read_amendment import read_amendment
from shuangyong_core.apart import apart
from shuangyong_core.assignments.actions.ask_request import ask_request
from shuangyong_core.assignments.actions.change_split import Wish as Share
from shuangyong_core.assignments.actions.change_split import change_split
from shuangyong_core.assignments.actions.confirm_split import confirm_split
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.rules.requests import Kind, Wish
from shuangyong_core.completion.actions.decide_request import decide_request
from shuangyong_core.errors import Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.reports.actions import accept, return_for_revision, submit
from shuangyong_core.reports.actions.reopen import reopen
from shuangyong_core.rollups import actions as rollups
from shuangyong_core.rollups.actions.statements.tables import REAL
from shuangyong_core.rollups.queries import show
from shuangyong_core.rollups.turn_back import turn_back
from shuangyong_core.units.models import Tree, Unit
from tests.amendments.recounting import SUM, UNBALANCED, WITHOUT_OWNER, figures_of
from tests.amendments.small_year import ISSUER, NOW, A, B, SmallYear, unit_rows

PLAN, ROUND = "reorg-2026", "R2"
# A year is too dear to be tried hundreds of times; the steps that failed are printed as they were.
NO_SHRINK = (Phase.explicit, Phase.generate)
CLERK, REVIEWER = Actor("operator", "clerk", "填报"), Actor("operator", "reviewer", "审核")
STREETS = (A, B)
COMMUNITIES = tuple(f"{street}{n:03}" for street in STREETS for n in (1, 2, 3))
TARGETS = ("T1", "T1", "T2", "T3", "T4")  # T1 is everybody's
REPORTERS = (*STREETS, *COMMUNITIES)
DECISIONS = ("accept", "accept", "reopen", "return", "")
EVERY_KIND = {
    "split", "confirm", "report", "accept", "return", "reopen", "exempt", "suspend", "resume",
    "extend", "amend a goal", "amend a date", "move", "merge", "rename",
}  # fmt: skip
Seen = dict[str, list[Any]]
unit_codes, targets = st.sampled_from(REPORTERS), st.sampled_from(TARGETS)
numbers = st.integers(0, 60)


@pytest.fixture(scope="module")
def launched(new_database: Callable[[str], str]) -> Path:
    """The year as it was sent down, to copy."""
    url = new_database("sqlite")
    engine = db.make_engine(url)
    SmallYear.of(engine).build(unit_rows())
    engine.dispose()
    return Path(url.removeprefix("sqlite:///"))


def seen_on(session: Session, day: date) -> Seen:
    """Every state and cell there is, and all that is answered of the district and a street."""
    seen: Seen = {}
    for table in REAL.each:
        columns = [column for column in table.c if column.name != "fold"]
        seen[table.name] = sorted(map(tuple, session.execute(select(*columns))), key=repr)
    units = session.execute(select(Unit.code, Unit.id).where(Unit.code.in_((ISSUER, A)))).tuples()
    for (code, unit), round_, tree in product(units.all(), (None, 2), Tree):
        lines = show(session, 1, unit, today=day, round=round_, tree=tree)
        seen[f"{code} {round_} {tree}"] = [replace(line, unit=None) for line in lines]
    return seen


@pytest.fixture
def play(launched: Path, tmp_path: Path) -> type[Whatever]:
    """The machine, on a copy of the year each time; `played` counts what came off."""
    copies = iter(range(10**6))

    class Played(Whatever):
        played: ClassVar[Counter[str]] = Counter()

        def open(self) -> Engine:
            path = tmp_path / f"year-{next(copies)}.db"
            shutil.copy(launched, path)
            return db.make_engine(f"sqlite:///{path}")

    return Played


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_kind_of_act_comes_off_keeps_every_total_and_every_day(
    new_database: Callable[[str], str], kind: str
) -> None:
    class Lived(Whatever):
        played: ClassVar[Counter[str]] = Counter()

        def open(self) -> Engine:
            engine = db.make_engine(new_database(kind))
            SmallYear.of(engine).build(unit_rows())
            return engine

    year, (first, second, third) = Lived(), COMMUNITIES[:3]
    acts: list[Callable[[], None]] = [
        lambda: year.confirm(set(STREETS)),
        lambda: year.split(A, "T1", 5, 0),
        lambda: year.split(ISSUER, "T1", 5, 900),
        lambda: year.report(first, 7, "accept"),
        lambda: year.report(second, 9, "return"),
        lambda: year.report(third, 3, "reopen"),
        lambda: year.exempt(B, "T1"),
        lambda: year.suspend(second, "T2", then=True),
        lambda: year.extend(second, 9),
        lambda: year.amend_a_goal(10**12),
        lambda: year.amend_a_date(12),
        lambda: year.move(first, B),
        lambda: year.merge(second, third),
        lambda: year.rename(third, 4),
    ]
    for act in acts:
        act()
        year.nothing_is_lost()
    year.every_day_is_as_it_was(*year.days)
    year.teardown()

    assert set(year.played) == EVERY_KIND


def test_whatever_happens_every_total_is_kept(play: type[Whatever]) -> None:
    few = settings(
        max_examples=5, stateful_step_count=10, deadline=None, derandomize=True, phases=NO_SHRINK,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(play, settings=few)

    assert sum(play.played.values()) > 20, play.played


class Whatever(RuleBasedStateMachine):
    """One year, and everything that may be done with it."""

    played: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.engine = self.open()
        self.year = SmallYear.of(self.engine)
        self.days: dict[date, Seen] = {}
        self.day = NOW.date()

    def open(self) -> Engine:
        raise NotImplementedError

    def teardown(self) -> None:
        self.every_day_is_as_it_was(*list(self.days)[len(self.days) // 2 :: 3])
        self.engine.dispose()

    @contextmanager
    def act(self, name: str, *, keeps_figures: bool = True) -> Iterator[Session]:
        """One act in one transaction; what is refused must leave everything as it was."""
        before, dump = self.accepted(), self.dump()
        try:
            with db.write(self.engine) as session:
                yield session
        except Refused:
            assert self.dump() == dump, f"{name} was refused and left something behind"
            return
        self.played[name] += 1
        if keeps_figures:
            assert self.accepted() == before, f"{name} changed what was accepted"

    @rule(holder=st.sampled_from((ISSUER, *STREETS)), code=st.sampled_from(("T1", "T4")),
          shift=st.integers(1, 40), more=st.sampled_from((0, 0, 90)))  # fmt: skip
    def split(self, holder: str, code: str, shift: int, more: int) -> None:
        with self.act("split") as session:
            plan, unit = session.get_one(Plan, 1), self.year.id_of(holder)
            for one in list_splits(session, plan, unit=unit):
                if one.code == code and len(one.children) > 1:
                    first, last = one.children[0], one.children[-1]
                    moved = min(shift, first.held)
                    wish = {first.code: first.held - moved, last.code: last.held + moved + more}
                    reason = "适度超前" if more else ""
                    change_split(
                        session, plan, unit=unit, target=one.target, version=one.version,
                        wish=Share(wish, reason=reason or one.reason), actor=CLERK, at=self.now(),
                    )  # fmt: skip

    @initialize(holders=st.sets(st.sampled_from((ISSUER, *STREETS)), min_size=1))
    def confirm(self, holders: set[str]) -> None:
        for holder in sorted(holders):
            with self.act("confirm") as session:
                plan, unit = session.get_one(Plan, 1), self.year.id_of(holder)
                confirm_split(session, plan, unit=unit, actor=CLERK, at=self.now())

    @rule(
        unit=unit_codes,
        number=numbers,
        then=st.sampled_from(("accept", "accept", "reopen", "return", "")),
    )
    def report(self, unit: str, number: int, then: str) -> None:
        sent = None
        with self.act("report", keeps_figures=False) as session:
            figures = figures_of(session, self.year.id_of(unit), number)
            facts: dict[str, Any] = {"body": {"figures": figures}, "channel": "form", "key": None}
            sent = submit(session, PLAN, ROUND, unit, actor=CLERK, at=self.now(), **facts)
        if sent is None or not then:
            return
        decision: dict[str, Any] = {"no": sent.no, "actor": REVIEWER}
        if then == "return":
            with self.act("return") as session:
                return_for_revision(
                    session, sent.report, reason="请核对", fields={}, at=self.now(), **decision
                )
            return
        with self.act("accept", keeps_figures=False) as session:
            accept(session, sent.report, at=self.now(), **decision)
        if then == "reopen":
            with self.act("reopen", keeps_figures=False) as session:
                reopen(session, sent.report, reason="再看一次", at=self.now(), **decision)

    @rule(unit=unit_codes, code=targets)
    def exempt(self, unit: str, code: str) -> None:
        self.ask("exempt", unit, Wish(Kind.EXEMPTION, target=code, reason="防汛"))

    @rule(unit=unit_codes, code=targets, then=st.booleans())
    def suspend(self, unit: str, code: str, then: bool) -> None:
        self.ask("suspend", unit, Wish(Kind.SUSPENSION, target=code, reason="防汛"))
        if then:
            self.ask("resume", unit, Wish(Kind.RESUMPTION, target=code, reason="已经恢复"))

    @rule(unit=unit_codes, days=st.integers(1, 30))
    def extend(self, unit: str, days: int) -> None:
        until = NOW.date().replace(day=11).replace(day=min(11 + days, 31))
        self.ask("extend", unit, Wish(Kind.EXTENSION, round=ROUND, until=until, reason="防汛"))

    def ask(self, name: str, unit: str, wish: Wish) -> None:
        with self.act(name) as session:
            plan = session.get_one(Plan, 1)
            asked = ask_request(
                session, plan, unit=self.year.id_of(unit), wish=wish, actor=CLERK, at=self.now()
            )
            decide_request(session, asked.id, grant=True, actor=REVIEWER, at=self.now())

    @rule(goal=st.integers(0, 10**12))
    def amend_a_goal(self, goal: int) -> None:
        said = f"targets: [{{code: T1, goal: {{total: {goal}, split: equal}}}}]"
        self.amend("amend a goal", said)

    @rule(day=st.integers(8, 20))
    def amend_a_date(self, day: int) -> None:
        dates = f"due_date: 2026-12-{day:02}, locks_on: 2026-12-{day + 5:02}"
        said = f"rounds: [{{code: R3, title: 三, opens_on: 2026-12-01, {dates}}}]"
        self.amend("amend a date", said)

    def amend(self, name: str, said: str) -> None:
        with self.act(name) as session:
            plan = session.get_one(Plan, 1)
            whole = f"reason: 领导小组会议纪要\n{said}"
            wanted = read_amendment(session, plan, whole.encode(), file="amend.yaml")
            amend_plan(session, plan, wanted, actor=REVIEWER, at=self.now())

    @rule(unit=st.sampled_from(COMMUNITIES), to=st.sampled_from(STREETS))
    def move(self, unit: str, to: str) -> None:
        self.reorganise("move", f"划转,{unit},{to},,,2026-07-01")

    @rule(unit=unit_codes, into=unit_codes)
    def merge(self, unit: str, into: str) -> None:
        self.reorganise("merge", f"合并,{unit},{into},,,2026-07-01")

    @rule(unit=unit_codes, number=numbers)
    def rename(self, unit: str, number: int) -> None:
        self.reorganise("rename", f"更名,{unit},,,新社区{number},2026-07-01")

    def reorganise(self, name: str, row: str) -> None:
        before, dump = self.accepted(), self.dump()
        try:
            self.year.reorganise(row, at=self.now())
        except Refused:
            assert self.dump() == dump
            return
        self.played[name] += 1
        assert self.accepted() == before

    @invariant()
    def nothing_is_lost(self) -> None:
        with db.write(self.engine) as session:
            rollups.fold(session, at=self.now())
        with db.write(self.engine) as session:
            assert rollups.verify(session) == []
        with db.read(self.engine) as session:
            self.days[self.day] = seen_on(session, self.day)
        self.day += timedelta(days=1)
        assert self.year.rows(UNBALANCED) == []
        assert self.year.rows(WITHOUT_OWNER) == []
        self.year._check_trees()

    def now(self) -> Any:
        return self.year.at(self.day)

    def every_day_is_as_it_was(self, *days: date) -> None:
        for day in days:
            with apart(self.engine) as session:
                turn_back(session, session.get_one(Plan, 1), day=day, today=self.day)
                assert seen_on(session, day) == self.days[day], day

    def accepted(self) -> Mapping[tuple[int, int], int]:
        """All that stands accepted, by indicator and round, wherever it lies."""
        return {(indicator, round_): int(total) for indicator, round_, total in self.year.rows(SUM)}

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """The rows that an act may change."""
        tables = ("quota", "due_item", "assignment", "submission", "acceptance", "request",
                  "plan_version", "edition", "node", "unit_link", "step")  # fmt: skip
        return {name: sorted(self.year.rows(f"SELECT * FROM {name}"), key=repr) for name in tables}
