"""What a reorganisation refuses, who may do one, and the command that previews and applies it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from shuangyong_core import db
from shuangyong_core.accounts.actor import Actor, Grant, Role
from shuangyong_core.amendments.actions import PreviewMoved, preview_reorganisation
from shuangyong_core.amendments.queries.playing_out import MayNotReorganise
from shuangyong_core.amendments.reading import read_acts
from shuangyong_core.cli.app import run
from shuangyong_core.errors import Problems
from shuangyong_core.plans.actions.new_edition import TooMany
from shuangyong_core.plans.models import Node
from tests.amendments.small_year import FIGURES, HEADER, ISSUER, NOW, A, B, SmallYear
from tests.assignments.year import OFFICE

A1, A2, A3, B1, B2 = f"{A}001", f"{A}002", f"{A}003", f"{B}001", f"{B}002"


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


def test_codes_and_names_are_read_as_in_a_list_of_units() -> None:
    def read(row: str) -> tuple[str, str]:
        (act,) = read_acts(f"{HEADER}\n{row}".encode(), "acts.csv").acts
        return act.code, act.name

    assert read("更名,９９０１０６００１,,,　新街道 ,2026-07-01") == (A, "新街道")
    with pytest.raises(Problems) as refused:
        read(f"更名,{A}.0,,,{'长' * 121},2026-07-01")
    assert [each.code for each in refused.value.problems] == ["spoiled_code", "text"]


def test_a_cycle_is_refused(year: SmallYear) -> None:
    year.reorganise(f"划转,{B},{A},,,2026-07-01")

    with pytest.raises(Problems) as refused:
        year.reorganise(f"划转,{A},{B},,,2026-07-02")

    assert {each.code for each in refused.value.problems} == {"cycle"}


def test_a_unit_with_more_below_than_a_path_can_number_is_refused(year: SmallYear) -> None:
    with db.write(year.engine) as session:
        last = (Node.parent == year.id_of(B), Node.tree == "responsibility")
        path = session.scalar(select(func.max(Node.path)).where(*last))
        full = update(Node).where(*last, Node.path == path)
        session.execute(full.values(path=path[:-5] + "99999"))

    with pytest.raises(TooMany, match="99999"):
        year.reorganise(f"划转,{A}001,{B},,,2026-07-01")


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
