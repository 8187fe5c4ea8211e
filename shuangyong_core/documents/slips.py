"""Slips with one-time passwords, a page a street: each unit is handed one, cut along the dashes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from shuangyong_core.documents import docx
from shuangyong_core.documents.links import unit_link
from shuangyong_core.documents.pdf import to_pdf
from shuangyong_core.documents.qr import qr_png
from shuangyong_core.documents.rendering import render_paper
from shuangyong_core.units.models import Kind
from shuangyong_core.units.queries import UnitLinks

# These have nobody of their own below: their slips go to their superior.
LEAVES = (Kind.COMMUNITY, Kind.GRASSROOTS_UNION, Kind.MEMBER_UNIT, Kind.ARMED_FORCES_DEPT)
HANDLE = "沿虚线裁开，当面交给本人，不要拍照转发"
FIXED_WIDTH = "Consolas"
HALF, QR, HIGH = 92, 22, 34  # mm


@dataclass(frozen=True, slots=True)
class Credential:
    """An account with its one-time password, as it was drawn."""

    unit: str  # code
    login: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What stands on one slip."""

    unit: str
    name: str
    login: str
    password: str
    until: date
    link: str
    home: str


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """The slips of a street and of the units under it."""

    code: str
    name: str
    slips: tuple[Slip, ...]
    printed_on: date


def slip_sheets(
    given: Iterable[Credential],
    links: Mapping[str, UnitLinks],
    *,
    until: date,
    printed_on: date,
    home: str,
) -> list[SlipSheet]:
    """This function will lay the slips out by street, the street's own first, then by code."""
    by_street: dict[str, list[Credential]] = {}
    for each in sorted(given, key=lambda one: (one.unit, one.login)):
        unit = links[each.unit]
        street = unit.parent if unit.kind in LEAVES and unit.parent else unit.code
        by_street.setdefault(street, []).append(each)
    return [
        SlipSheet(
            street,
            links[street].name,
            tuple(
                Slip(links[each.unit].name, each.name, each.login, each.password, until,
                     unit_link(home, each.unit), home)
                for each in sorted(held, key=lambda one: one.unit != street)
            ),
            printed_on,
        )
        for street, held in sorted(by_street.items())
    ]  # fmt: skip


def slips_pdf(sheet: SlipSheet) -> bytes:
    """This function will print the slips of a street as PDF. Raises PdfUnavailable."""
    title = f"{sheet.name}账号口令条"
    return to_pdf(render_paper("slips.html", {"title": title, "sheet": sheet}), title=title)


def slips_docx(sheet: SlipSheet) -> bytes:
    """This function will write the slips of a street for Word."""
    paper = docx.new_paper(f"{sheet.name}账号口令条", margin_mm=12)
    head = docx.line(paper, f"{sheet.name}　账号口令条", font=docx.HEAD, size=13, after=1)
    docx.rule_under(head)
    told = (
        f"共 {len(sheet.slips)} 张，{sheet.printed_on} 打印。沿虚线裁开，当面交给本人，不要拍照转发"
    )
    docx.line(paper, told, size=9, color=docx.GREY)
    rows = -(-len(sheet.slips) // 2)
    table = paper.add_table(rows=rows, cols=2)
    table.autofit = False
    table._tbl.tblPr.append(_dashes())
    for number, slip in enumerate(sheet.slips):
        _fill(table.cell(number // 2, number % 2), slip)
    for row in table.rows:
        row.height = Mm(HIGH)
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    return docx.to_bytes(paper)


def _dashes() -> Any:
    sides = "".join(
        f'<w:{side} w:val="dashed" w:sz="6" w:space="0" w:color="8D97A5"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")


def _fill(cell: Any, slip: Slip) -> None:
    cell.width = Mm(HALF)
    inner = cell.add_table(1, 2)
    inner.autofit = False
    left, right = inner.cell(0, 0), inner.cell(0, 1)
    for column, width in zip(inner.columns, (HALF - QR - 6, QR + 2), strict=True):
        column.width = column.cells[0].width = Mm(width)
    for side in (left, right):
        side.paragraphs[0].paragraph_format.space_before = Pt(5)
    docx.write(left.paragraphs[0], slip.unit, font=docx.HEAD, size=11)
    for label, text in (
        (slip.name, ""),
        ("账号　", slip.login),
        ("口令　", slip.password),
        (f"有效期到 {slip.until}，首次登录须改成自己的口令", ""),
    ):
        paragraph = docx.line(left, label, size=8.5, color=docx.GREY, after=0)
        if text:
            docx.write(paragraph, text, font=FIXED_WIDTH, size=11, bold=text == slip.password)
    docx.picture(right.paragraphs[0], qr_png(slip.link), width_mm=QR)
    docx.line(right, slip.home, size=6.5, color=docx.GREY, after=0)
    # Word wants a paragraph after a table in a cell; the first, empty one would only push it down.
    cell._tc.remove(cell.paragraphs[0]._p)
