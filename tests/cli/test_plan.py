"""`plan`: checked whole, imported whole, shown on 80 columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Operator


@pytest.fixture
def plan_file(linjiang: Path) -> Path:
    return linjiang / "plan.yaml"


def test_a_check_before_the_set_up_says_what_it_left_out(
    bare: Operator, plan_file: Path, linjiang: Path
) -> None:
    alone = bare.done("plan", "check", plan_file)
    whole = bare.done("plan", "check", plan_file, "--units", linjiang / "units.csv")

    assert "未核对发布单位、填报单位、基数和分解" in alone.out
    assert "未核对" not in whole.out
    assert whole.out.endswith("核对通过，没有问题。\n")
    assert not bare.folder.exists()


def test_the_burden_is_that_of_the_users_page(district: Operator, plan_file: Path) -> None:
    found = district.done("plan", "check", plan_file, "--json").json

    assert [(one["who"], one["unit_count"], one["rounds"], one["fields"])
            for one in found["burden"]] == [
        ("street", 13, 4, 17),
        ("community", 129, 4, 11),
        ("union_federation", 1, 4, 16),
        ("grassroots_union", 255, 1, 2),
        ("990106-CY16", 1, 2, 2),
    ]  # fmt: skip


def test_every_problem_is_told_at_once_with_its_line(district: Operator, plan_file: Path) -> None:
    text = plan_file.read_text(encoding="utf-8")
    lines = text.splitlines()
    wrong = text.replace("year: 2026", "year: 2O26").replace("over_units: own", "over_units: my")
    spoiled = district.file("plan.yaml", wrong)

    said = district.refused("plan", "check", spoiled)

    year = next(n for n, line in enumerate(lines, 1) if "year: 2026" in line)
    own = next(n for n, line in enumerate(lines, 1) if "over_units: own" in line)
    assert f"plan.yaml 第 {year} 行 plan.year 值 2O26" in said
    assert f"plan.yaml 第 {own} 行" in said


def test_a_plan_is_imported_once_listed_and_shown(district: Operator, plan_file: Path) -> None:
    district.done("plan", "import", plan_file)
    before = district.dump()
    district.done("plan", "import", plan_file)

    shown = district.done("plan", "show", "linjiang-2026")
    found = district.done("plan", "show", "linjiang-2026", "--json").json
    (listed,) = district.done("plan", "list", "--json").json["items"]

    assert district.dump() == before
    assert max(map(cell_len, shown.out.splitlines())) <= 80
    assert "暂定" not in shown.out
    assert (found["issuer"], found["status"]) == ("990106", "draft")
    assert [each["code"] for each in found["rounds"]] == ["R1", "R2", "R3", "R4", "R5"]
    assert len(found["targets"]) == 25
    assert {each["assignments"] for each in found["targets"]} == {0}
    assert {name: found[name] for name in listed} == listed


def test_another_content_needs_the_word_replace(district: Operator, plan_file: Path) -> None:
    district.done("plan", "import", plan_file)
    text = plan_file.read_text(encoding="utf-8")
    other = district.file("other.yaml", text.replace("max_rounds: 6", "max_rounds: 5"))

    assert "--replace" in district.refused("plan", "import", other)
    district.done("plan", "import", other, "--replace")

    assert district.done("plan", "show", "linjiang-2026", "--json").json["max_rounds"] == 5


def test_full_width_digits_of_a_plan_are_taken_and_said(
    district: Operator, plan_file: Path
) -> None:
    text = plan_file.read_text(encoding="utf-8")
    wide = district.file("plan.yaml", text.replace("max_rounds: 6", "max_rounds: ６"))

    assert "已转为半角：6" in district.done("plan", "import", wide).out


def test_the_coverage_page_is_the_one_in_the_docs(
    bare: Operator, plan_file: Path, linjiang: Path, root: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"

    bare.done("plan", "seed-coverage", plan_file, linjiang / "duties.yaml", "-o", page)

    assert page.read_bytes() == (root / "docs" / "seed-coverage.md").read_bytes()
    nowhere = tmp_path / "no" / "page.md"
    said = bare("plan", "seed-coverage", plan_file, linjiang / "duties.yaml", "-o", nowhere)
    assert (said.code, "page.md：没有这个文件或文件夹" in said.err) == (2, True)


def test_a_launch_of_an_unknown_target_starts_nothing(district: Operator, plan_file: Path) -> None:
    district.done("plan", "import", plan_file)

    said = district.refused("plan", "launch", "linjiang-2026", "--targets", "A04，ZZ9")

    assert "ZZ9" in said
    assert "A04" not in said


def test_a_year_is_rehearsed_on_eighty_columns(district: Operator, plan_file: Path) -> None:
    district.done("plan", "import", plan_file)
    before = district.dump()
    told = district.done("plan", "rehearse", "linjiang-2026").out
    found = district.done("plan", "rehearse", "linjiang-2026", "--json").json

    assert "提醒（联络员）" in told
    assert max(map(cell_len, told.splitlines())) <= 80
    assert (found["forms"], found["numbers"]) == (829, 2168)
    assert found["mornings"][0] == {
        "day": "2026-03-03", "at_most": {"remind": 143}, "expected": None,
    }  # fmt: skip
    assert district.dump() == before
