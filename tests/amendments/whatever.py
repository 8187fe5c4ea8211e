"""A year and everything that may be done with it, as a machine; each act has its own day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
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
from shuangyong_core.rollups.queries import progress, show
from shuangyong_core.rollups.turn_back import turn_back
from shuangyong_core.units.models import Tree, Unit
from tests.amendments.recounting import (
    NOT_DUE,
    SUM,
    UNASKED,
    UNBALANCED,
    WITHOUT_OWNER,
    figures_of,
)
from tests.amendments.small_year import ISSUER, NOW, A, B, SmallYear

PLAN, ROUND = "reorg-2026", "R2"
CLERK, REVIEWER = Actor("operator", "clerk", "填报"), Actor("operator", "reviewer", "审核")
STREETS = (A, B)
COMMUNITIES = tuple(f"{street}{n:03}" for street in STREETS for n in (1, 2, 3))
TARGETS = ("T1", "T1", "T2", "T3", "T4")  # T1 is everybody's
REPORTERS = (*STREETS, *COMMUNITIES)
DECISIONS = ("accept", "accept", "reopen", "return", "")
Seen = dict[str, list[Any]]
unit_codes, targets = st.sampled_from(REPORTERS), st.sampled_from(TARGETS)
numbers = st.integers(0, 60)


def seen_on(session: Session, day: date) -> Seen:
    """Every state and cell there is, and all that is answered of the district and a street."""
    seen: Seen = {}
    for table in REAL.each:
        columns = [column for column in table.c if column.name != "fold"]
        seen[table.name] = sorted(map(tuple, session.execute(select(*columns))), key=repr)
    units = session.execute(select(Unit.code, Unit.id).where(Unit.code.in_((ISSUER, A)))).tuples()
    for (code, unit), (round_, tree) in product(units.all(), zip((None, 2), Tree, strict=True)):
        lines = show(session, 1, unit, today=day, round=round_, tree=tree)
        seen[f"{code} {round_}"] = [replace(line, unit=None) for line in lines]
        page = progress(session, 1, unit, today=day, round=round_, tree=tree)
        hands = [replace(hand, units=()) for hand in page.hands]  # by the names of today
        tallies = [each.tally for each in page.rounds]
        seen[f"{code} {round_} page"] = [page.strip.items, page.trend, hands, tallies]
    return seen


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

    @rule(unit=unit_codes, code=targets)
    def resume(self, unit: str, code: str) -> None:
        self.ask("resume", unit, Wish(Kind.RESUMPTION, target=code, reason="已经恢复"))

    @rule(unit=unit_codes, keeps=st.booleans(), day=st.integers(8, 20))
    def amend_while_paused(self, unit: str, keeps: bool, day: int) -> None:
        self.suspend(unit, "T2", then=False)
        self.amend_a_date(day)
        self.amend_rounds(keeps)
        self.resume(unit, "T2")

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

    @rule(keeps=st.booleans())
    def amend_rounds(self, keeps: bool) -> None:
        rounds = "R1, R2, R3" if keeps else "R1, R2"
        self.amend("amend rounds", f"targets: [{{code: T2, rounds: [{rounds}]}}]")

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
        assert self.year.rows(UNASKED) == []
        assert self.year.rows(NOT_DUE) == []
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
