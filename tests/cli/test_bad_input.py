"""Bad input through the commands: file, row, column, value, what to do; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shuangyong_core.cli import files
from tests.cli.conftest import Operator
from tests.cli.test_report import body, text
from tests.reports.place import GOOD, Street

HEADER = "code,name,kind,parent_code,territory_code,base:households\n"
GOOD_UNITS = HEADER + "A,甲区,district,,,\nA1,甲一街道,street,A,,10\n"


@pytest.mark.parametrize(
    ("row", "place", "what"),
    [
        ("A2,乙街道,village,A,,", "第 4 行 “kind”列 值 village", "没有这种类型，可用"),
        ("A1,乙街道,street,A,,", "第 4 行 “code”列 值 A1", "请只留一行"),
        ("A2,乙街道,street,B,,", "第 4 行 “parent_code”列 值 B", "请核对编码或先加入该单位"),
        ("A2,乙街道,street,A,B,", "第 4 行 “territory_code”列 值 B", "请核对编码"),
        ("A2,乙街道,street,A2,,", "第 4 行 “parent_code”列 值 A2", "请改正上级编码"),
        ("990106001.0,乙街道,street,A,,", "第 4 行 “code”列 值 99*****01.0", "设为文本格式"),
        ("9.90106E+11,乙街道,street,A,,", "第 4 行 “code”列 值 9.90106E+11", "设为文本格式"),
        ("A2,乙街道,street,990106001.0,,", "第 4 行 “parent_code”列 值 99", "设为文本格式"),
        ("A2,乙街道,street,A,,1_000", "第 4 行 “base:households”列 值 1_000", "不小于 0 的整数"),
        ("A2,乙街道,street,A,,NaN", "第 4 行 “base:households”列 值 NaN", "不小于 0 的整数"),
        ("A2,乙街道,street,A,,1.5", "第 4 行 “base:households”列 值 1.5", "不小于 0 的整数"),
        ("A2,,street,A,,", "第 4 行 “name”列", "不能为空"),
    ],
)  # fmt: skip
def test_a_wrong_row_of_units(operator: Operator, row: str, place: str, what: str) -> None:
    operator.done("units", "import", operator.file("good.csv", GOOD_UNITS))

    said = operator.refused("units", "import", operator.file("bad.csv", GOOD_UNITS + row + "\n"))

    assert f"bad.csv {place}" in said
    assert what in said


def test_a_cycle_of_two_names_both_rows(operator: Operator) -> None:
    rows = "A,甲区,district,,,\nB,乙街道,street,C,,\nC,丙社区,community,B,,\n"

    said = operator.refused("units", "import", operator.file("u.csv", HEADER + rows))

    assert "u.csv 第 3 行" in said
    assert "u.csv 第 4 行" in said


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("  year: 2026", "  year: 26", "plan.year 值 26", ""),
        ("  year: 2026", "  year: 2028", "", ""),
        ("due_date: 2026-07-10", "due_date: 2027-07-10", "", ""),
        ("total: 1290", "total: 1_000", "值 1_000", "数字中不能有下划线"),
        ("total: 1290", "total: NaN", "值 NaN", "这不是一个数"),
        ("total: 1290", "total: 12.5", "值 12.5", ""),
        ("indicator: visited_households", "indicator: visits", "值 visits", ""),
        ("split: base:beneficiaries", "split: base:dogs", "", "dogs"),
    ],
)
def test_a_wrong_plan(
    district: Operator, linjiang: Path, old: str, new: str, place: str, what: str
) -> None:
    plan = (linjiang / "plan.yaml").read_text(encoding="utf-8")
    assert old in plan
    file = district.file("plan.yaml", plan.replace(old, new, 1))

    for command in ("check", "import"):
        said = district.refused("plan", command, file)
        assert "plan.yaml 第 " in said
        assert place in said
        assert what in said


def test_a_goal_whose_shares_do_not_add_up(district: Operator, linjiang: Path) -> None:
    plan = (linjiang / "plan.yaml").read_text(encoding="utf-8")
    split = "split: manual, shares: {990106001: 600, 990106002: 600}"
    goal = "{total: 1290, split: base:beneficiaries"
    changed = plan.replace(goal, f"{{total: 1290, {split}", 1)
    row = changed[: changed.index("shares:")].count("\n") + 1
    file = district.file("plan.yaml", changed)

    said = district.refused("plan", "import", file)

    assert f"plan.yaml 第 {row} 行 targets[C03].goal.shares：" in said
    assert "各单位之和 1200 与总数 1290 不相等" in said


@pytest.mark.parametrize(
    ("figures", "place", "what"),
    [
        ({"Z99": {"value": "1"}}, "Z99", ""),
        ({"B03": {"value": "NaN"}}, "B03 值 NaN", "这不是一个数"),
        ({"B03": {"value": "1_000"}}, "B03 值 1_000", "数字中不能有下划线"),
        ({"B03": {"value": "1.5"}}, "B03 值 1.5", ""),
        ({"B03": {"value": 1.5}}, "B03 值 1.5", ""),
        ({"B03": {"value": "12", "parts": {"双拥": 5, "国防": 5}}}, "B03", "分项合计 10"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_wrong_figure(
    operator: Operator, street: Street, figures: dict[str, Any], place: str, what: str
) -> None:
    file = operator.file("r.json", text(body(figures=GOOD | figures)))

    said = operator.refused("report", "submit", file)

    assert "r.json " in said
    assert place in said
    assert what in said


def test_a_telephone_number_in_a_wrong_place_is_not_repeated(
    operator: Operator, street: Street
) -> None:
    file = operator.file("r.json", text(body(figures=GOOD | {"B03": {"value": "电话13000000000"}})))

    said = operator.refused("report", "submit", file)

    assert "13000000000" not in said
    assert "138" not in said
    assert "像是手机号" in said


READERS: dict[str, Callable[[Path], tuple[str | Path, ...]]] = {
    "units import": lambda file: ("units", "import", file),
    "plan check": lambda file: ("plan", "check", file),
    "plan check --units": lambda file: ("plan", "check", "PLAN", "--units", file),
    "plan import": lambda file: ("plan", "import", file),
    "report submit": lambda file: ("report", "submit", file),
    "calendar load": lambda file: ("calendar", "load", file),
    "seed-coverage": lambda file: ("plan", "seed-coverage", "PLAN", file, "-o", "page.md"),
}


@pytest.mark.parametrize("reader", READERS)
def test_whatever_is_no_such_file_gets_a_sentence(
    operator: Operator, linjiang: Path, reader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(operator.folder)
    contents: dict[str, bytes] = {
        "empty": b"",
        "blank": b" \r\n\n",
        "binary": bytes(range(256)) * 16,
        "zeros": bytes(5000),
        "picture.jpg": b"\xff\xd8\xff\xe0" + os.urandom(3000),
        "book.xlsx": b"PK\x03\x04" + bytes(3000),
        "long": b"x" * 300_000,
        "commas": b"," * 5000 + b"\n" * 5000,
        "quotes": b'"' * 4999,
        "wrong utf-8": b"code,name\n\xff\xfe\xfd\n",
        "deep": b"[" * 50_000,
    }
    for name, data in contents.items():
        words = [linjiang / "plan.yaml" if word == "PLAN" else word
                 for word in READERS[reader](operator.file(name, data))]  # fmt: skip
        assert name in operator.refused(*words), name
    for path, sentence in ((Path("none.csv"), "没有这个文件"), (linjiang, "这是文件夹"),
                           (linjiang / "plan.yaml" / "x", "不是文件夹")):  # fmt: skip
        words = [linjiang / "plan.yaml" if word == "PLAN" else word
                 for word in READERS[reader](path)]  # fmt: skip
        assert sentence in operator.refused(*words)


def test_a_file_nobody_may_read_is_said(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = operator.file("u.csv", GOOD_UNITS)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    assert "u.csv：没有权限" in operator("units", "import", file).err


def test_a_huge_file_is_not_read_to_its_end(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    file = operator.file("u.csv", "x" * 1001)

    assert "u.csv：超过 64 MB" in operator.refused("units", "import", file)
    assert "标准输入：超过 64 MB" in operator.refused("report", "submit", "-", stdin=b"x" * 1001)
    assert "超过 64 MB" in operator.refused("units", "import", "/dev/zero")
