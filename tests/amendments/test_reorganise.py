"""Merging, splitting, moving, renaming and abolishing units while their year runs."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest

from shuangyong_core import db
from shuangyong_core.amendments.actions import amend_plan
from shuangyong_core.amendments.queries.read_amendment import read_amendment
from shuangyong_core.plans.models import Plan
from shuangyong_core.rollups.actions import rebuild
from shuangyong_core.rollups.actions.alone import FOLD, take_turn
from shuangyong_core.rollups.queries import explain, progress, rounds_apart, show
from shuangyong_core.rollups.queries.by_round import by_round
from shuangyong_core.units.models import Tree
from tests.amendments.small_year import ISSUER, NOW, A, B, SmallYear, play
from tests.assignments.year import OFFICE

A1, A2, A3, B1, B2 = f"{A}001", f"{A}002", f"{A}003", f"{B}001", f"{B}002"


@pytest.mark.databases("postgresql")
def test_every_act_is_the_same_on_postgresql(database_url: str) -> None:
    play(database_url)
    engine = db.make_engine(database_url)
    year = SmallYear.of(engine)
    before = year.facts()

    with ThreadPoolExecutor(1) as pool:
        with db.write(engine) as folding:
            take_turn(folding, job=FOLD, at=NOW)
            waits = pool.submit(year.reorganise, f"划转,{A1},{B},,,2026-07-01")
            assert wait([waits], timeout=0.3).not_done  # until the fold in hand is done
        waits.result()
    year.reorganise(
        f"合并,{A2},{B1},,,2026-07-01",
        f"拆分,{A3},{A}011,,上社区,2026-07-01",
        f"更名,{B},,,新街道,2026-07-01",
        f"撤销,{B2},,,,2026-07-01",
    )
    year.reorganise(f"合并,{A},{B},,,2026-07-02")

    assert year.facts() == before
    assert year.places()[A3] == f"{B}~"
    year.check()
    with db.read(engine) as session:
        for tree in Tree:
            ask = {"today": NOW.date(), "target": 2, "round": 1, "tree": tree}
            (line,) = show(session, year.plan, year.id_of(A), as_then=True, **ask)
            assert (line.value.numerator, line.goal, line.tally.expected) == (12, "9", 3)
    engine.dispose()


def test_a_move_takes_all_below_along_and_loses_nothing(year: SmallYear) -> None:
    before = year.facts()

    year.reorganise(f"划转,{A1},{B},,,2026-07-01", f"划转,{A},{B},,,2026-07-01")

    places = year.places()
    assert (places[A1], places[A], places[A2]) == (B, B, A)
    assert year.facts() == before
    year.check()


def test_rounds_that_are_over_keep_their_edition(year: SmallYear) -> None:
    year.reorganise(f"划转,{A1},{B},,,2026-07-01")

    kept = dict(year.rows("SELECT code, closed_edition FROM round"))
    assert kept == {"R1": 1, "R2": None, "R3": None}
    was = """SELECT p.code FROM node n JOIN unit u ON u.id = n.unit JOIN unit p ON p.id = n.parent
        WHERE u.code = :code AND n.tree = 'responsibility' AND n.from_edition <= 1
        AND (n.to_edition IS NULL OR n.to_edition > 1)"""
    assert year.rows(was, code=A1) == [(A,)]


def test_a_round_that_is_over_is_seen_as_then_or_as_now(year: SmallYear) -> None:
    year.reorganise(f"划转,{A1},{B},,,2026-07-01", f"合并,{A2},{A3},,,2026-07-01")

    with db.read(year.engine) as session:
        ask = {"today": NOW.date(), "round": 1}
        lines = [
            [
                show(session, year.plan, year.id_of(code), as_then=as_then, target=target, **ask)[0]
                for code in (A, B, ISSUER)
                for target in (1, 2)
            ]
            for as_then in (True, False)
        ]
    # The number and the goal for each round: as many communities owe 3 as stood there then.
    then, now = ([(line.value.numerator, line.goal) for line in some] for some in lines)
    assert then == [(8, None), (12, "9"), (4, None), (6, "9"), (12, None), (18, "18")]
    assert now == [(4, None), (6, "6"), (8, None), (12, "12"), (12, None), (18, "18")]

    # So are a ratio's goal and a title, once an amendment has changed them.
    after = NOW + timedelta(days=28)
    said = b'reason: r\ntargets: [{code: T3, title: X, goal: {ratio: "0.95"}}]'
    with db.write(year.engine) as session:
        plan = session.get_one(Plan, year.plan)
        amended = read_amendment(session, plan, said, file="amend.yaml")
        amend_plan(session, plan, amended, actor=OFFICE, at=after)
        told = [
            {line.target.code: (line.target.title, line.goal) for line in lines}
            for as_then in (True, False)
            for lines in [
                show(session, plan.id, year.id_of(ISSUER), round=2, today=after.date(),
                     as_then=as_then)
            ]
        ]  # fmt: skip
    assert (told[0]["T3"], told[1]["T3"]) == (("覆盖率", "90.0"), ("X", "95.0"))


@pytest.mark.parametrize("tree", Tree)
def test_a_number_of_then_is_explained_by_its_units_of_then(year: SmallYear, tree: Tree) -> None:
    year.reorganise(f"划转,{A1},{B},{B},,2026-07-01")

    with db.read(year.engine) as session:
        ask = {"today": NOW.date(), "tree": tree}
        street = year.id_of(A)
        then, now = (
            explain(session, year.plan, street, 2, round=1, as_then=as_then, **ask)
            for as_then in (True, False)
        )
        seen = progress(session, year.plan, street, round=1, as_then=True, **ask)
        assert rounds_apart(session, year.plan, street, tree=tree) == {1}
        rounds = by_round(session, year.plan, street, then.line.target, as_then=True, **ask)

    assert [part.unit.code for part in then.parts] == [A1, A2, A3]
    assert [part.unit.code for part in now.parts] == [A2, A3]
    assert (then.line.value.numerator, then.adds_up) == (12, True)
    assert {unit: goal for unit, goal in then.quotas.items() if unit == year.id_of(A1)}
    assert [count.unit.code for count in seen.tree] == [A, A1, A2, A3]
    counts = [(count.tally.reported, count.tally.expected) for count in seen.tree]
    assert counts == [(4, 7), (2, 2), (2, 2), (0, 2)]
    assert {no: each.tally.expected for no, each in rounds.items()} == {1: 3, 2: 2, 3: 2}


def test_a_merger_gives_every_open_item_one_owner(year: SmallYear) -> None:
    before = year.facts()
    quota = "SELECT held FROM quota WHERE unit = :u AND target = 1"
    held, of_item = (year.rows(quota, u=year.id_of(code))[0][0] for code in (A, A2))

    done = year.reorganise(f"合并,{A2},{B1},,,2026-07-01")

    assert year.facts() == before
    assert year.places()[A2] == f"{B1}~"
    # Sent but not accepted: withdrawn; the heir owes its own already. R1 is over and stays.
    assert A2 not in year.owners("T1", 2)
    assert year.owners("T1", 2)[B1] == "issued"
    assert A2 in year.owners("T1", 1)
    assert {each.round for each in done.preview.changes[0].handed_over} == {"R2", "R3"}
    left = """SELECT target, held, own FROM quota WHERE unit = :u AND valid_to IS NULL"""
    assert {row[1:] for row in year.rows(left, u=year.id_of(A2))} == {(0, 0)}
    of_street = year.rows(f"{left} AND target = 1", u=year.id_of(A))
    assert of_street[0][1] == held - of_item
    year.check()


def test_an_heir_takes_up_again_what_an_amendment_took_from_it(year: SmallYear) -> None:
    with db.write(year.engine) as session:
        plan, said = session.get_one(Plan, year.plan), f'leave_out: {{T4: ["{A3}"]}}'.encode()
        wanted = read_amendment(session, plan, said, file="acts.yaml")
        amend_plan(session, plan, wanted, actor=OFFICE, at=NOW)
    held = "SELECT held FROM quota WHERE unit = :u AND target = 4 AND valid_to IS NULL"
    of_old = year.rows(held, u=year.id_of(A2))
    assert A3 not in year.owners("T4", 2)

    year.reorganise(f"合并,{A2},{A3},,,2026-07-01")

    assert {code: year.owners("T4", 2).get(code) for code in (A2, A3)} == {A2: None, A3: "issued"}
    assert year.rows(held, u=year.id_of(A3)) == of_old
    year.check()


def test_nobody_waits_for_a_unit_that_is_gone_to_confirm_the_year(year: SmallYear) -> None:
    counted = """SELECT count(*) FROM counted WHERE unit = :u AND numerator = 0"""
    assert year.rows(counted, u=year.id_of(A2)) == [(1,)]

    year.reorganise(f"合并,{A2},{B1},,,2026-07-01")

    with db.write(year.engine) as session:
        rebuild(session, at=NOW)
    assert year.rows(counted, u=year.id_of(A2)) == [(0,)]


def test_what_was_accepted_stays_with_the_old_unit(year: SmallYear) -> None:
    year.reorganise(f"合并,{A1},{A3},,,2026-07-01")

    assert A1 in year.owners("T1", 2)
    assert A1 not in year.owners("T1", 3)
    year.check()


def test_a_merger_into_a_new_unit_founds_it(year: SmallYear) -> None:
    before = year.facts()

    year.reorganise(f"合并,{A2},{A}009,,新社区,2026-07-01", f"合并,{A3},{A}009,,新社区,2026-07-01")

    places = year.places()
    assert (places[f"{A}009"], places[A2], places[A3]) == (A, f"{A}009~", f"{A}009~")
    assert year.owners("T1", 3)[f"{A}009"] == "issued"
    assert year.facts() == before
    year.check()


def test_a_merged_street_gives_all_below_it_to_its_heir(year: SmallYear) -> None:
    before = year.facts()

    year.reorganise(f"合并,{A},{B},,,2026-07-01")

    places = year.places()
    assert (places[A], places[A1], places[A3]) == (f"{B}~", B, B)
    assert year.facts() == before
    year.check()


def test_a_split_shares_out_evenly_and_leaves_figures_where_they_are(year: SmallYear) -> None:
    before = year.facts()

    year.reorganise(f"拆分,{A1},{A}011,,上社区,2026-07-01", f"拆分,{A1},{A}012,,下社区,2026-07-01")

    owners = year.owners("T1", 3)
    assert owners[f"{A}011"] == owners[f"{A}012"] == "issued"
    assert A1 not in owners
    assert year.places()[A1] == f"{A}~"
    assert year.facts() == before
    year.check()


def test_a_unit_that_gives_a_part_away_goes_on(year: SmallYear) -> None:
    year.reorganise(f"拆分,{A1},{A1},,,2026-07-01", f"拆分,{A1},{A}011,,上社区,2026-07-01")

    owners = year.owners("T1", 3)
    assert owners[A1] == owners[f"{A}011"] == "issued"
    # It has reported for R2 already, for all of what it was.
    assert f"{A}011" not in year.owners("T1", 2)
    year.check()


def test_an_abolished_unit_owes_nothing_more_and_keeps_what_it_did(year: SmallYear) -> None:
    before = year.facts()

    year.reorganise(f"撤销,{A1},,,,2026-07-01")

    assert A1 not in year.owners("T1", 3)
    assert year.facts() == before
    assert year.places()[A1] == f"{A}~"
    year.check()


def test_what_an_abolished_unit_left_stays_when_the_one_above_it_is_split(year: SmallYear) -> None:
    before = year.facts()
    year.reorganise(*(f"撤销,{A}00{n},,,,2026-07-01" for n in (1, 2, 3)))

    year.reorganise(
        f"拆分,{A},990106011,,上街道,2026-07-01", f"拆分,{A},990106012,,下街道,2026-07-01"
    )

    places = year.places()
    assert (places[A1], places[A]) == (f"{A}~", f"{ISSUER}~")
    assert year.facts() == before
    year.check()


@pytest.mark.parametrize("whole_from", [0, 10**6], ids=["only what is dirty", "the whole plan"])
def test_stock_of_the_old_unit_gives_way_to_a_later_round_of_its_heir(
    year: SmallYear, whole_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folding = importlib.import_module("shuangyong_core.rollups.actions.fold")
    monkeypatch.setattr(folding, "WHOLE_FROM", whole_from)
    stock = """SELECT c.numerator FROM cell_ytd c JOIN unit u ON u.id = c.unit
        WHERE u.code = :code AND c.tree = 'responsibility' AND c.target = 2"""
    assert year.rows(stock, code=ISSUER) == [(5 + 6 + 6,)]
    year.reorganise(f"合并,{A2},{A3},,,2026-07-01")
    assert year.rows(stock, code=ISSUER) == [(17,)]

    year.report(A3, 2, {1: 1, 2: 9, 3: (1, 1), 4: frozenset()}, accept=True)
    year.fold()

    assert year.rows(stock, code=ISSUER) == [(5 + 9 + 6,)]
    year.check()


def test_the_same_acts_again_change_nothing(year: SmallYear) -> None:
    rows = (f"合并,{A2},{A3},,,2026-07-01", f"更名,{A3},,,柳塘新社区,2026-07-01")
    year.reorganise(*rows)
    tables = ("node", "edition", "quota", "due_item", "unit_succession", "unit_link", "unit_name")
    counts = [year.rows(f"SELECT count(*) FROM {table}") for table in tables]

    again = year.reorganise(*rows)
    part = year.reorganise(rows[0])

    assert not again.is_new
    assert not part.is_new
    assert counts == [year.rows(f"SELECT count(*) FROM {table}") for table in tables]
