"""报送反馈: what comes back to a unit after a round, and how the office tells its use."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document

from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, DISTRICT, OTHERS, PLAN, STREET, District

Open = Callable[..., Browser]
HERE, OFFICE = f"/back/{PLAN}/{COMMUNITY}/R2", f"/use/{PLAN}/{DISTRICT}"


def test_a_unit_sees_its_figures_beside_the_total(reported: District, open_browser: Open) -> None:
    clerk = open_browser("clerk")

    page = clerk.get(HERE).text

    assert "2026年上半年报送反馈" in page
    assert "应报 4 项，已报 4 项，已审核 4 项。" in page
    assert "3 次" in page
    assert "1/143" in page  # one of 143 accepted for B03
    assert "用途由临江区双拥办填写，还没有写。" in page
    assert HERE in clerk.get(f"/year/{PLAN}/{COMMUNITY}").text


def test_what_the_office_tells_stands_on_every_page(reported: District, open_browser: Open) -> None:
    office = open_browser("office")
    office.get(OFFICE)

    empty = office.post_form(
        OFFICE, {"act": "R2", "text:R2": " ", "ref:R2": "临双拥报〔2026〕5 号"}
    )
    told = office.post_form(OFFICE, {"act": "R2", "text:R2": "已报市双拥办", "ref:R2": "5 号"})

    assert empty.status_code == 422
    assert "请用一句话写这次报送的数用在哪里。" in empty.text
    assert "临双拥报〔2026〕5 号" in empty.text
    assert told.headers["location"] == f"{OFFICE}?done=1"
    assert "已报市双拥办（5 号）。" in office.get(HERE).text
    assert "报送的用途：已报市双拥办（5 号）" in office.get(f"/year/{PLAN}/{COMMUNITY}").text


def test_a_street_fetches_the_pages_of_all_below(reported: District, open_browser: Open) -> None:
    answer = open_browser("street").get(f"/back/{PLAN}/{STREET}/R2/paper?format=docx&below=1")

    paper = Document(BytesIO(answer.content))
    titles = [line for line in paper.paragraphs if line.text == "2026年上半年报送反馈"]
    assert len(titles) == 13
    first = paper.tables[0]
    assert [cell.text for cell in first.rows[0].cells][1:4] == [
        "本单位和下级", "与同类比", "临江区合计",
    ]  # fmt: skip


@pytest.mark.parametrize("unit", [OTHERS, STREET, DISTRICT])
def test_anothers_page_is_not_found(reported: District, open_browser: Open, unit: str) -> None:
    clerk = open_browser("clerk")

    for path in (f"/back/{PLAN}/{unit}/R2", f"/back/{PLAN}/{unit}/R2/paper", f"/use/{PLAN}/{unit}"):
        assert clerk.get(path).status_code == 404


def test_before_a_round_is_due_there_is_nothing_back(
    reported: District, open_browser: Open
) -> None:
    answer = open_browser("clerk").get(f"/back/{PLAN}/{COMMUNITY}/R3")

    assert answer.status_code == 422
    assert "8月7日到期，到期以后才有反馈" in answer.text
