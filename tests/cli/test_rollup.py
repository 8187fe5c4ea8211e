"""`rollup`: the number, the reports behind it, and whether it holds."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from sqlalchemy import Engine, update

from shuangyong_core import db
from shuangyong_core.rollups.models import LeafYtd
from tests.cli.conftest import Operator
from tests.cli.test_report import PLACE, body, text
from tests.reports.place import PLAN, STREET, Street

WHERE = ("--plan", PLAN, "--unit", STREET)


@pytest.fixture
def counted(operator: Operator, street: Street) -> Operator:
    """One report of the street's community, accepted and folded."""
    operator.done("users", "add", "jb", "--name", "江滨审核岗", "--role", f"reviewer@{STREET}")
    operator.done("users", "add", "qt", "--name", "渡口联络员", "--role", "manager@990106002")
    operator.done("report", "submit", "-", stdin=text(body()))
    operator.done("report", "accept", *PLACE, "--as", "jb")
    operator.done("rollup", "rebuild")
    return operator


def test_a_number_is_shown_on_80_columns_and_in_json(counted: Operator) -> None:
    shown = counted.done("rollup", "show", *WHERE)
    found = counted.done("rollup", "show", *WHERE, "--json").json["items"]

    assert max(map(cell_len, shown.out.splitlines())) <= 80
    assert "96.8%" in shown.out
    assert {each["target"]: each["value"] for each in found}["B03"] == "12"


def test_a_day_that_has_no_numbers_is_refused(counted: Operator) -> None:
    assert "还没有到" in counted.refused("rollup", "show", *WHERE, "--at", "2026-07-09")
    assert "计划在 2026-07-20 才下达" in counted.refused(
        "rollup", "show", *WHERE, "--at", "2026-07-08"
    )


def test_a_number_opens_to_its_report(counted: Operator) -> None:
    said = counted.done("rollup", "explain", *WHERE, "--target", "B03")

    assert "望江社区  R2    1       12  命令  操作员  江滨审核岗" in said.out


def test_anothers_number_is_absent(counted: Operator) -> None:
    said = counted.refused("rollup", "show", *WHERE, "--as", "qt")

    assert "不在您的范围内" in said
    assert counted.refused("rollup", "explain", *WHERE, "--target", "B03", "--as", "qt") == said


def test_a_recount_finds_nothing_until_a_number_is_changed(
    counted: Operator, engine_of: Engine
) -> None:
    assert "differences: 0" in counted.done("rollup", "verify").out
    with db.write(engine_of) as session:
        changed = update(LeafYtd).where(LeafYtd.unit == 3, LeafYtd.target == 1)
        session.execute(changed.values(numerator=13))

    said = counted.refused("rollup", "verify")

    assert "990106001001 B03 本年（leaf_ytd.numerator）：现存 13，重算 12。" in said
    counted.done("rollup", "rebuild")
    assert counted.done("rollup", "verify", "--json").json == {"items": [], "differences": 0}


@pytest.mark.parametrize("word", ["verify", "rebuild"])
def test_the_numbers_are_kept_by_the_system_administrator(counted: Operator, word: str) -> None:
    assert "由系统管理员办理" in counted.refused("rollup", word, "--as", "jb")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--target", "Z9"), "Z9"),
        (("--round", "R9"), "没有编码为 R9 的报送"),
        (("--by", "kind"), "可用：responsibility、territory"),
    ],
)
def test_what_is_not_there_is_named(
    counted: Operator, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in counted.refused("rollup", "show", *WHERE, *words)
