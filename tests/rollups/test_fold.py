"""After any acts in any order, every cell is what a recount in plain Python gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, text

from shuangyong_core import db
from shuangyong_core.rollups import actions
from shuangyong_core.rollups.models import Cell, CellYtd
from tests.rollups import recount
from tests.rollups.planting import AUTOMATIC, ROUNDS
from tests.rollups.year import Year

NOW = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
FIELDS = (*recount.COUNTS, "value", "within")


def fold(engine: Engine) -> actions.FoldDone:
    with db.write(engine) as session:
        return actions.fold(session, at=NOW)


def kept(engine: Engine) -> dict[recount.Key, dict[str, Any]]:
    found: dict[recount.Key, dict[str, Any]] = {}
    with db.read(engine) as session:
        for table in (Cell, CellYtd):
            for row in session.execute(select(table.__table__)).mappings():
                key = (row["tree"], row["unit"], row["target"], row.get("round"))
                found[key] = {name: row[name] for name in recount.COUNTS}
                found[key]["value"] = (row["numerator"], row["denominator"])
                found[key]["within"] = (row["within_numerator"], row["within_denominator"])
    return found


def assert_exact(engine: Engine) -> None:
    with engine.connect() as connection:
        wanted = recount.cells(connection)
    found = kept(engine)
    assert found.keys() == wanted.keys()
    for key, row in wanted.items():
        assert {name: found[key][name] for name in FIELDS} == row, key


def empty(engine: Engine) -> None:
    with db.write(engine) as session:
        for table in reversed(db.Base.metadata.sorted_tables):
            session.execute(delete(table))


@st.composite
def forests(draw: st.DrawFn) -> tuple[list[int | None], list[int | None]]:
    """Two trees over the same units, each parent before its children."""
    size = draw(st.integers(2, 7))
    both = [
        [None, *(draw(st.integers(1, unit - 1)) for unit in range(2, size + 1))] for _ in range(2)
    ]
    return both[0], both[1]


amounts = st.integers(0, 9)
figures = st.fixed_dictionaries(
    {},
    optional={
        1: amounts | st.none() | st.just(...),
        2: amounts | st.none(),
        3: st.tuples(amounts, amounts) | st.none(),
        4: st.tuples(amounts, amounts) | st.none(),
        5: st.integers(0, 1) | st.none(),
        6: st.integers(20000, 20600) | st.none(),
        7: amounts | st.none() | st.just(...),
        8: st.integers(20000, 20600) | st.none(),
        9: st.frozensets(st.sampled_from(["驻军单位A", "驻军单位B", "驻军单位C"])) | st.none(),
        10: amounts | st.none(),
        11: st.just("无") | st.none(),
    },
)
acts = st.tuples(
    st.sampled_from(
        ["submit", "accept", "accept", "reopen", "returned", "draft", "exempt", "grant", "hold"]
    ),
    st.integers(1, 7),
    st.sampled_from(list(ROUNDS)),
    figures,
    st.dates(datetime(2026, 3, 1).date(), datetime(2026, 7, 14).date()),
)


def play(year: Year, act: tuple[Any, ...]) -> None:
    """Does what the act asks where the conversation allows it."""
    name, unit, round_, body, day = act
    unit = (unit - 1) % len(year.units) + 1
    status = year.status(unit, round_)
    if name == "submit":
        year.submit(unit, round_, body, day=day)
    elif name == "accept" and status == "submitted":
        year.accept(unit, round_)
    elif name == "reopen" and status == "accepted":
        year.reopen(unit, round_)
    elif name in ("returned", "draft") and status == "submitted":
        year.move(unit, round_, name)
    elif name == "exempt":
        year.exempt(unit, day.day % (AUTOMATIC - 1) + 1, round_)
    elif name == "grant":
        year.grant(unit, 1 + 6 * (day.day % 2), round_, day)
    elif name == "hold":
        year.hold(unit, "decomposed" if day.day % 2 else "acknowledged")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_cell_equals_the_recount_after_each_act(
    kind: str, new_database: Callable[[str], str]
) -> None:
    engine = db.make_engine(new_database(kind))

    @settings(
        max_examples=25 if kind == "sqlite" else 6,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(forests(), st.lists(acts, max_size=8))
    def run(trees: tuple[list[int | None], list[int | None]], played: list[Any]) -> None:
        empty(engine)
        year = Year(engine, *trees)
        fold(engine)
        assert_exact(engine)
        for act in played:
            play(year, act)
            fold(engine)
            assert_exact(engine)
        with db.write(engine) as session:
            assert actions.verify(session) == []
        folded = kept(engine)
        with db.write(engine) as session:
            actions.rebuild(session, at=NOW)
        assert kept(engine) == folded

    run()
    engine.dispose()


def test_an_item_left_out_with_leave_is_expected_until_a_supplement_brings_it(
    engine: Engine,
) -> None:
    year = Year(engine, [None, 1])
    year.grant(2, 1, 2, date(2026, 7, 31))
    year.submit(2, 2, {1: ..., 2: 5}, day=date(2026, 7, 1))
    year.accept(2, 2)

    def state() -> tuple[Any, ...]:
        fold(engine)
        assert_exact(engine)
        asked = "SELECT reported, accepted, on_time, numerator FROM leaf_state"
        with db.read(engine) as session:
            row = session.execute(text(f"{asked} WHERE unit = 2 AND target = 1 AND round = 2"))
            return tuple(row.one())

    assert state() == (0, 0, 0, None)
    year.submit(2, 2, {1: 7, 2: 5}, day=date(2026, 7, 20))
    assert state() == (1, 0, 1, None)
    year.accept(2, 2)
    assert state() == (1, 1, 1, 7)


def test_nothing_to_fold_writes_nothing(engine: Engine) -> None:
    done = fold(engine)

    assert done == actions.FoldDone(no=None, marks=0)
    with db.read(engine) as session:
        assert session.scalar(text("SELECT count(*) FROM fold")) == 0
