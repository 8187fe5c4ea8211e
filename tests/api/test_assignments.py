"""Assignments by this door: a unit's table, signing for a target, what may not be done."""

from __future__ import annotations

from tests.api.conftest import Door
from tests.api.district import COMMUNITY, PLAN

TABLE = f"/assignments?plan={PLAN}&unit={COMMUNITY}"
B03 = f"/assignments/{PLAN}/B03/{COMMUNITY}"


def test_a_table_says_quota_dates_and_what_may_be_done(quiet_door: Door) -> None:
    items = quiet_door.client("street").get(TABLE).json()["items"]

    first = items[0]
    assert (first["target"], first["quota"], first["role"]) == ("B03", "20", "report")
    assert [due["round"] for due in first["due_items"]] == ["R1", "R2", "R3"]
    assert first["due_date"] == "2026-03-06"
    assert first["children"] == []


def test_a_community_signs_for_a_target_once(door: Door) -> None:
    community = door.client("community")

    first = community.post(B03 + "/acknowledge")
    again = community.post(B03 + "/acknowledge")

    assert first.json()["report_status"] == "acknowledged"
    assert again.content == first.content


def test_what_is_only_reported_cannot_be_split(quiet_door: Door) -> None:
    street = quiet_door.client("street")

    confirmed = street.post(B03 + "/decompose")
    changed = street.post(B03 + "/decompose", json={"children": {"990106001002": "3"}})

    assert (confirmed.status_code, changed.status_code) == (422, 422)


def test_both_parameters_are_asked_for_by_name(quiet_door: Door) -> None:
    answer = quiet_door.client("street").get(f"/assignments?plan={PLAN}")

    assert answer.status_code == 422
    assert answer.json()["problems"][0]["field"] == "unit"
