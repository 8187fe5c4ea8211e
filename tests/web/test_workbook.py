"""The page of a workbook: fetched, checked by the cell, given back marked, written if it passes."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, func, select

from shuangyong_core import db
from shuangyong_core.reports.models import Acceptance, Report
from shuangyong_core.settings import Settings
from tests.reports.workbooks import type_in
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, PLAN, SECOND, STREET

Open = Callable[..., Browser]
BOOK = f"/workbook/{PLAN}/{STREET}/R2"
GOOD: dict[str, Any] = {
    "B03.part:双拥": 2, "D05.value": 6,
    "D06.value": "不涉及：没有这类对象", "F10.date": "2026-06-26",
}  # fmt: skip


@pytest.fixture
def street(open_browser: Open) -> Browser:
    """The street's officer on the page."""
    browser = open_browser("street")
    assert browser.get(BOOK).status_code == 200
    return browser


def fetched(browser: Browser) -> bytes:
    answer = browser.post(f"{BOOK}/fetch")
    assert "attachment" in answer.headers["content-disposition"]
    return answer.content


def upload(browser: Browser, data: bytes, name: str = "江滨街道-上半年.xlsx") -> Any:
    browser.get(BOOK)
    return browser.post_form(BOOK, {"act": "check"}, files={"file": (name, data)})


def counts(engine: Engine) -> tuple[int, int]:
    with db.read(engine) as session:
        reports = session.scalar(select(func.count()).select_from(Report)) or 0
        return reports, session.scalar(select(func.count()).select_from(Acceptance)) or 0


def test_the_page_counts_what_waits_and_is_reached_from_filling_in(
    street: Browser, open_browser: Open
) -> None:
    page, rounds = street.html, street.get("/rounds").text

    assert "本级" in page
    assert "个社区 × 4 项" in page
    assert f'href="{BOOK}"' in rounds
    assert BOOK not in open_browser("clerk").get("/rounds").text


def test_two_cells_are_refused_shown_and_given_back_marked(
    street: Browser, web_engine: Engine
) -> None:
    typed = {COMMUNITY: GOOD | {"D05.value": "12件左右"}, SECOND: GOOD | {"F10.date": "2026-6-31"}}
    data = type_in(fetched(street), typed)

    answer = upload(street, data)
    href = answer.text.partition(f'href="{BOOK}/marked?key=')[2].partition('"')[0]
    marked = load_workbook(io.BytesIO(street.client.get(f"{BOOK}/marked?key={href}").content))

    assert answer.status_code == 422
    assert "8 格里有 2 格要改，6 格通过" in answer.text
    assert "12件左右" in answer.text
    assert 'class="x"' in answer.text
    assert "写入 " not in answer.text
    assert counts(web_engine) == (0, 0)
    assert marked.worksheets[0].title == "错误清单"
    assert "检查未通过，2 处要改" in street.get(BOOK).text


def test_what_passes_is_written_once_and_counts(street: Browser, web_engine: Engine) -> None:
    typed = {COMMUNITY: GOOD | {"D05.value": "６"}, SECOND: GOOD}
    asked = upload(street, type_in(fetched(street), typed)).text
    key = asked.partition('name="key" value="')[2].partition('"')[0]

    done = street.post(BOOK, act="write", key=key)
    again = street.post(BOOK, act="write", key=key)

    assert "8 格全部通过，可以写入 2 个单位" in asked
    assert "已自动更正 1 格" in asked
    assert 'class="z"' in asked
    assert done.headers["location"] == f"{BOOK}?done=2"
    assert "已写入 2 个单位。" in street.get(done.headers["location"]).text
    assert again.status_code == 303
    assert counts(web_engine) == (2, 2)
    assert "没有新填或改动的行" in upload(street, type_in(fetched(street), {})).text


def test_what_is_no_workbook_of_ours_is_said_on_the_page(street: Browser) -> None:
    for data, name in ((b"PK\x03\x04nothing", "a.xlsx"), (b"a,b\n1,2\n", "a.csv"), (b"", "a.xlsx")):
        answer = upload(street, data, name)
        assert answer.status_code == 422
        assert 'class="errsum"' in answer.text


def test_another_unit_gets_nothing_and_another_user_cannot_write_it(
    street: Browser, open_browser: Open, settings: Settings
) -> None:
    data = type_in(fetched(street), {COMMUNITY: GOOD})
    key = upload(street, data).text.partition('name="key" value="')[2].partition('"')[0]
    other, second = open_browser("other"), open_browser("second")

    assert other.get(BOOK).status_code == 404
    assert other.post(f"{BOOK}/fetch").status_code == 404
    second.get(BOOK)
    assert "已经不在了" in second.post(BOOK, act="write", key=key).text
    assert second.post(BOOK, act="write", key="../../etc/passwd").status_code == 422
    assert all(path.name.startswith("user-") for path in (settings.data / "uploads").iterdir())
