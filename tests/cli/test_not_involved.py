"""`report not-involved`: from a table of codes or for all below a unit, all or nothing."""

from __future__ import annotations

from tests.cli.conftest import Operator
from tests.reports.place import COMMUNITY, PLAN, STREET, Street

NEIGHBOUR = "990106001002"
ASKED = ("report", "not-involved", "--plan", PLAN, "--target", "B03", "--reason", "没有这类活动")


def test_a_table_of_codes_with_or_without_a_header(operator: Operator, street: Street) -> None:
    listed = operator.file("units.csv", f"编码,名称\n{NEIGHBOUR},柳塘社区\n")
    bare = operator.file("bare.csv", f"{NEIGHBOUR}\n{COMMUNITY}\n")

    first = operator.done("--json", *ASKED, "--units", listed).json
    again = operator.done(*ASKED, "--units", bare).out

    assert [(each["unit"], each["outcome"]) for each in first["items"]] == [
        (NEIGHBOUR, "submitted")
    ]
    assert again == "已存草稿（其余项目还没有填）：1 个单位\n原来就是不涉及：1 个单位\n"


def test_all_below_a_unit_that_have_said_nothing(operator: Operator, street: Street) -> None:
    street.send()

    assert operator.done(*ASKED, "--below", STREET).out == "已代报：1 个单位\n"


def test_one_that_stands_keeps_all_out(operator: Operator, street: Street) -> None:
    street.send()
    listed = operator.file("units.csv", f"编码\n{NEIGHBOUR}\n{COMMUNITY}\n")

    assert "已经填了数，没有改动" in operator.refused(*ASKED, "--units", listed)
    assert "写其中一个" in operator.refused(*ASKED)
