"""`report`: from a file or standard input, one or a list, all or nothing, once for one key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.cli.conftest import Operator
from tests.reports.place import COMMUNITY, GOOD, PLAN, ROUND, Street

PLACE = ("--plan", PLAN, "--unit", COMMUNITY, "--round", ROUND)
NEIGHBOUR = "990106001002"
NEIGHBOURS = {"B03": {"value": "3"}}


def body(unit: str = COMMUNITY, **more: Any) -> dict[str, Any]:
    figures: Mapping[str, Any] = GOOD if unit == COMMUNITY else NEIGHBOURS
    return {"plan": PLAN, "unit": unit, "round": ROUND, "figures": figures} | more


def text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


@pytest.fixture
def desk(operator: Operator, street: Street) -> Operator:
    """An operator over a street with an open round."""
    return operator


def test_one_report_from_a_file_gets_a_receipt(desk: Operator) -> None:
    said = desk.done("report", "submit", desk.file("r.json", text(body())), "--json").json

    (receipt,) = said["items"]
    assert receipt["number"] == f"{ROUND}-{COMMUNITY}-1"
    assert (receipt["channel"], receipt["on_behalf"]) == ("command", False)
    assert receipt["at"].endswith("Z")


def test_a_list_from_standard_input(desk: Operator) -> None:
    said = desk.done("report", "submit", "-", stdin=text([body(), body(NEIGHBOUR)]))

    assert said.out == (
        f"已报送，回执号 {ROUND}-{COMMUNITY}-1\n已报送，回执号 {ROUND}-{NEIGHBOUR}-1\n"
    )


def test_one_wrong_report_of_a_list_keeps_all_out(desk: Operator) -> None:
    wrong = body(NEIGHBOUR, figures={"B03": {"value": "1.5"}})

    said = desk.refused("report", "submit", desk.file("r.json", text([body(), wrong])))

    assert f"r.json 第 2 份（{NEIGHBOUR[:3]}*****{NEIGHBOUR[-4:]} R2）" in said
    assert "B03" in said
    assert "1.5" in said


def test_all_wrong_reports_of_a_list_are_named_at_once(desk: Operator) -> None:
    wrong = [
        body(figures=GOOD | {"Z99": {"value": "1"}}),
        body(NEIGHBOUR, figures={"B03": {"value": "NaN"}}),
        body("990106009"),
    ]

    said = desk.refused("report", "submit", "-", stdin=text(wrong))

    for words in ("标准输入 第 1 份", "Z99", "标准输入 第 2 份", "NaN", "标准输入 第 3 份"):
        assert words in said


def test_the_same_key_counts_once(desk: Operator) -> None:
    file = desk.file("r.json", text(body()))
    first = desk.done("report", "submit", file, "--key", "k1", "--json").json
    before = desk.dump()

    again = desk.done("report", "submit", file, "--key", "k1", "--json").json

    assert again == first
    assert desk.dump() == before
    other = desk.file("r.json", text(body(note="别的内容")))
    assert "已用于另一份内容" in desk.refused("report", "submit", other, "--key", "k1")


def test_a_key_is_for_one_report(desk: Operator) -> None:
    file = desk.file("r.json", text([body(), body(NEIGHBOUR)]))

    assert "一个键只能用于一份报告" in desk.refused("report", "submit", file, "--key", "k1")


def test_full_width_digits_are_taken_and_said(desk: Operator) -> None:
    figures = GOOD | {"C06": {"value": "１，２００．５０"}}

    said = desk.done("report", "submit", "-", stdin=text(body(figures=figures)))

    assert "已自动更正" in said.out
    assert "1200.50" in said.out or "1,200.50" in said.out


def test_a_report_is_returned_sent_again_and_accepted(desk: Operator) -> None:
    file = desk.file("r.json", text(body()))
    desk.done("report", "submit", file)
    why = ("--reason", "宣传次数与上次相同，请核对", "--field", "B03=请核对")

    desk.done("users", "add", "jb", "--name", "审核岗", "--role", "reviewer@990106001")

    assert "要由另一个人审核" in desk.refused("report", "accept", *PLACE)
    returned = desk.done("report", "return", *PLACE, *why, "--as", "jb", "--json").json
    desk.done("report", "submit", file)
    accepted = desk.done("report", "accept", *PLACE, "--as", "jb")

    assert (returned["status"], returned["status_name"]) == ("returned", "退回修改")
    assert accepted.out == f"已通过：{COMMUNITY} {ROUND} 第 2 次报送。\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--reason", " "), "原因"),
        (("--reason", "请核对", "--field", "B03"), "任务=要改什么"),
        (("--reason", "请核对", "--field", "B03=a", "--field", "B03=b"), "每个任务只写一次"),
        (("--reason", "请核对", "--field", "Z9=a"), "Z9"),
    ],
)
def test_a_return_says_why_and_what(desk: Operator, words: tuple[str, ...], sentence: str) -> None:
    desk.done("report", "submit", "-", stdin=text(body()))

    assert sentence in desk.refused("report", "return", *PLACE, *words)


def test_who_reviews_must_reach_the_unit_and_hold_the_role(desk: Operator) -> None:
    # The people of the street as accounts of their own, with roles by command.
    for login, role in (("r1", "reviewer@990106001"), ("v1", "viewer@990106001"),
                        ("o1", "reviewer@990106002"), ("c1", f"reporter@{COMMUNITY}")):  # fmt: skip
        desk.done("users", "add", login, "--name", login, "--role", role)
    desk.done("report", "submit", "-", "--as", "c1", stdin=text(body()))

    assert "不在您的范围内" in desk.refused("report", "accept", *PLACE, "--as", "o1")
    assert "没有审核权限" in desk.refused("report", "accept", *PLACE, "--as", "v1")
    stranger = desk.refused("report", "submit", "-", "--as", "o1", stdin=text(body()))
    assert "不在您的范围内" in stranger
    desk.done("report", "accept", *PLACE, "--as", "r1")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "标准输入：是空的"),
        (b" \n\t", "标准输入：是空的"),
        (b"[]", "里面没有报告"),
        (b"{", "标准输入：内容不是正确的 JSON：第 1 行"),
        (b"12", "第 1 份"),
        (b"[[]]", "第 1 份"),
        (b'{"plan": "linjiang-2026"}', "缺少 unit、round、figures"),
        (b'{"plan": "p", "unit": 990106, "round": "R2", "figures": {}}', "编码要加引号"),
        ('{"plan": "计划"}'.encode("gb18030"), "不是 UTF-8"),
        (b"\xef\xbb\xbf{}", "BOM"),
        (bytes(range(256)) * 8, "不是 UTF-8"),
        (b'{"a": NaN}', "NaN 不是数"),
        (b'{"a": 1, "a": 2}', "写了两遍"),
        (b"[" * 100_000, "括号套得太深"),
        (b'{"a": "\\ud800"}', "U+D800"),
    ],
    ids=lambda value: str(value[:20]) if isinstance(value, bytes) else "",
)
def test_what_is_no_report_is_refused_with_a_sentence(
    desk: Operator, data: bytes, sentence: str
) -> None:
    assert sentence in desk.refused("report", "submit", "-", stdin=data)
