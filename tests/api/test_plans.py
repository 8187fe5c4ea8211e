"""Plans by this door: the head, the targets, the rounds, for those who have a part in them."""

from __future__ import annotations

import pytest

from shuangyong_core import db
from shuangyong_core.accounts.actions import create_token
from shuangyong_core.accounts.actor import Role
from shuangyong_core.units.models import Unit
from tests.api.conftest import Door
from tests.api.district import LAUNCHED_AT, OPERATOR, PLAN


def test_a_plan_shows_who_issues_it_and_within_how_many_days(quiet_door: Door) -> None:
    plan = quiet_door.client("community").get(f"/plans/{PLAN}").json()

    assert (plan["issuer"], plan["status"], plan["status_name"]) == ("990106", "active", "执行中")
    assert plan["inflation_limit"] == "1.05"
    assert plan["within"] == {"acknowledge": 3, "decompose": 3, "review": 3, "correct": 3}


def test_targets_carry_their_indicator_and_their_goal_as_text(quiet_door: Door) -> None:
    items = quiet_door.client("community").get(f"/plans/{PLAN}/targets").json()["items"]

    by_code = {item["code"]: item for item in items}
    assert by_code["B03"]["goal"] == "20"
    assert by_code["C06"]["goal"] is None
    assert by_code["C06"]["indicator"]["decimals"] == 2
    assert by_code["A16"]["indicator"]["parts"] == {"tick": ["安排", "宣传"]}


def test_rounds_say_which_is_open_today(quiet_door: Door) -> None:
    items = quiet_door.client("issuer").get(f"/plans/{PLAN}/rounds").json()["items"]

    assert [(item["code"], item["state"]) for item in items] == [
        ("R1", "closed"),
        ("R2", "open"),
        ("R3", "planned"),
    ]
    assert items[1]["due_date"] == "2026-07-10"


@pytest.mark.databases("sqlite")
def test_who_has_no_part_in_a_plan_does_not_find_it(door: Door) -> None:
    with db.write(door.engine) as session:
        session.add(Unit(id=99, code="990188", kind="district", name="外区"))
        session.flush()
        door.tokens["stranger"] = create_token(
            session, unit="990188", role=Role.ISSUER, label="x", actor=OPERATOR, at=LAUNCHED_AT
        )
    stranger = door.client("stranger")

    for end in ("", "/targets", "/rounds"):
        outside, absent = stranger.get(f"/plans/{PLAN}{end}"), stranger.get(f"/plans/none{end}")
        assert (outside.status_code, outside.content) == (404, absent.content)
