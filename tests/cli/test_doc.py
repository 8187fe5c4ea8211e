"""`doc`, `round use`, `plan burden`: papers in files, by their endings, of one's own line only."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Operator
from tests.cli.test_report import body, text
from tests.reports.place import COMMUNITY, PLAN, STREET, Street

WHERE = ("--plan", PLAN, "--unit", STREET)


@pytest.fixture
def papers(operator: Operator, street: Street) -> Operator:
    """A community has reported; its street has a neighbour."""
    operator.done("users", "add", "qt", "--name", "渡口联络员", "--role", "manager@990106002")
    operator.done("report", "submit", "-", stdin=text(body()))
    return operator


def words_of(file: Path) -> str:
    """This function will give all the text of a Word file."""
    paper = Document(str(file))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in paper.paragraphs), *cells])


def test_a_page_is_written_for_each_unit_below(papers: Operator) -> None:
    file = papers.folder / "pages.docx"

    said = papers.done("doc", "page", *WHERE, "--below", "-o", file, "--json").json

    assert said["pages"] == 2
    written = words_of(file)
    assert written.count("不要填") == 2
    assert f"/u/{COMMUNITY}" in written
    assert "12 次" in written


def test_the_ending_says_what_is_made_and_another_is_refused(papers: Operator) -> None:
    refused = papers.refused("doc", "page", *WHERE, "--below", "-o", papers.folder / "pages.txt")
    nothing = papers.refused("doc", "page", *WHERE, "-o", papers.folder / "pages.pdf")

    assert "文件名要以 .pdf 或 .docx 结尾" in refused
    assert "没有要报的数" in nothing  # the street itself reports nothing here


def test_anothers_page_is_absent(papers: Operator) -> None:
    file = papers.folder / "pages.docx"

    for words in (("page", *WHERE), ("back", *WHERE, "--round", "R1")):
        assert "不在您的范围内" in papers.refused("doc", *words, "-o", file, "--as", "qt")


def test_what_is_told_of_a_round_stands_on_the_page_back(papers: Operator) -> None:
    file = papers.folder / "back.docx"
    papers.done("rollup", "rebuild")

    told = papers.done("round", "use", "--plan", PLAN, "--round", "R1", "--text", "已报市双拥办。")
    papers.done("doc", "back", *WHERE, "--round", "R1", "--below", "-o", file)
    early = papers.refused("doc", "back", *WHERE, "--round", "R2", "-o", file)

    assert "“开年和春节”报送的用途：已报市双拥办。" in told.out
    assert "已报市双拥办。" in words_of(file)
    assert "到期以后才有反馈" in early


def test_the_burden_counts_an_indicator_once_a_round(papers: Operator) -> None:
    found = papers.done("plan", "burden", PLAN, "--json").json

    (community,) = found["kinds"]
    assert (community["units"], community["rounds"], community["numbers"]) == (2, 3, 21)
    assert found["total"] == 24  # the second community reports one number a round
    assert [one["numbers"] for one in found["rounds"]] == [8, 8, 8]
