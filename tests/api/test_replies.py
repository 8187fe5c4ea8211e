"""A unit's word on what was typed for it, by this door."""

from __future__ import annotations

from shuangyong_core.client import Client
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, NEIGHBOUR, PLAN, ROUND
from tests.reports.place import GOOD

PATH = f"/reports/{PLAN}/{ROUND}/{COMMUNITY}"


def test_a_script_confirms_objects_and_is_answered(door: Door) -> None:
    street, community = door.client("street"), door.client("community")
    sent = street.post(PATH + "/submit", json={"figures": GOOD}).json()

    confirmed = community.post(PATH + "/confirm").json()
    objected = community.post(PATH + "/object", json={"reason": "少记一件", "no": 1}).json()
    shown = community.get(PATH).json()
    answered = door.client("reviewer").post(PATH + "/answer", json={"reason": "已核对"})

    # A token never reviews what it sends.
    assert (sent["on_behalf"], sent["is_reviewed"]) == (True, False)
    assert (confirmed["status"], confirmed["status_name"]) == ("confirmed", "单位已确认")
    assert objected["status"] == "objected"
    assert shown["submission"]["acting_unit"] == "江滨街道"
    assert shown["submission"]["reply"]["reason"] == "少记一件"
    assert {"confirm"} <= set(shown["may"])
    assert answered.json()["status"] == "answered"


def test_who_may_not_speak_is_told(door: Door) -> None:
    street, community = door.client("street"), door.client("community")
    nothing = community.post(PATH + "/confirm")
    street.post(PATH + "/submit", json={"figures": GOOD})

    assert nothing.status_code == 404
    assert street.post(PATH + "/confirm").json()["code"] == "may_not_reply"
    assert community.post(PATH + "/object", json={}).json()["code"] == "reason_missing"
    assert community.post(PATH + "/confirm", json={"no": 9}).status_code == 409
    assert door.client("sibling").post(PATH + "/confirm").status_code == 404


def test_the_client_has_a_method_for_each() -> None:
    assert {"confirm", "object_to", "answer_objection"} <= set(dir(Client))


def test_many_units_are_marked_with_one_reason(door: Door) -> None:
    street = door.client("street")
    path = f"/reports/{PLAN}/{ROUND}/not-involved"
    body = {"units": [NEIGHBOUR, COMMUNITY], "targets": ["B03"], "reason": "没有这类活动"}

    done = street.post(path, json=body).json()["items"]
    foreign = door.client("sibling").post(path, json=body)

    assert [(each["unit"], each["outcome"]) for each in done] == [
        (COMMUNITY, "drafted"), (NEIGHBOUR, "submitted"),
    ]  # fmt: skip
    assert foreign.status_code == 422
    assert {each["code"] for each in foreign.json()["problems"]} == {"unknown_unit"}
