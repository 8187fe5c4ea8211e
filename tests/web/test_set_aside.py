"""不涉及 for many units on a page: ticked, one reason, asked once, all or none."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, func, select

from shuangyong_core import db
from shuangyong_core.reports.models import Acceptance, Draft
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, PLAN, SECOND, STREET

Open = Callable[..., Browser]
PAGE = f"/workbook/{PLAN}/{STREET}/R2/not-involved"
ALL = {"unit": [COMMUNITY, SECOND], "target": ["B03", "D05", "D06", "F10"], "reason": "没有对象"}


def kept(engine: Engine) -> tuple[int, int]:
    with db.read(engine) as session:
        drafts = session.scalar(select(func.count()).select_from(Draft)) or 0
        return drafts, session.scalar(select(func.count()).select_from(Acceptance)) or 0


def test_what_is_complete_is_sent_and_the_rest_kept(open_browser: Open, web_engine: Engine) -> None:
    street = open_browser("street")
    assert "望江社区" in street.get(PAGE).text

    asked = street.post_form(PAGE, ALL | {"act": "ask"})
    done = street.post_form(PAGE, ALL | {"act": "do"})
    third = "990106001003"
    kept_back = street.post_form(PAGE, ALL | {"unit": [third], "target": ["B03"], "act": "do"})

    assert "2 个单位的 B03、D05、D06、F10 标为不涉及" in asked.text
    assert done.headers["location"] == f"{PAGE}?sent=2&drafted=0"
    assert "2 个单位已代报" in street.get(done.headers["location"]).text
    assert kept_back.headers["location"].endswith("sent=0&drafted=1")
    assert kept(web_engine) == (3, 2)


def test_what_lacks_and_what_is_refused_is_said_at_once(
    open_browser: Open, web_engine: Engine
) -> None:
    street = open_browser("street")
    form = f"/rounds/{PLAN}/{COMMUNITY}/R2"
    street.get(form)
    street.post_form(form, {"act": "draft", "D05.value": "6"})
    before = kept(web_engine)

    street.get(PAGE)
    lacking = street.post_form(PAGE, {"act": "ask"})
    refused = street.post_form(PAGE, ALL | {"act": "do"})

    assert lacking.text.count("请至少勾") == 2
    assert (lacking.status_code, refused.status_code) == (422, 422)
    assert "望江社区的 D05 已经填了数，没有改动" in refused.text
    assert kept(web_engine) == before
    assert open_browser("other").get(PAGE).status_code == 404
