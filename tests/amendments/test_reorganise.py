"""Merging, splitting, moving, renaming and abolishing units while their year runs."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.amendments.actions import PreviewMoved, preview_reorganisation
from shuangyong_core.amendments.actions.working_out_units import MayNotReorganise
from shuangyong_core.amendments.reading import read_acts
from shuangyong_core.cli.app import run
from shuangyong_core.errors import Problems
from shuangyong_core.rollups.actions import rebuild
from tests.amendments.small_year import HEADER, ISSUER, NOW, A, B, SmallYear, unit_rows
from tests.assignments.year import OFFICE

A1, A2, A3, B1, B2 = f"{A}001", f"{A}002", f"{A}003", f"{B}001", f"{B}002"
FIGURES = {1: 7, 2: 5, 3: (3, 4), 4: frozenset({"驻军单位A"})}


@pytest.fixture(scope="module")
def played(new_database: Callable[[str], str]) -> Path:
    """A year in which some have reported the rounds of spring and of summer, to copy."""
    url = new_database("sqlite")
    _play(url)
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def year(played: Path, tmp_path: Path) -> Iterator[SmallYear]:
    """The year, for one test."""
    shutil.copy(played, tmp_path / "year.db")
    engine = db.make_engine(f"sqlite:///{tmp_path / 'year.db'}")
    yield SmallYear.of(engine)
    engine.dispose()


def _play(url: str) -> None:
    engine = db.make_engine(url)
    year = SmallYear.of(engine)
    year.build(unit_rows())
    for code in (A1, A2, B1):
        year.report(code, 1, {1: 4, 2: 6}, accept=True)
    year.report(A1, 2, FIGURES, accept=True)
    year.report(A2, 2, FIGURES, accept=False)
    year.fold()
    engine.dispose()


@pytest.mark.databases("postgresql")
def test_every_act_is_the_same_on_postgresql(database_url: str) -> None:
    _play(database_url)
    engine = db.make_engine(database_url)
    year = SmallYear.of(engine)
    before = year.facts()

    year.reorganise(
        f"划转,{A1},{B},,,2026-07-01",
        f"合并,{A2},{B1},,,2026-07-01",
        f"拆分,{A3},{A}011,,上社区,2026-07-01",
        f"更名,{B},,,新街道,2026-07-01",
        f"撤销,{B2},,,,2026-07-01",
    )
    year.reorganise(f"合并,{A},{B},,,2026-07-02")

    assert year.facts() == before
    assert year.places()[A3] == f"{B}~"
    year.check()
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


def test_everything_wrong_is_said_at_once(year: SmallYear) -> None:
    year.reorganise(f"合并,{A2},{A3},,,2026-07-01")

    with pytest.raises(Problems) as refused:
        year.reorganise(
            f"合并,{A1},{A2},,,2026-07-01",  # into one that is gone
            f"划转,{A},{A},,,2026-07-01",  # under itself
            f"划转,{B1},990199,,,2026-07-01",  # nobody
            f"撤销,{B},,,,2026-07-01",  # with communities below
            f"合并,{B2},{A3},,,2026-12-01",  # not yet
            f"合并,{B}003,{B},,,2026-07-01",  # a community into a street
            f"撤销,{ISSUER},,,,2026-07-01",  # the issuer of the plan
            f"划转,{A3},{B},,,2025-07-01",  # before it hung there
        )

    found = {(each.row, each.code) for each in refused.value.problems}
    assert found >= {
        (2, "gone"), (3, "itself"), (4, "unknown_unit"), (5, "still_below"), (6, "future"),
        (7, "other_kind"), (8, "issuer"), (9, "too_early"),
    }  # fmt: skip
    assert all(each.file == "acts.csv" and each.column for each in refused.value.problems)
    year.check()


def test_a_cycle_is_refused(year: SmallYear) -> None:
    year.reorganise(f"划转,{B},{A},,,2026-07-01")

    with pytest.raises(Problems) as refused:
        year.reorganise(f"划转,{A},{B},,,2026-07-02")

    assert {each.code for each in refused.value.problems} == {"cycle"}


def test_a_preview_writes_nothing_and_its_seal_breaks_when_things_move(year: SmallYear) -> None:
    rows = [HEADER, f"合并,{A2},{A3},,,2026-07-01"]
    listed = read_acts("\n".join(rows).encode(), "acts.csv")
    with db.read(year.engine) as session:
        preview = preview_reorganisation(session, listed, actor=OFFICE, at=NOW)
    assert year.rows("SELECT count(*) FROM edition") == [(1,)]
    year.report(A2, 2, FIGURES, accept=True)

    with pytest.raises(PreviewMoved, match="移交"):
        year.reorganise(rows[1], seal=preview.seal)


def test_only_who_sends_the_plan_down_reorganises_and_only_below(year: SmallYear) -> None:
    issuer = Actor("user", 7, "双拥办", (Grant(year.id_of(ISSUER), Role.ISSUER),))
    street = Actor("user", 8, "街道", (Grant(year.id_of(A), Role.MANAGER),))
    other = Actor("user", 9, "别区", (Grant(year.id_of(A), Role.ISSUER),))

    with pytest.raises(MayNotReorganise):
        year.reorganise(f"划转,{A1},{B},,,2026-07-01", actor=street)
    with pytest.raises(Problems) as refused:
        year.reorganise(f"划转,{A1},{B},,,2026-07-01", actor=other)
    year.reorganise(f"划转,{A1},{B},,,2026-07-01", actor=issuer)

    assert "unknown_unit" in {each.code for each in refused.value.problems}
    assert year.places()[A1] == B


def test_the_command_previews_and_then_applies(
    year: SmallYear,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SHUANGYONG_DATA", str(tmp_path))
    monkeypatch.setenv("SHUANGYONG_DATABASE_URL", str(year.engine.url))
    monkeypatch.setenv("SHUANGYONG_TODAY", "2026-07-08")
    file = tmp_path / "调整.yaml"
    file.write_text(
        f'acts:\n  - {{act: 合并, code: "{A2}", to: "{A3}", effective: 2026-07-01}}\n', "utf-8"
    )

    for option in (["--dry-run"], []):
        with pytest.raises(SystemExit) as left:
            run(["units", "reorganise", str(file), *option])
        said = capsys.readouterr()
        assert left.value.code in (0, None), said.err
        assert "移交" in said.out
        assert ("没有写入" in said.out) == bool(option)

    assert year.places()[A2] == f"{A3}~"
