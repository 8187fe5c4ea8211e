"""Workbooks by this door: fetched, filled, checked cell by cell, taken in once, marked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from shuangyong_core.client import Client, Refused
from tests.api.conftest import Door
from tests.api.district import COMMUNITY, NEIGHBOUR, PLAN, ROUND, STREET
from tests.api.wire import serving
from tests.reports.workbooks import ALL, place, type_in

pytestmark = pytest.mark.databases("sqlite")
FETCH = f"/reports/{PLAN}/{ROUND}/{STREET}/workbook?below=true"


def sent(data: bytes) -> dict[str, tuple[str, bytes]]:
    return {"file": ("江滨街道.xlsx", data)}


def test_a_script_fetches_a_workbook_and_sends_it_back_filled(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "江滨街道.xlsx"
    with serving(door.app) as url, Client(url, door.tokens["street"]) as client:
        path.write_bytes(
            type_in(
                client.workbook(PLAN, ROUND, STREET, below=True),
                {**ALL, NEIGHBOUR: {"B03.value": "x"}},
            )
        )
        checked = client.import_workbook(path, dry_run=True)
        with pytest.raises(Refused) as refused:
            client.import_workbook(path)
        marked = load_workbook(io.BytesIO(client.annotated(path)))
        path.write_bytes(type_in(path.read_bytes(), ALL))
        done, again = client.import_workbook(path), client.import_workbook(path)

    assert (checked["passes"], checked["counts"]["wrong"], checked["counts"]["passed"]) == (
        False, 1, 6,
    )  # fmt: skip
    assert (refused.value.status, refused.value.code) == (422, "workbook_refused")
    assert marked.sheetnames[0] == "错误清单"
    assert [(each["on_behalf"], each["channel"]) for each in done["receipts"]] == [
        (True, "workbook"), (True, "workbook"),
    ]  # fmt: skip
    assert (again["receipts"], again["counts"]["unchanged"]) == ([], 2)


def test_a_dry_run_tells_every_cell_and_writes_nothing(door: Door) -> None:
    street = door.client("street")
    data = type_in(street.get(FETCH).content, {NEIGHBOUR: {"B03.value": "１２"}})

    told = street.post("/imports?dry_run=true", files=sent(data)).json()

    blank, row = told["rows"]
    assert (blank["unit"], blank["outcome"], row["outcome"]) == (COMMUNITY, "blank", "write")
    where = place(data, NEIGHBOUR, "B03.value")
    assert row["cells"] == [
        {"place": where.partition("!")[2], "target": "B03", "field": "value", "value": "１２",
         "state": "mended"}
    ]  # fmt: skip
    assert told["normalised_kinds"] == [{"kind": "全角数字", "count": 1}]
    assert street.get(f"/reports/{PLAN}/{ROUND}/{NEIGHBOUR}").json()["status"] == "draft"


def test_another_streets_workbook_is_not_there(door: Door) -> None:
    data = type_in(door.client("street").get(FETCH).content, ALL)
    sibling = door.client("sibling")

    assert sibling.get(FETCH).status_code == 404
    for path in ("/imports", "/imports?dry_run=true", "/imports/annotated"):
        assert sibling.post(path, files=sent(data)).status_code == 404


def test_what_is_no_workbook_of_ours_is_refused(door: Door) -> None:
    street = door.client("street")

    answers = [
        street.post("/imports", files=sent(data))
        for data in (b"%PDF-", b"a,b\n1,2\n", b"PK\x03\x04")
    ]

    assert [answer.status_code for answer in answers] == [415, 422, 422]
    large = street.post("/imports", files=sent(b"0" * 300_000))
    assert large.status_code == 413
