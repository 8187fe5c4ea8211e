"""`units`: every spelling of the file, a dry run, both trees, and out and in again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Operator

ENGLISH = "code,name,kind,parent_code,territory_code,base:households\n"
CHINESE = "编码,名称,类型,上级编码,属地编码,基数:户数\n"
ROWS = """\
A1G,甲一工会,基层工会,AF,A1,7
A,甲区,区,,,
A1,甲一街道,街道,A,,1200
AF,甲区总工会,县总工会,A,,
"""


@pytest.mark.parametrize(
    "data",
    [
        (ENGLISH + ROWS).encode(),
        (CHINESE + ROWS).encode(),
        (CHINESE + ROWS).encode("utf-8-sig"),
        (CHINESE + ROWS).encode("gb18030"),
        (CHINESE + ROWS).replace("\n", "\r\n").encode("gb18030"),
        (CHINESE + ROWS).replace(",", "\t").encode("utf-16"),
    ],
    ids=["english", "chinese", "bom", "gb18030", "crlf", "excel text"],
)
def test_every_spelling_gives_the_same_units(operator: Operator, data: bytes) -> None:
    operator.done("units", "import", operator.file("u.csv", data))

    (out,) = operator.folder.parent.glob("u.csv")
    operator.done("units", "export", out)
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows == [
        ENGLISH.strip().split(","),
        ["A", "甲区", "district", "", "", ""],
        ["A1", "甲一街道", "street", "A", "", "1200"],
        ["A1G", "甲一工会", "grassroots_union", "AF", "A1", "7"],
        ["AF", "甲区总工会", "union_federation", "A", "", ""],
    ]


def test_a_dry_run_counts_and_writes_nothing(operator: Operator) -> None:
    file = operator.file("u.csv", CHINESE + ROWS)
    before = operator.dump()

    said = operator.done("units", "import", file, "--dry-run")

    assert "没有写入" in said.out
    assert "新增 4" in said.out
    assert operator.dump() == before


def test_out_and_in_again_changes_nothing(district: Operator, tmp_path: Path) -> None:
    before = district.dump()
    district.done("units", "export", tmp_path / "out.csv")

    said = district.done("units", "import", tmp_path / "out.csv", "--json")

    assert said.json == {"new": 0, "renamed": 0, "same": 439, "bases": 0, "notes": []}
    assert district.dump() == before


def test_the_two_trees_hang_a_union_in_two_places(operator: Operator) -> None:
    operator.done("units", "import", operator.file("u.csv", CHINESE + ROWS))

    trees = {
        by: [(line["depth"], line["code"]) for line in
             operator.done("units", "tree", "--by", by, "--json").json["items"]]
        for by in ("responsibility", "territory")
    }  # fmt: skip

    assert trees == {
        "responsibility": [(0, "A"), (1, "A1"), (1, "AF"), (2, "A1G")],
        "territory": [(0, "A"), (1, "A1"), (2, "A1G"), (1, "AF")],
    }
    drawn = operator.done("units", "tree", "A1", "--by", "territory").out
    assert drawn == "甲一街道 A1 街道，下有 1 个\n└── 甲一工会 A1G 基层工会\n"
    assert operator.done("units", "tree", "--depth", "0").out == "甲区 A 区，下有 2 个\n"


def test_full_width_letters_are_taken_and_said(operator: Operator) -> None:
    file = operator.file("u.csv", CHINESE + "Ａ１,甲区,区,,,１２\n")

    said = operator.done("units", "import", file)

    assert "第 2 行“code”列：全角字符已转为半角 A1" in said.out
    assert "基数" not in operator.done("units", "import", file, "--json").err
    assert operator.done("units", "tree", "A1", "--json").json["items"][0]["name"] == "甲区"


def test_a_name_that_looks_like_markup_is_shown_as_it_is(operator: Operator) -> None:
    file = operator.file("u.csv", CHINESE + "A,[bold]甲区[/bold],区,,,\n")

    operator.done("units", "import", file)

    assert "[bold]甲区[/bold]" in operator.done("units", "tree").out


def test_the_real_list_comes_in_and_goes_out(
    operator: Operator, shared_data: Path, tmp_path: Path
) -> None:
    operator.done("units", "import", shared_data / "units-510106.csv")

    operator.done("units", "export", tmp_path / "out.csv")

    said = operator.done("units", "import", tmp_path / "out.csv", "--json").json
    assert (said["new"], said["renamed"], said["same"]) == (0, 0, 400)
