"""The pages back of many units as one file: PDF from the template, or Word drawn row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shuangyong_core.documents import docx
from shuangyong_core.documents.back.sheet import BackSheet
from shuangyong_core.documents.filing import Format, Paper, paper_of

WIDTHS = (60, 38, 28, 32, 20)  # mm


def back_paper(sheets: Sequence[BackSheet], *, format: Format, name: str) -> Paper:
    """This function will make one file with a page for each unit; PdfUnavailable."""
    title = sheets[0].title
    values = {"title": title, "sheets": sheets}
    return paper_of(format, name=name, title=title, pages=len(sheets),
                    template="back.html", values=values, word=lambda: _word(sheets))  # fmt: skip


def _word(sheets: Sequence[BackSheet]) -> bytes:
    paper = docx.new_paper(sheets[0].title)
    for number, sheet in enumerate(sheets):
        _page(paper, sheet, new_page=number > 0)
    return docx.to_bytes(paper)


def _page(paper: Any, sheet: BackSheet, *, new_page: bool) -> None:
    docx.heading(paper, sheet.title, new_page=new_page)
    docx.line(paper, f"{sheet.heading}　　{sheet.printed}", size=9, color=docx.GREY, after=4)
    docx.line(paper, f"{sheet.name}　{sheet.code}", font=docx.HEAD, size=12)
    docx.line(paper, f"{sheet.summary}{sheet.note}", after=6)
    heads = ("报什么", sheet.own, "与同类比", sheet.whole, "已审核/应报")
    rows = [(line.title, line.own, line.band, line.total, line.counted) for line in sheet.lines]
    docx.table(paper, [heads, *rows], widths_mm=WIDTHS, centered=(1, 2, 3, 4))
    docx.line(paper, "这些数用在哪里", font=docx.HEAD, before=8)
    docx.line(paper, sheet.used, after=8)
    docx.line(paper, sheet.explained, size=9, color=docx.GREY)
