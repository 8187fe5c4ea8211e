"""Assignments by this door: a unit's table, signing for a target, what may not be done."""

from __future__ import annotations

from sqlalchemy import delete

from shuangyong_core import db
from shuangyong_core.assignments.models import DueItem
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, PLAN
from tests.reports.place import GOOD

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


def test_the_superior_closes_when_nothing_is_open(door: Door) -> None:
    issuer, path = door.client("issuer"), f"/assignments/{PLAN}/B03/{COMMUNITY}"
    with db.write(door.engine) as session:
        session.execute(delete(DueItem).where(DueItem.round != 2))

    early = issuer.post(path + "/close")
    door.client("community").post(f"/reports/{PLAN}/R2/{COMMUNITY}/submit", json={"figures": GOOD})
    (open_,) = issuer.get(path + "/open").json()["items"]
    door.client("reviewer").post(f"/reports/{PLAN}/R2/{COMMUNITY}/accept", json={})
    own = door.client("community").post(path + "/close")
    closed = issuer.post(path + "/close")

    assert (early.status_code, early.json()["code"]) == (422, "still_open")
    assert [each["field"] for each in early.json()["problems"]] == [COMMUNITY]
    assert (open_["stage"], open_["holder_name"]) == ("review", "江滨街道")
    assert own.json()["code"] == "may_not_close"
    assert (closed.json()["report_status"], closed.json()["holder"]) == ("closed", None)
    assert closed.json()["may_not"]["close"] == "已经办结确认。"
