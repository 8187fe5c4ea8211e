"""Filling in a form: what is typed is kept, what is wrong is said at the field, sent once."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from sqlalchemy import Engine, func, select

from shuangyong_core import db
from shuangyong_core.assignments.models import Assignment
from shuangyong_core.reports.models import Submission
from shuangyong_core.units.models import Unit
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY

Open = Callable[..., Browser]
FORM = "/rounds/linjiang-2026/990106001001/R2"
REPORT = "/reports/linjiang-2026/990106001001/R2"
GOOD = {
    "B03.part.双拥": "2",
    "B03.part.征兵": "1",
    "D05.value": "6",
    "D06.ni": "1",
    "D06.reason": "other",
    "D06.other": "没有优抚对象提出困难",
    "F10.value": "2026-06-26",
    "note": "上半年",
    "paper_place": "2 号盒，第 6 页",
}


def at_form(open_browser: Open, login: str = "clerk") -> Browser:
    browser = open_browser(login)
    assert browser.get(FORM).status_code == 200
    return browser


def submissions(engine: Engine) -> int:
    with db.read(engine) as session:
        return session.scalar(select(func.count()).select_from(Submission)) or 0


def test_a_form_is_asked_once_then_sent(open_browser: Open, web_engine: Engine) -> None:
    browser = at_form(open_browser)

    asked = browser.post_form(FORM, GOOD | {"act": "submit"})
    nothing_yet = submissions(web_engine)
    sent = browser.post_form(FORM, GOOD | {"act": "confirm"})
    page = browser.get(sent.headers["location"])

    assert (asked.status_code, nothing_yet) == (200, 0)
    assert "报送，确认一次" in asked.text
    assert sent.headers["location"] == f"{REPORT}?sent=1"
    for text in ("已报送。", "3 次", "没有优抚对象提出困难", "2 号盒，第 6 页", "上半年"):
        assert text in page.text


def test_pressed_twice_it_is_sent_once(open_browser: Open, web_engine: Engine) -> None:
    browser = at_form(open_browser)
    browser.post_form(FORM, GOOD | {"act": "submit"})
    asked = browser.html

    first = browser.post_form(FORM, GOOD | {"act": "confirm"})
    browser.html = asked
    second = browser.post_form(FORM, GOOD | {"act": "confirm"})

    assert first.headers["location"] == second.headers["location"]
    assert submissions(web_engine) == 1


@pytest.mark.parametrize("act", ["submit", "confirm"])
def test_a_fault_is_said_at_its_field_and_everything_stays(
    open_browser: Open, web_engine: Engine, act: str
) -> None:
    browser = at_form(open_browser)
    wrong = GOOD | {"D05.value": "6件左右", "F10.value": "", "act": act}

    answer = browser.post_form(FORM, wrong)
    again = browser.get(FORM)

    assert answer.status_code == 422
    assert "有 2 处需要改，其余 2 项没有问题" in answer.text
    assert 'id="e-D05"' in answer.text
    for page in (answer.text, again.text):
        assert 'value="6件左右"' in page
        assert "2 号盒，第 6 页" in page
        assert 'value="没有优抚对象提出困难"' in page
    assert submissions(web_engine) == 0

    refused = browser.post_form(FORM, {"note": "联系 13800138000", "act": "draft"})
    assert "“说明”或“存放地”：第 4 个字起像是手机号" in refused.text


def test_what_was_mended_by_itself_is_said(open_browser: Open) -> None:
    browser = at_form(open_browser)

    asked = browser.post_form(FORM, GOOD | {"D05.value": "１２件", "act": "submit"})

    assert "已自动更正 2 处：" in asked.text
    assert "全角数字 1，多余空格、单位 1。" in asked.text
    assert "对困难军人家属经常性服务：" in asked.text


def test_the_script_saves_and_is_told_the_version(open_browser: Open) -> None:
    browser = at_form(open_browser)
    json = {"accept": "application/json"}

    saved = browser.post_form(f"{FORM}/draft", GOOD, headers=json).json()
    stale = browser.post_form(f"{FORM}/draft", GOOD | {"version": "0"}, headers=json)

    assert saved["version"] == 1
    assert len(saved["saved_at"]) == len("09:31")
    assert stale.status_code == 409
    assert "已在别处改过" in stale.json()["message"]


def test_two_windows_lose_nothing(open_browser: Open) -> None:
    one, two = at_form(open_browser), at_form(open_browser)
    one.post_form(FORM, {"D05.value": "6", "act": "draft"})

    answer = two.post_form(FORM, {"D05.value": "7", "act": "draft"})
    kept = two.post_form(FORM, {"D05.value": "7", "act": "draft"})

    assert answer.status_code == 409
    assert 'value="7"' in answer.text
    assert "已在别处改过" in answer.text
    assert kept.status_code == 303


def test_a_street_types_for_its_community_and_says_so(open_browser: Open) -> None:
    browser = at_form(open_browser, "street")
    page = browser.html

    browser.post_form(FORM, GOOD | {"act": "submit"})
    sent = browser.post_form(FORM, GOOD | {"act": "confirm"})

    assert "您正在为望江社区代填，提交即视为已审核" in page
    assert "代填" in browser.get(sent.headers["location"]).text


@pytest.mark.parametrize(("login", "is_seen"), [("clerk", True), ("street", False)])
def test_only_the_units_own_opening_says_it_has_seen(
    open_browser: Open, web_engine: Engine, login: str, is_seen: bool
) -> None:
    at_form(open_browser, login)

    with db.read(web_engine) as session:
        statuses = session.scalars(
            select(Assignment.report_status)
            .join(Unit, Unit.id == Assignment.unit)
            .where(Unit.code == COMMUNITY)
            .distinct()
        ).all()
    assert ("acknowledged" in statuses) is is_seen


def test_a_file_is_attached_taken_off_and_given_back_safely(open_browser: Open) -> None:
    browser = at_form(open_browser)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "JPEG")
    file = {"file": ("..\\慰问<b>.jpg", picture.getvalue(), "text/html")}

    browser.post_form(FORM, GOOD | {"act": "draft"}, files=file)
    page = browser.get(FORM).text
    key = page.split('name="drop" value="')[1].split('"')[0]
    given = browser.client.get(f"/files/{key}")
    strange = open_browser("other").get(f"/files/{key}")
    browser.post_form(FORM, GOOD | {"act": "draft", "drop": key})

    assert "慰问&lt;b&gt;.jpg" in page
    assert given.headers["content-type"] == "image/jpeg"
    assert given.headers["content-disposition"].startswith("attachment;")
    assert given.headers["content-security-policy"].startswith("sandbox")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert strange.status_code == 404
    assert key not in browser.get(FORM).text


def test_a_wrong_file_does_not_cost_the_draft(open_browser: Open) -> None:
    browser = at_form(open_browser)
    file = {"file": ("走访.jpg", b"<html>", "image/jpeg")}

    answer = browser.post_form(FORM, GOOD | {"act": "draft"}, files=file)

    assert answer.status_code == 422
    assert "只收 jpg、png 图片和 pdf" in answer.text
    assert 'value="6"' in browser.get(FORM).text


@pytest.mark.parametrize("round_", ["R1", "R5"])
def test_where_nothing_can_be_typed_the_report_says_why(open_browser: Open, round_: str) -> None:
    browser = open_browser("clerk")

    led = browser.get(FORM.replace("R2", round_))
    page = browser.get(led.headers["location"])

    assert led.status_code == 303
    assert ("现在还不能报" in page.text) == (round_ == "R5")
    assert ("确需补报请联系上级" in page.text) == (round_ == "R1")


def test_a_viewer_reads_and_never_types(open_browser: Open) -> None:
    browser = open_browser("viewer")

    led = browser.get(FORM)
    page = browser.get(led.headers["location"])
    answer = browser.post_form(FORM, GOOD | {"act": "draft"})

    assert led.status_code == 303
    assert "不能填报" in page.text
    assert answer.status_code == 422
    assert "不能填报" in answer.text


def test_one_number_is_asked_and_its_themes_are_offered(open_browser: Open) -> None:
    browser = at_form(open_browser)

    page = browser.get(FORM).text

    assert 'name="B03.value"' in page
    assert '<details class="parts mt2"><summary' in page
    assert 'name="B03.part.双拥"' in page


def test_a_sum_that_its_themes_do_not_make_is_refused(
    open_browser: Open, web_engine: Engine
) -> None:
    browser = at_form(open_browser)

    answer = browser.post_form(FORM, GOOD | {"B03.value": "4", "act": "submit"})

    assert answer.status_code == 422
    assert 'id="e-B03"' in answer.text
    assert submissions(web_engine) == 0
