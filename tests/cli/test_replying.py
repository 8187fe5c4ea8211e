"""`report confirm | object | answer`: a unit's word on what was typed for it."""

from __future__ import annotations

from tests.cli.conftest import Operator
from tests.reports.place import COMMUNITY, PLAN, ROUND, Street

PLACE = ("--plan", PLAN, "--unit", COMMUNITY, "--round", ROUND)


def test_the_unit_confirms_then_objects_and_is_answered(operator: Operator, street: Street) -> None:
    street.send(actor=street.street_clerk)

    confirmed = operator.done("report", "confirm", *PLACE).out
    objected = operator.done("report", "object", *PLACE, "--reason", "少记一件").out
    answered = operator.done("--json", "report", "answer", *PLACE, "--reason", "已核对").json

    assert confirmed == f"已确认：{COMMUNITY} {ROUND} 第 1 次报送。\n"
    assert "已提出异议" in objected
    assert (answered["no"], answered["status"]) == (1, "answered")


def test_what_a_unit_sent_itself_needs_no_word(operator: Operator, street: Street) -> None:
    street.send()

    assert "不是代填的" in operator.refused("report", "confirm", *PLACE)
