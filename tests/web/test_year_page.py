"""本单位今年要报什么: one A4 page a unit, of one's own line only; and the unit's link."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from shuangyong_core import db
from shuangyong_core.documents.filing import Format
from shuangyong_core.documents.year import year_paper, year_sheets
from shuangyong_core.plans.queries import get_plan
from shuangyong_core.units.queries import get_unit
from tests.web.conftest import Browser
from tests.web.counting import counted
from tests.web.district import (
    COMMUNITY,
    DISTRICT,
    FEDERATION,
    OTHER_STREET,
    OTHERS,
    PLAN,
    PRETEND,
    STREET,
    District,
)

Open = Callable[..., Browser]
UNION, MEMBER = "990106001001-GH", "990106-CY16"
KINDS = (FEDERATION, UNION, MEMBER, STREET, COMMUNITY)
BELOW = 12  # communities of the street


def test_a_clerk_sees_the_year_of_the_unit_as_it_is_printed(
    reported: District, open_browser: Open
) -> None:
    clerk = open_browser("clerk")

    assert clerk.get("/year").headers["location"] == f"/year/{PLAN}/{COMMUNITY}"
    page = clerk.get(f"/year/{PLAN}/{COMMUNITY}").text

    assert "全年报 4 次、11 个数，每次约 10 分钟。" in page
    assert "江滨街道 望江社区" in page
    assert "3 次" in page  # B03 of R2, accepted
    assert f"/u/{COMMUNITY}" in page
    assert "有问题问：江滨街道双拥联络员" in page
    assert "style=" not in page


def test_every_kind_of_unit_has_one_page(reported: District) -> None:
    with db.read(reported.engine) as session:
        plan = get_plan(session, PLAN)
        units = [get_unit(session, code).id for code in KINDS]
        sheets = year_sheets(session, plan, units, home="http://10.0.0.8", today=PRETEND)

    paper = year_paper(sheets, format=Format.PDF, name="各类单位")

    pages = [page.extract_text() for page in PdfReader(BytesIO(paper.data)).pages]
    assert [sheet.code for sheet in sheets] == [MEMBER, FEDERATION, UNION, STREET, COMMUNITY]
    for page, sheet in zip(pages, sheets, strict=True):
        assert f"http://10.0.0.8/u/{sheet.code}" in page
        assert sheet.never in page
        assert sheet.ask in page


def test_a_street_fetches_its_page_as_pdf(reported: District, open_browser: Open) -> None:
    answer = open_browser("street").get(f"/year/{PLAN}/{STREET}/paper")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E6")
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("unit", [STREET, OTHERS, OTHER_STREET, DISTRICT, "990199"])
def test_another_units_year_is_not_found(reported: District, open_browser: Open, unit: str) -> None:
    clerk = open_browser("clerk")

    for path in (f"/year/{PLAN}/{unit}", f"/year/{PLAN}/{unit}/paper", f"/u/{unit}"):
        assert clerk.get(path).status_code == 404


def test_the_link_of_a_unit_leads_through_the_log_in_to_its_rounds(
    reported: District, open_browser: Open
) -> None:
    phone = open_browser()

    away = phone.get(f"/u/{COMMUNITY}").headers["location"]
    phone.get(away)
    back = phone.post(
        "/login", login="clerk", password="jun-min-yi-jia-qin", next=f"/u/{COMMUNITY}"
    )

    assert away == f"/login?next=/u/{COMMUNITY}"
    assert back.headers["location"] == f"/u/{COMMUNITY}"
    to_rounds = phone.get(f"/u/{COMMUNITY}").headers["location"]
    assert f"/{PLAN}/{COMMUNITY}/R2" in phone.get(to_rounds).text


def test_too_many_pages_at_once_are_refused_with_a_way_out(
    reported: District, open_browser: Open
) -> None:
    office = open_browser("office")

    answer = office.get(f"/year/{PLAN}/{DISTRICT}/paper?below=1")

    assert answer.status_code == 422
    assert "一次最多做 100 页" in answer.text
    assert "请打开下级分别下载" in office.get(f"/year/{PLAN}/{DISTRICT}").text


def test_many_units_cost_as_many_statements_as_one(reported: District, open_browser: Open) -> None:
    street = open_browser("street")

    with counted(reported.engine) as for_one:
        street.get(f"/year/{PLAN}/{STREET}/paper?format=docx")
    with counted(reported.engine) as for_many:
        word = street.get(f"/year/{PLAN}/{STREET}/paper?format=docx&below=1")

    assert len(for_many) == len(for_one)
    paper = Document(BytesIO(word.content))
    titles = [line for line in paper.paragraphs if line.text == "本单位今年要报什么"]
    breaks = [bool(line.paragraph_format.page_break_before) for line in titles]
    assert breaks == [False] + [True] * BELOW
