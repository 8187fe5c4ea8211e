"""Reports by this door: draft, submit, decide, take back, attach; every channel's same rules."""

from __future__ import annotations

import pytest

from tests.api.conftest import Door
from tests.api.district import COMMUNITY, PLAN, ROUND, UNION
from tests.reports.place import GOOD

PATH = f"/reports/{PLAN}/{ROUND}/{COMMUNITY}"
KEY = {"Idempotency-Key": "k-1"}


def test_a_report_is_drafted_sent_returned_sent_again_and_accepted(door: Door) -> None:
    community, reviewer = door.client("community"), door.client("reviewer")

    saved = community.put(PATH, json={"figures": {"B03": {"value": "1"}}})
    sent = community.post(PATH + "/submit", json={"figures": GOOD}, headers=KEY)
    asked = {"reason": "请核对慰问金", "fields": ["C06"]}
    returned = reviewer.post(PATH + "/return", json=asked)
    again = community.post(PATH + "/submit", json={"figures": GOOD, "note": "已核对"})
    accepted = reviewer.post(PATH + "/accept")

    assert saved.json()["version"] == 1
    assert saved.headers["etag"] == '"1"'
    assert sent.json()["number"] == f"{ROUND}-{COMMUNITY}-1"
    assert sent.json()["channel"] == "script"
    assert sent.json()["at"].endswith("Z")
    assert returned.json()["status"] == "returned"
    assert again.json()["no"] == 2
    assert accepted.json() | {"at": ""} == {
        "no": 2, "status": "accepted", "status_name": "已审核", "at": "",
    }  # fmt: skip


def test_the_draft_is_sent_when_the_request_has_no_body(door: Door) -> None:
    community = door.client("community")
    community.put(PATH, json={"figures": GOOD})

    sent = community.post(PATH + "/submit", headers=KEY)

    assert (sent.status_code, sent.json()["no"]) == (200, 1)


def test_the_same_key_and_body_give_the_same_bytes_and_another_body_409(door: Door) -> None:
    community = door.client("community")
    first = community.post(PATH + "/submit", json={"figures": GOOD}, headers=KEY)

    again = community.post(PATH + "/submit", json={"figures": GOOD, "note": ""}, headers=KEY)
    other = community.post(PATH + "/submit", json={"figures": GOOD, "note": "x"}, headers=KEY)

    assert again.content == first.content
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


def test_a_draft_that_was_saved_elsewhere_is_409_and_stays(door: Door) -> None:
    community = door.client("community")
    tag = community.put(PATH, json={"figures": {}}).headers["etag"]
    community.put(PATH, json={"figures": GOOD}, headers={"If-Match": tag})

    late = community.put(PATH, json={"figures": {}}, headers={"If-Match": tag})
    odd = community.put(PATH, json={"figures": {}}, headers={"If-Match": '"new"'})

    assert (late.status_code, late.json()["code"]) == (409, "draft_moved")
    assert (odd.status_code, odd.json()["problems"][0]["field"]) == (422, "If-Match")


def test_every_wrong_figure_is_named_at_once(door: Door) -> None:
    wrong = GOOD | {"B03": {"value": "1_000"}, "C06": {"value": 1.234}, "Z99": {"value": 1}}

    answer = door.client("community").post(PATH + "/submit", json={"figures": wrong})

    assert answer.status_code == 422
    fields = {each["field"].split(".")[0] for each in answer.json()["problems"]}
    assert fields == {"B03", "C06", "Z99"}


def test_who_comes_second_is_told_who_was_first(door: Door) -> None:
    door.client("community").post(PATH + "/submit", json={"figures": GOOD})

    first = door.client("reviewer").post(PATH + "/accept", json={"no": 1})
    second = door.client("second_reviewer").post(PATH + "/return", json={"reason": "再看看"})
    again = door.client("reviewer").post(PATH + "/accept", json={"no": 1})

    assert second.status_code == 409
    assert "reviewer" in second.json()["message"]
    assert again.content == first.content


def test_a_submission_is_taken_back_until_somebody_decides(door: Door) -> None:
    community = door.client("community")
    community.post(PATH + "/submit", json={"figures": GOOD})

    taken = community.post(PATH + "/withdraw")
    blind = door.client("reviewer").post(PATH + "/accept", json={"no": 1})

    assert taken.json()["status"] == "draft"
    assert blind.status_code == 409


def test_an_accepted_report_is_reopened_with_a_reason(door: Door) -> None:
    door.client("community").post(PATH + "/submit", json={"figures": GOOD})
    reviewer = door.client("reviewer")
    reviewer.post(PATH + "/accept")

    silent = reviewer.post(PATH + "/reopen", json={"reason": " "})
    reopened = reviewer.post(PATH + "/reopen", json={"reason": "金额有误"})

    assert silent.status_code == 422
    assert reopened.json()["status"] == "reopened"


def test_a_report_shows_what_is_due_what_is_typed_and_what_may_be_done(door: Door) -> None:
    community = door.client("community")
    saved = community.put(PATH, json={"figures": {"B03": {"value": "1"}}, "note": "先存"})

    shown = community.get(PATH)
    report = shown.json()

    assert shown.headers["etag"] == saved.headers["etag"]
    assert [item["target"] for item in report["items"]] == list(GOOD)
    assert report["items"][0]["typed"] == {"value": "1"}
    assert report["items"][0]["parts"] == {"count": ["双拥", "国防", "征兵"]}
    assert (report["status"], report["version"], report["note"]) == ("draft", 1, "先存")
    assert "submit" in report["may"]
    assert report["may_not"]["withdraw"]


def test_a_viewer_reads_a_report_and_is_told_why_not_to_write(door: Door) -> None:
    viewer = door.client("district_viewer")

    report = viewer.get(PATH).json()
    refused = viewer.put(PATH, json={"figures": {}})

    assert report["may"] == []
    assert refused.status_code == 422
    assert refused.json()["message"] == report["may_not"]["save_draft"]


@pytest.mark.parametrize("name", ["sibling", "federation", "union", "neighbour"])
@pytest.mark.databases("sqlite")
def test_another_line_meets_the_same_404_as_for_what_never_was(door: Door, name: str) -> None:
    door.client("community").post(PATH + "/submit", json={"figures": GOOD})
    stranger = door.client(name)

    for method, end in (("PUT", ""), ("POST", "/submit"), ("POST", "/accept")):
        body = {"figures": GOOD} if end != "/accept" else {}
        outside = stranger.request(method, PATH + end, json=body)
        absent = stranger.request(method, PATH.replace(COMMUNITY, "990199") + end, json=body)
        assert (outside.status_code, outside.content) == (404, absent.content)


@pytest.mark.databases("sqlite")
def test_territory_gives_no_way_into_a_report(door: Door) -> None:
    path = f"/reports/{PLAN}/{ROUND}/{UNION}"

    answer = door.client("street").put(path, json={"figures": {}})

    assert answer.status_code == 404
