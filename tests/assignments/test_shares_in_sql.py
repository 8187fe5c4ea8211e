"""The default split of a database gives every unit of a random tree what the pure rules give it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.assignments.actions.launch.content import TargetContent
from shuangyong_core.assignments.actions.launch.sharing import find_unshareable
from shuangyong_core.assignments.actions.launch.split import split_level
from shuangyong_core.assignments.actions.launch.work import WORK, clear_work
from shuangyong_core.assignments.rules.shares import Party, WeightsUnusable, share
from tests.assignments.test_conservation import GOALS, TREES, Place

Shares = dict[tuple[int, str, int], int]  # depth, code, whether the party of one's own work


def by_the_rules(place: Place, held: int, code: str = "1", depth: int = 0) -> Shares:
    """What each party of a tree gets; who holds nothing, or weighs nothing, passes nothing on."""
    found = {(depth, code, 0): held}
    parties = [Party(f"{code}{no:02}", one.weigh()) for no, one in enumerate(place.below)]
    if place.below and place.reports:
        parties.append(Party(code, place.weight))
    try:
        shares = share(held, parties) if held else [0] * len(parties)
    except WeightsUnusable:
        shares = [0] * len(parties)
    for party, part, one in zip(parties, shares, [*place.below, None], strict=False):
        if one is None or party.code == code:
            found[depth + 1, code, 1] = part
        else:
            found |= by_the_rules(one, part, party.code, depth + 1)
    return found


def rows_of(
    place: Place, target: int, goal: int, code: str = "1", depth: int = 0, above: int = 0
) -> Iterator[dict[str, Any]]:
    """The work of a cascade for a tree: a row a unit, and one for a holder's own work."""
    unit, base = int(code), {"target": target, "code": code, "counted": 0, "measured": 1}
    base |= {"each": 0, "version": 1}
    own = {"reports": int(place.reports), "holds": int(bool(place.below))}
    yield base | own | {
        "depth": depth, "unit": unit, "parent": above, "is_own": 0,
        "weight": place.weigh(), "share": 0 if depth else goal,
    }  # fmt: skip
    if place.below and place.reports:
        yield base | own | {
            "depth": depth + 1, "unit": unit, "parent": unit, "is_own": 1,
            "weight": place.weight, "share": 0,
        }  # fmt: skip
    for no, one in enumerate(place.below):
        yield from rows_of(one, target, 0, f"{code}{no:02}", depth + 1, unit)


def by_the_database(session: Session, trees: list[tuple[int, Place]]) -> list[Shares]:
    """What every party gets there, all trees in one go."""
    clear_work(session)
    rows = [
        row
        for target, (goal, tree) in enumerate(trees, start=1)
        for row in rows_of(tree, target, goal)
    ]
    connection = session.connection()
    connection.execute(insert(WORK), rows)
    for level in range(max(row["depth"] for row in rows)):
        split_level(session, level)
    columns = (WORK.c.target, WORK.c.depth, WORK.c.code, WORK.c.is_own, WORK.c.share)
    found: list[Shares] = [{} for _ in trees]
    for target, depth, code, is_own, part in connection.execute(select(*columns)):
        found[target - 1][depth, code, is_own] = part
    return found


def coarse(place: Place, most: int) -> Place:
    """The same tree with smaller weights: more of them are equal, so that codes decide."""
    return Place(place.weight % most, place.reports, [coarse(one, most) for one in place.below])


SPLITS = st.tuples(GOALS, TREES) | st.builds(
    lambda goal, tree, most: (goal, coarse(tree, most)), st.integers(0, 99), TREES,
    st.integers(1, 4),
)  # fmt: skip
FIXTURE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=6, deadline=None, suppress_health_check=FIXTURE, derandomize=True)
@given(trees=st.lists(SPLITS, min_size=5, max_size=9))
def test_the_same_share_goes_to_the_same_unit(engine: Any, trees: list[tuple[int, Place]]) -> None:
    with db.write(engine) as session:
        found = by_the_database(session, trees)

    assert found == [by_the_rules(tree, goal) for goal, tree in trees]


@pytest.mark.databases("sqlite")
def test_a_tie_goes_by_code_and_the_largest_goal_stays_exact(engine: Any) -> None:
    ties = Place(1, True, [Place(1), Place(1), Place(1)])
    large = Place(0, False, [Place(2_999_999_997), Place(1), Place(0)])
    trees = [(2, ties), (10**12, large), (0, ties), (7, Place(0, True, [Place(0)]))]

    with db.write(engine) as session:
        found = by_the_database(session, trees)

    assert found == [by_the_rules(tree, goal) for goal, tree in trees]
    assert [part for key, part in sorted(found[0].items()) if key[0]] == [1, 1, 0, 0]


def test_a_missing_weight_is_told_of_whoever_reports_without_one_and_of_nobody_else(
    engine: Any,
) -> None:
    tree = Place(5, True, [Place(1), Place(2, True, [Place(3), Place(4)])])
    reporters = ["1", "100", "101", "10100", "10101"]
    rows = []
    for target, lacking in enumerate([*reporters, None], start=1):
        for row in rows_of(tree, target, 10):
            row["holds"] = int(row["holds"] and not row["is_own"])  # its own part holds nothing
            if row["code"] == lacking and not row["holds"]:
                row["weight"] = None
            rows.append(row)
    contents = [
        TargetContent(target, f"T{target}", is_automatic=False, has_total=True, base="户数")
        for target in range(1, 7)
    ]

    with db.write(engine) as session:
        clear_work(session)
        session.connection().execute(insert(WORK), rows)
        problems = find_unshareable(session, contents, top=0)

    told = [(problem.code, problem.field, problem.value) for problem in problems]
    assert told == [("base_missing", f"T{no}", code) for no, code in enumerate(reporters, start=1)]
