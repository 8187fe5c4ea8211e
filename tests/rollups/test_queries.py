"""What the pages read: sums that agree with each other, with both trees and with the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, select, update

from shuangyong_core import db
from shuangyong_core.clock import shanghai_date
from shuangyong_core.plans.models import Node, TargetVersion
from shuangyong_core.rollups import queries
from shuangyong_core.rollups.queries.holders import Stage
from shuangyong_core.rollups.rules.lights import Light, Tally
from shuangyong_core.units.models import Tree
from tests.rollups import recount
from tests.rollups.planting import AUTOMATIC, ROUNDS, TARGETS
from tests.rollups.played import RESPONSIBILITY, TODAY, play

UNITS = range(1, len(RESPONSIBILITY) + 1)
OPENED = [1, 2]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def played(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> Iterator[Engine]:
    """Played once for all: these tests read."""
    engine = db.make_engine(new_database(request.param))
    play(engine)
    with db.write(engine) as session:
        session.execute(
            update(TargetVersion)
            .where(TargetVersion.target.in_([1, 2]))
            .values(goal_kind="total", goal=70)
        )
        session.execute(
            update(TargetVersion)
            .where(TargetVersion.target == 4)
            .values(goal_kind="ratio", goal=1, goal_den=1)
        )
        shown = update(TargetVersion).where(TargetVersion.target == 3)
        session.execute(shown.values(shown_to=["street"]))
    yield engine
    engine.dispose()


def test_the_roots_of_both_trees_agree(played: Engine) -> None:
    with db.read(played) as session:
        for round_ in (None, *ROUNDS):
            one, other = (
                queries.show(session, 1, 1, today=TODAY, round=round_, tree=tree) for tree in Tree
            )
            assert [line.value for line in one] == [line.value for line in other]
            assert [line.tally for line in one] == [line.tally for line in other]
            assert [line.goal for line in one] == [line.goal for line in other]
        assert {line.goal for line in one if line.target.id in (1, 2)} == {None}


def test_show_gives_what_a_recount_gives(played: Engine) -> None:
    with played.connect() as connection:
        cells = recount.cells(connection)
    with db.read(played) as session:
        for unit in (1, 2, 3):
            for round_ in (None, *ROUNDS):
                lines = queries.show(session, 1, unit, today=TODAY, round=round_)
                for line in lines:
                    key = ("responsibility", unit, line.target.id, round_)
                    value = (line.value.numerator, line.value.denominator)
                    within = (line.within.numerator, line.within.denominator)
                    row = cells.get(key)
                    assert value == (row["value"] if row else (None, None))
                    assert within == (row["within"] if row else (None, None))
                    assert line.tally.expected == (row["expected"] if row else 0)


def test_a_line_is_ready_to_read(played: Engine) -> None:
    with db.read(played) as session:
        lines = {line.target.code: line for line in queries.show(session, 1, 1, today=TODAY)}

    visits = lines["T01"]
    # Rounds of target 1: accepted 2 + 4 + 5 (R1), 7 (R2); 6 and others are not due in it.
    assert visits.value.text == str(visits.value.numerator)
    assert visits.goal == "70"
    assert visits.rate_denominator == 70
    assert lines["T04"].rate_denominator == lines["T04"].value.denominator
    assert lines["T04"].goal == "100.0"
    assert lines["T08"].value.text is not None
    assert lines["T08"].value.text.startswith("2026-")
    assert lines["T11"].value.text is None
    assert visits.planned_rate is not None
    assert lines["T12"].target.automatic == "confirmed"


def test_the_year_of_a_childless_unit_is_its_own(played: Engine) -> None:
    with db.read(played) as session:
        lines = queries.show(session, 1, 4, today=TODAY)

    assert all(line.value == line.own for line in lines if line.value.numerator is not None)
    assert all(line.within.numerator is None for line in lines)


@pytest.mark.parametrize("tree", list(Tree))
def test_the_matrix_adds_up_to_the_node(played: Engine, tree: Tree) -> None:
    with db.read(played) as session:
        for unit in (1, 2, 3):
            found = queries.matrix(session, 1, unit, today=TODAY, tree=tree)
            counts = queries.tree_counts(session, 1, unit, today=TODAY, tree=tree, levels=9)
            by_unit = {count.unit.id: count.tally for count in counts}
            assert found.total == by_unit[unit]
            assert {row.unit.id: row.total for row in found.rows if not row.is_own} == {
                row.unit.id: by_unit[row.unit.id] for row in found.rows if not row.is_own
            }


def test_the_matrix_leaves_out_what_nobody_owes(played: Engine) -> None:
    with played.connect() as connection:
        states = recount.leaf_states(connection)
        due = recount.rows(connection, "SELECT unit, target, round, due FROM due_item")
    past = {(d["unit"], d["target"], d["round"]) for d in due if recount.day(d["due"]) < TODAY}
    items = {
        key: state for key, state in states.items() if key[1] != AUTOMATIC and key[2] in OPENED
    }

    with db.read(played) as session:
        total = queries.matrix(session, 1, 1, today=TODAY).total

    wanted = {name: sum(state[name] for state in items.values()) for name in recount.COUNTS}
    overdue = sum(not items[key]["reported"] for key in past & items.keys())
    assert total == Tally(**wanted, overdue=overdue)
    assert total.light is Light.LATE


def test_every_open_item_is_in_somebodys_hands(played: Engine) -> None:
    with db.read(played) as session:
        held = {h.stage: h for h in queries.holders_now(session, 1, 1, today=TODAY)}
        total = queries.matrix(session, 1, 1, today=TODAY).total

    assert sum(h.items for h in held.values()) == total.expected - total.accepted
    assert held[Stage.OVERDUE].items == total.overdue
    assert [unit.id for unit in held[Stage.WAITING_HOLDER].units] == [2]
    assert held[Stage.WAITING_HOLDER].reports == 1
    assert [unit.id for unit in held[Stage.RETURNED].units] == [6]
    assert [unit.id for unit in held[Stage.REVIEWING].units] == [7]
    # From the first round's date, Friday 6 March, to Monday 20 July.
    assert held[Stage.OVERDUE].workdays > 80


def test_the_strip_says_what_waits_for_the_unit_itself(played: Engine) -> None:
    with db.read(played) as session:
        street = queries.strip(session, 1, 2, today=TODAY)
        district = queries.strip(session, 1, 1, today=TODAY)

    assert (street.waiting_reports, [unit.id for unit in street.waiting_units]) == (1, [5])
    assert district.waiting_reports == 0
    assert sum(count for _, count in district.expected_by_kind) == district.items.expected


def test_the_trend_ends_at_what_is_accepted_now(played: Engine) -> None:
    with db.read(played) as session:
        for unit in UNITS:
            found = queries.trend(session, 1, unit)
            rounds = queries.round_progress(session, 1, unit, today=TODAY)
            accepted = sum(one.tally.accepted for one in rounds)
            expected = sum(one.tally.expected for one in rounds)
            assert (found.accepted[-1].items if found.accepted else 0) == accepted
            assert (found.planned[-1].items if found.planned else 0) == expected


@pytest.mark.parametrize("round_", [None, 2])
def test_every_number_is_explained(played: Engine, round_: int | None) -> None:
    with db.read(played) as session:
        for unit in (1, 2, 4):
            for line in queries.show(session, 1, unit, today=TODAY, round=round_):
                found = queries.explain(session, 1, unit, line.target.id, today=TODAY, round=round_)
                assert found.adds_up, (unit, line.target.code)
                assert "不一致" not in found.sentence


def test_an_explanation_goes_down_to_the_reports(played: Engine) -> None:
    with db.read(played) as session:
        found = queries.explain(session, 1, 1, 1, today=TODAY)

    sources = [source for source in found.sources if source.state == "reported"]
    assert sum(source.value.numerator or 0 for source in sources) == found.line.value.numerator
    assert {source.channel for source in sources} == {"form"}
    assert all(shanghai_date(source.accepted_at) <= TODAY for source in sources)
    assert [part.unit.id for part in found.parts if not part.is_own] == [2, 3]


def test_territory_gives_totals_and_no_reports(played: Engine) -> None:
    with db.read(played) as session:
        by_territory = queries.explain(session, 1, 2, 1, today=TODAY, tree=Tree.TERRITORY)
        own = select(Node.unit).where(Node.tree == "responsibility", Node.parent == 2)
        within = queries.explain(session, 1, 2, 1, today=TODAY, tree=Tree.TERRITORY, reach=own)

    assert by_territory.sources == ()
    assert by_territory.line.value.numerator is not None
    assert {source.unit.id for source in within.sources} <= {4, 5}


def test_a_total_is_shown_to_the_kinds_it_is_meant_for(played: Engine) -> None:
    with db.read(played) as session:
        lines = queries.show_shared(session, 1, 7, today=TODAY)
        whole = queries.show(session, 1, 1, today=TODAY, target=3)

    assert lines == whole
    assert [line.target.code for line in lines] == [TARGETS[3]]


def test_an_unknown_unit_or_target_is_not_found(played: Engine) -> None:
    with db.read(played) as session:
        with pytest.raises(queries.NoPlace):
            queries.show(session, 1, 99, today=TODAY)
        with pytest.raises(queries.NoSuchTarget):
            queries.explain(session, 1, 4, 99, today=TODAY)
