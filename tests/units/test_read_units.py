"""Reading a file of units: every encoding, every header, every fault at once."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl
import pytest

from shuangyong_core.errors import Problems
from shuangyong_core.units.reading import read_units
from shuangyong_core.units.rules import UnitList, check_units

ENGLISH = "code,name,kind,parent_code,territory_code,base:households\n"
CHINESE = "编码,名称,类型,上级编码,属地编码,基数:户数\n"
ROWS = "990106,临江区,{district},,,\n990106001,江滨街道,{street},990106,,1200\n"
AS_ENGLISH = ROWS.format(district="district", street="street")
AS_CHINESE = ROWS.format(district="区", street="街道")


@pytest.mark.parametrize(
    "data",
    [
        (ENGLISH + AS_ENGLISH).encode(),
        (ENGLISH + AS_ENGLISH).encode("utf-8-sig"),
        (CHINESE + AS_CHINESE).encode("gb18030"),
        (CHINESE + AS_CHINESE).encode("utf-16"),
        (CHINESE + AS_CHINESE).replace("\n", "\r\n").encode("utf-8-sig"),
        (CHINESE + AS_CHINESE).replace("\n", "\r").encode(),
        (ENGLISH + AS_ENGLISH).replace(",", "\t").encode(),
    ],
)
def test_every_usual_form_of_csv_reads_the_same(data: bytes) -> None:
    listed = read_units(data, "单位.csv")

    assert [(u.code, u.name, u.kind, u.parent) for u in listed.units] == [
        ("990106", "临江区", "district", ""),
        ("990106001", "江滨街道", "street", "990106"),
    ]
    assert listed.units[1].bases == {"households": 1200}


def test_full_width_digits_are_accepted_and_said() -> None:
    listed = read_units((ENGLISH + "９９０１０６,临江区,district,,,\n").encode(), "u.csv")

    assert listed.units[0].code == "990106"
    assert "第 2 行" in listed.notes[0]
    assert "990106" in listed.notes[0]


def _faults(text: str) -> list[tuple[str, int | None, str | None]]:
    try:
        problems = check_units(read_units(text.encode(), "u.csv"))
    except Problems as refused:
        problems = list(refused.problems)
    return [(problem.code, problem.row, problem.column) for problem in problems]


def test_all_problems_are_said_at_once() -> None:
    faults = _faults(
        ENGLISH
        + "990106,临江区,district,,,\n"
        + "9.90106E+11,甲街道,street,990106,,\n"
        + "990106002.0,乙街道,street,990106,,\n"
        + "990106003,丙街道,jiedao,990106,,\n"
        + "990106004,,street,990106,,-3\n"
    )

    assert faults == [
        ("spoiled_code", 3, "code"),
        ("spoiled_code", 4, "code"),
        ("unknown_kind", 5, "kind"),
        ("blank", 6, "name"),
        ("negative", 6, "base:households"),
    ]


def test_duplicates_missing_parents_and_cycles_are_named_by_row() -> None:
    faults = _faults(
        ENGLISH
        + "A,甲,district,,,\n"
        + "B,乙,street,A,,\n"
        + "B,乙二,street,A,,\n"
        + "C,丙,street,X,,\n"
        + "D,丁,street,E,,\n"
        + "E,戊,street,D,,\n"
        + "F,己,street,A,F,\n"
    )

    assert ("duplicate_code", 4, "code") in faults
    assert ("missing_parent", 5, "parent_code") in faults
    assert ("cycle", 6, "parent_code") in faults
    assert ("cycle", 7, "parent_code") in faults
    assert ("cycle", 8, "territory_code") in faults


def test_a_unit_that_hangs_below_a_cycle_is_not_blamed_for_it() -> None:
    listed = read_units(
        (ENGLISH + "D,丁,street,E,,\nE,戊,street,D,,\nG,庚,community,D,,\n").encode(), "u"
    )

    rows = {p.row for p in check_units(listed) if p.column == "parent_code"}

    assert rows == {2, 3}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        ("编码,名称\n1,甲\n".encode(), "header"),
        (ENGLISH.encode(), "empty"),
        (b"PK\x03\x04rest", "broken_file"),
        (b"\n\n", "empty"),
        (b"code,name,kind,parent_code\n\xff\xff\xff\xff", "encoding"),
        (b"code,code,name,kind,parent_code\n", "header"),
    ],
)
def test_a_file_that_is_no_list_of_units_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Problems) as refused:
        read_units(data, "u.csv")

    assert refused.value.problems[0].code == code


def test_a_value_that_looks_like_an_id_number_is_masked() -> None:
    with pytest.raises(Problems) as refused:
        read_units((ENGLISH + "990106,临江区,99010619900101001X,,,\n").encode(), "u.csv")

    assert "19900101" not in str(refused.value.problems[0])


def test_an_empty_list_has_no_problems_to_check() -> None:
    assert check_units(UnitList("u", ())) == []


TOP = ["990106", "临江区", "区", None, None]


def _workbook(*rows: Sequence[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["编码", "名称", "类型", "上级编码", "基数:户数"], *rows]:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_reads_like_a_csv() -> None:
    listed = read_units(
        _workbook(
            ["990106", "临江区", "区", None, None], ["990106001", "江滨街道", "街道", "990106", 12]
        ),
        "单位.xlsx",
    )

    assert [(u.code, u.parent, u.bases) for u in listed.units] == [
        ("990106", "", {}),
        ("990106001", "990106", {"households": 12}),
    ]


def test_a_code_that_a_workbook_keeps_as_a_number_is_refused() -> None:
    rows = _workbook(
        ["990106", "临江区", "区", None, None], [990106001, "江滨街道", "街道", 990106.0, 1]
    )

    with pytest.raises(Problems) as refused:
        read_units(rows, "单位.xlsx")

    assert [(p.code, p.row, p.column) for p in refused.value.problems] == [
        ("spoiled_code", 3, "code"),
        ("spoiled_code", 3, "parent_code"),
    ]
    assert "单元格请设为文本格式" in refused.value.problems[0].message


def test_a_code_without_its_leading_zero_is_noticed() -> None:
    listed = read_units((ENGLISH + "11010,甲街道,street,011,,\n").encode(), "u.csv")

    problems = check_units(listed, known={"011010": ("011", "011"), "011": ("", "")})

    assert [(p.code, p.row) for p in problems] == [("lost_zeros", 2)]
