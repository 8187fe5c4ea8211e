"""A plan's draft as a workbook: taken along, filled in, sent back; what is wrong names its cell."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from httpx import Response

from tests.web.conftest import CSRF, VERSION, Browser
from tests.web.district import PLAN

Open = Callable[..., Browser]
HERE = "/plans/linjiang-2027"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def office(open_browser: Open) -> Browser:
    """The office, with last year's plan copied into a draft."""
    browser = open_browser("office")
    browser.get("/plans")
    browser.post("/plans", act="copy", code=PLAN)
    return browser


def send(browser: Browser, path: str, data: bytes, **values: str) -> Response:
    """Posts a file as the page last seen would."""
    found = {"csrf": CSRF.search(browser.html), "version": VERSION.search(browser.html)}
    hidden = {name: match[1] for name, match in found.items() if match}
    files = {"file": ("计划.xlsx", data, XLSX)}
    return browser.client.post(path, data=hidden | values, files=files)


def changed(data: bytes, was: str, now: str, *, sheet: str = "") -> bytes:
    """A workbook with another value in the cells that hold `was`."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    hits = [
        cell
        for page in book.worksheets
        if sheet in ("", page.title)
        for row in page.iter_rows()
        for cell in row
        if cell.value == was
    ]
    assert hits, was
    for cell in hits:
        cell.value = now
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_draft_comes_back_from_a_workbook_as_it_was_changed(office: Browser) -> None:
    sent = office.get(f"{HERE}/book")
    assert sent.headers["content-type"] == XLSX
    data = office.client.get(f"{HERE}/book").content
    office.get(f"{HERE}/targets")

    same = send(office, f"{HERE}/upload", data)
    assert same.headers["location"] == f"{HERE}/targets?said=read"
    assert "没有错误" in office.get(f"{HERE}/targets?said=read").text
    other = changed(data, "双拥宣传报道", "双拥宣传稿件", sheet="任务")
    assert send(office, f"{HERE}/upload", other).status_code == 303

    page = office.get(f"{HERE}/targets?q=宣传稿件").text
    assert "B08" in page
    assert "已选 25" in page


def test_what_is_wrong_names_its_cell_and_changes_nothing(office: Browser) -> None:
    data = office.client.get(f"{HERE}/book").content
    office.get(f"{HERE}/targets")

    refused = send(office, f"{HERE}/upload", changed(data, "八一", "", sheet="报送"))
    empty = office.post(f"{HERE}/upload")
    no_book = send(office, f"{HERE}/upload", b"code,name\n1,2\n")

    assert (refused.status_code, empty.status_code, no_book.status_code) == (422, 422, 422)
    assert "有 1 处需要改" in refused.text
    assert "报送" in refused.text
    assert "没有选文件" in empty.text
    assert "已选 25" in office.get(f"{HERE}/targets").text


def test_a_plan_begins_from_a_workbook_for_a_unit_of_ones_own(office: Browser) -> None:
    data = office.client.get(f"{HERE}/book").content
    office.get("/plans")

    taken = send(office, "/plans", data, act="upload")
    assert taken.status_code == 422
    assert "已有编码为 linjiang-2027" in taken.text
    other = changed(data, "linjiang-2027", "linjiang-2027-b")
    foreign = changed(other, "990106", "990106001")
    assert "不是您下达计划的单位" in send(office, "/plans", foreign, act="upload").text
    begun = send(office, "/plans", other, act="upload")

    assert begun.headers["location"].startswith("/plans/linjiang-2027-b/basis")
    assert "计划.xlsx" in office.get("/plans/linjiang-2027-b/targets").text
