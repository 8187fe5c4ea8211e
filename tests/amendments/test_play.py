"""Random acts on random trees: no sum above is lost, no cycle, every item has one owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shuangyong_core import db
from shuangyong_core.amendments.rules.acts import ActKind, Turn
from shuangyong_core.amendments.rules.duties import Duties
from shuangyong_core.amendments.rules.forest import Forest
from shuangyong_core.amendments.rules.ledger import Held, Ledger
from shuangyong_core.amendments.rules.play import Ground, play
from shuangyong_core.errors import Problems
from tests.amendments.small_year import ISSUER, A, B, SmallYear, unit_rows

DAY = date(2026, 7, 1)
LARGE = 10**12


@st.composite
def grounds(draw: st.DrawFn) -> tuple[Ground, dict[int, int | None]]:
    """A tree of up to a dozen units, each holding what it keeps and what is below it."""
    count = draw(st.integers(3, 12))
    parents: dict[int, int | None] = {1: None}
    for unit in range(2, count + 1):
        parents[unit] = draw(st.integers(1, unit - 1))
    own = {unit: draw(st.integers(0, LARGE)) for unit in parents}
    held = dict(own)
    for unit in sorted(parents, reverse=True):
        above = parents[unit]
        if above is not None:
            held[above] += held[unit]
    less = draw(st.sampled_from([*parents]))
    rows = {(unit, 7): Held(held[unit], own[unit]) for unit in parents}
    # One passed on more than it had, and said why.
    excess = draw(st.integers(0, held[less] - own[less])) if less == 1 else 0
    if excess:
        rows[less, 7] = Held(held[less] - excess, own[less], "已说明")
    below = {unit: [child for child in parents if parents[child] == unit] for unit in parents}
    forests = Forest(parents, below), Forest(parents, below)
    return Ground(*forests, Ledger(rows), Duties({}, {})), parents


LADDER: dict[int, int | None] = {1: None, 3: 1, 5: 3}


def ladder() -> Ground:
    """Three units one under the other: the lowest holds 1 and keeps it, when it is abolished."""
    rows = {(unit, 7): Held(1, 1 if unit == 5 else 0) for unit in LADDER}
    below = {1: [3], 3: [5], 5: []}
    return Ground(Forest(LADDER, below), Forest(LADDER, below), Ledger(rows), Duties({}, {}))


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    kind = draw(st.sampled_from([ActKind.MERGE, ActKind.SPLIT, ActKind.MOVE, ActKind.ABOLISH]))
    unit, to = draw(st.integers(2, 12)), draw(st.integers(1, 12))
    heirs: tuple[int, ...] = (to,)
    if kind is ActKind.SPLIT:
        heirs = draw(st.sampled_from([(-to, -to - 20), (unit, -to)]))
    return Turn(1, kind, unit, heirs if kind is not ActKind.ABOLISH else (), None, DAY)


@example(
    (ladder(), dict(LADDER)),
    [Turn(1, ActKind.ABOLISH, 5, (), None, DAY), Turn(1, ActKind.SPLIT, 3, (-1, -21), None, DAY)],
)
@given(grounds(), st.lists(turns(), max_size=8))
def test_no_sum_is_lost_whatever_is_played(
    made: tuple[Ground, dict[int, int | None]], acts: list[Turn]
) -> None:
    ground, parents = made
    root, tree = ground.ledger.rows[1, 7].held, ground.responsibility

    for act in acts:
        known = [act.unit, *(unit for unit in act.to if unit > 0)]
        if all(unit in parents for unit in known) and act.unit not in (tree.silent | set(act.to)):
            if not tree.silent & set(act.to):
                play(ground, [act])
        elif act.kind is ActKind.SPLIT and act.unit in tree and act.unit not in tree.silent:
            play(ground, [act])

    rows = ground.ledger.rows
    assert rows[1, 7].held == root
    for unit, above in tree.parent.items():
        assert unit not in tree.line(unit)
        below = [child for child, up in tree.parent.items() if up == unit]
        row = rows.get((unit, 7), Held(0, 0))
        passed = row.own + sum(rows.get((child, 7), Held(0, 0)).held for child in below)
        assert 0 <= row.own <= row.held
        assert passed >= row.held or unit in tree.silent
        assert passed == row.held or row.reason
        assert above is not None or unit == 1


@pytest.fixture(scope="module")
def built(new_database: Callable[[str], str]) -> bytes:
    """A launched year, as the bytes of its database."""
    url = new_database("sqlite")
    year = SmallYear.of(db.make_engine(url))
    year.build(unit_rows())
    year.engine.dispose()
    return Path(url.removeprefix("sqlite:///")).read_bytes()


CODES = [A, B, *(f"{street}{n:03}" for street in (A, B) for n in (1, 2, 3))]
STEPS = st.one_of(
    st.tuples(st.just("划转"), st.sampled_from(CODES), st.sampled_from([A, B, ISSUER])),
    st.tuples(st.just("合并"), st.sampled_from(CODES), st.sampled_from(CODES)),
    st.tuples(st.just("拆分"), st.sampled_from(CODES), st.sampled_from(["N1", "N2"])),
    st.tuples(st.just("撤销"), st.sampled_from(CODES), st.just("")),
    st.tuples(st.just("报送"), st.sampled_from(CODES[2:]), st.sampled_from(["", "审核"])),
)


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=4, max_size=7))
def test_a_year_holds_together_whatever_becomes_of_its_units(
    built: bytes, steps: list[tuple[str, str, str]]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "year.db"
        path.write_bytes(built)
        year = SmallYear.of(db.make_engine(f"sqlite:///{path}"))
        for act, code, to in steps:
            if act == "报送":
                year.report(code, 2, {1: 4, 2: 3, 3: (1, 2)}, accept=bool(to))
                year.fold()
                continue
            before = year.facts()
            name = "新单位" if act == "拆分" else ""
            try:
                year.reorganise(f"{act},{code},{to},,{name},2026-07-01")
            except Problems:
                assert year.facts() == before
                continue
            assert year.facts() == before
        year.check()
        year.engine.dispose()
