"""Base numbers when units are merged, split or abolished: nothing is lost or counted twice."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import insert

from shuangyong_core import db
from shuangyong_core.assignments.queries.bases import list_bases
from shuangyong_core.errors import Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.units.models import UnitBase
from shuangyong_core.units.queries import get_bases
from tests.amendments.small_year import ISSUER, A, B, SmallYear

A1, A2, A3, B2 = f"{A}001", f"{A}002", f"{A}003", f"{B}002"


def with_bases(year: SmallYear, **values: int) -> None:
    """Base numbers that were imported in spring, by the end of a code."""
    with db.write(year.engine) as session:
        rows = [
            {"unit": year.id_of(f"990106{code[1:]}"), "key": "beneficiaries", "value": value}
            for code, value in values.items()
        ]
        session.execute(insert(UnitBase), [row | {"date": date(2026, 3, 1)} for row in rows])


def bases(year: SmallYear) -> dict[str, int]:
    with db.read(year.engine) as session:
        return {code[6:]: found["beneficiaries"] for code, found in get_bases(session).items()}


def test_base_numbers_go_on_with_the_heir(year: SmallYear) -> None:
    with_bases(year, _001001=12, _001002=7, _002002=5)

    done = year.reorganise(
        f"合并,{A1},{A3},,,2026-07-01", f"合并,{A2},{A3},,,2026-07-01", f"撤销,{B2},,,,2026-07-01"
    )

    told = [each.text for change in done.preview.changes for each in change.bases]
    assert told[:4] == [
        f"{A1}社区优抚对象 12 → 0", f"{A3}社区优抚对象 — → 12",
        f"{A2}社区优抚对象 7 → 0", f"{A3}社区优抚对象 12 → 19",
    ]  # fmt: skip
    assert bases(year) == {"001001": 0, "001002": 0, "001003": 19, "002002": 0}
    with db.read(year.engine) as session:
        held = list_bases(
            session, session.get_one(Plan, 1), unit=year.id_of(ISSUER), keys=["beneficiaries"]
        )
    assert held[year.id_of(A), "beneficiaries"] == 19


def refusal(year: SmallYear, *rows: str) -> str:
    with pytest.raises(Problems) as refused:
        year.reorganise(*rows)
    return str(refused.value.problems[0])


def test_a_split_says_who_gets_which_base_number(year: SmallYear) -> None:
    with_bases(year, _001001=12)
    rows = {
        "": r"第 2 行.*优抚对象 12。拆分时请在每一行",
        "优抚对象=5": r"合计 10，原来是 12，要正好分完",
        "优抚对象=五": r"基数请写成",
    }
    for given, said in rows.items():
        to = [f"拆分,{A1},{A1},,,2026-07-01,{given}", f"拆分,{A1},{A}011,,新,2026-07-01,{given}"]
        assert re.search(said, refusal(year, *to))
    merger = f"合并,{A1},{A2},,,2026-07-01,优抚对象=12"
    assert "只有拆分要写基数" in refusal(year, merger)

    year.reorganise(
        f"拆分,{A1},{A1},,,2026-07-01,优抚对象=5", f"拆分,{A1},{A}011,,上社区,2026-07-01,优抚对象=7"
    )
    year.reorganise(f"拆分,{A1},{A}012,,下社区,2026-07-02")

    assert bases(year) == {"001001": 0, "001011": 7, "001012": 5}
