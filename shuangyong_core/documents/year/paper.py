"""The pages of many units as one file: PDF from the template, or Word drawn row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shuangyong_core.documents import docx
from shuangyong_core.documents.filing import Format, Paper, paper_of
from shuangyong_core.documents.lights import SHAPES
from shuangyong_core.documents.qr import qr_png
from shuangyong_core.documents.year.sheet import SheetRound, YearSheet

TITLE = "本单位今年要报什么"
HEADS = ("报送", "报什么", "单位", "全年目标", "什么时候办", "已报")
WIDTHS = (32, 58, 14, 20, 28, 26)  # mm: what a page is wide between its margins


def year_paper(sheets: Sequence[YearSheet], *, format: Format, name: str) -> Paper:
    """This function will make one file with a page for each unit; PdfUnavailable."""
    values = {"title": TITLE, "sheets": sheets}
    return paper_of(format, name=name, title=TITLE, pages=len(sheets),
                    template="year.html", values=values, word=lambda: _word(sheets))  # fmt: skip


def _word(sheets: Sequence[YearSheet]) -> bytes:
    paper = docx.new_paper(TITLE)
    for number, sheet in enumerate(sheets):
        _page(paper, sheet, new_page=number > 0)
    return docx.to_bytes(paper)


def _page(paper: Any, sheet: YearSheet, *, new_page: bool) -> None:
    size = 8.5 if sheet.is_tight else 9.5
    docx.heading(paper, TITLE, new_page=new_page)
    docx.line(paper, f"{sheet.heading}　　{sheet.printed}", size=9, color=docx.GREY, after=4)
    _head(paper, sheet)
    _rounds(paper, sheet, size=size)
    docx.line(paper, "怎么填", font=docx.HEAD, before=6)
    for number, step in enumerate(sheet.how, start=1):
        docx.line(paper, f"{number}. {step}", size=size)
    docx.line(paper, "不要填", font=docx.HEAD, before=4)
    docx.line(paper, sheet.never, size=size, after=4)
    foot = "　　".join(text for text in (sheet.ask, sheet.used) if text)
    docx.line(paper, foot, size=9, color=docx.GREY)


def _rounds(paper: Any, sheet: YearSheet, *, size: float) -> None:
    rows = [HEADS]
    for each in sheet.rounds:
        rows += [("", row.title, row.unit, row.goal, row.done_by, row.value) for row in each.rows]
    cells = docx.table(paper, rows, widths_mm=WIDTHS, size=size, centered=(2, 3, 5))
    top = 1
    for each in sheet.rounds:
        bottom = top + len(each.rows)
        docx.merge_down([row[0] for row in cells[top:bottom]], _round_text(each), size=size)
        top = bottom


def _head(paper: Any, sheet: YearSheet) -> None:
    """Name and sum at the left, the code to the unit's 填报 at the right."""
    left, right = docx.side_by_side(paper, widths_mm=(152, 26))
    docx.line(left, sheet.name, font=docx.HEAD, size=13, first=True)
    docx.line(left, sheet.code, size=9, color=docx.GREY)
    docx.line(left, sheet.summary)
    docx.line(left, sheet.link, size=9, color=docx.GREY)
    docx.picture(docx.line(right, align="right", first=True), qr_png(sheet.link), width_mm=24)


def _round_text(each: SheetRound) -> str:
    state = f"{SHAPES[each.light]} {each.state}"
    return "\n".join(text for text in (each.title, each.due, state, each.note) if text)
