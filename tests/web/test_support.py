"""配合任务 as pages: the supporter sees and hands in, the lead finds it on its form."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from shuangyong_core import db
from shuangyong_core.accounts.actions import add_user
from shuangyong_core.accounts.actor import Role
from tests.web.conftest import Browser
from tests.web.district import LAUNCHED, OFFICE, PASSWORD, PLAN, STREET, District

Open = Callable[..., Browser]
LEAD, HELPER = "990106-CY16", "990106-CY11"
HERE = f"/support/{PLAN}/{HELPER}"


@pytest.fixture
def finance(district: District, open_browser: Open) -> Browser:
    """The liaison of 区财政局, which supports F01."""
    with db.write(district.engine) as session:
        for login, unit in (("finance", HELPER), ("veterans", LEAD)):
            add_user(session, login, name="联络员", roles=((unit, Role.REPORTER),),
                     password=PASSWORD, actor=OFFICE, at=LAUNCHED)  # fmt: skip
    return open_browser("finance")


def photo() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8)).save(kept, "PNG")
    return kept.getvalue()


def test_a_supporter_finds_its_task_and_hands_a_file_to_the_lead(
    finance: Browser, open_browser: Open
) -> None:
    assert HERE in finance.get("/rounds").text
    assert (
        "抚恤定补足额发放率（牵头：区退役军人事务局）" in finance.get(f"/year/{PLAN}/{HELPER}").text
    )
    shown = finance.get(HERE).text
    assert "牵头：区退役军人事务局" in shown
    assert "上半年" in shown
    waits = finance.get("/todo").text
    assert "配合 1 项任务：2026年上半年报送" in waits
    assert "牵头单位 区退役军人事务局，7月10日前报送" in waits

    missing = finance.post(HERE, act="in:F01.R2")
    assert missing.status_code == 422
    assert "还没有选文件" in missing.text
    file = {"file:F01.R2": ("拨付单.png", photo(), "image/png")}
    said = finance.post_form(HERE, {"act": "in:F01.R2", "note:F01.R2": "第二季度"}, files=file)
    assert said.headers["location"] == f"{HERE}?done=in"
    assert "拨付单.png" in finance.get(HERE).text
    assert "配合 1 项任务" not in finance.get("/todo").text

    veterans = open_browser("veterans")
    form = veterans.get(f"/rounds/{PLAN}/{LEAD}/R2").text
    assert "配合单位交来的材料" in form
    assert "区财政局交来：第二季度" in form
    assert "配合：区财政局" in open_browser("office").get(f"/targets/{PLAN}/F01").text

    sha256 = finance.get(HERE).text.split('href="/files/')[1][:64]
    assert veterans.get(f"/files/{sha256}").status_code == 200
    assert open_browser("clerk").get(f"/files/{sha256}").status_code == 404
    finance.get(HERE)
    assert finance.post(HERE, act=f"back:F01.R2/{sha256}").status_code == 303
    assert "拨付单.png" not in finance.get(HERE).text


def test_nobody_else_sees_or_hands_in(finance: Browser, open_browser: Open) -> None:
    street = open_browser("street")
    assert street.get(HERE).status_code == 404
    street.get("/todo")
    assert street.post(HERE, act="in:F01.R2").status_code in (404, 422)
    assert "今年没有配合任务" in street.get(f"/support/{PLAN}/{STREET}").text
    finance.get(HERE)
    file = {"file:B03.R2": ("a.png", photo(), "image/png")}
    assert finance.post_form(HERE, {"act": "in:B03.R2"}, files=file).status_code == 404
