"""Papers for Word: A4, fonts by name, tables; the same values give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

BODY, TITLE, HEAD = "仿宋", "宋体", "黑体"
INK, RED, GREY = "1F2937", "B42318", "5B6472"
ALIGNED: dict[str, Any] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
# A Word file tells when it was made and by whom; ours tells neither.
FIXED = datetime(2000, 1, 1)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def new_paper(title: str, *, margin_mm: float = 16) -> Any:
    """This function will open an A4 document without author and with fixed times."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(margin_mm)
    section.top_margin = section.bottom_margin = Mm(margin_mm)
    section.header_distance = section.footer_distance = Mm(8)
    normal = paper.styles["Normal"]
    normal.font.size = Pt(10.5)
    set_font(normal.element.get_or_add_rPr(), BODY)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = 1.15
    told = paper.core_properties
    told.title, told.author, told.last_modified_by, told.comments = title, "", "", ""
    told.created = told.modified = FIXED
    told.revision = 1
    return paper


def set_font(properties: Any, name: str) -> None:
    """This function will name one font for Latin and Chinese alike; fonts are never embedded."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def write(
    where: Any,
    text: str,
    *,
    font: str = BODY,
    size: float = 10.5,
    bold: bool = False,
    color: str = INK,
) -> Any:
    """This function will add a run of text to a paragraph."""
    run = where.add_run(text)
    set_font(run._r.get_or_add_rPr(), font)
    run.font.size, run.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(color)
    return run


def line(
    where: Any,
    text: str = "",
    *,
    align: str = "left",
    before: float = 0,
    after: float = 2,
    first: bool = False,
    **look: Any,
) -> Any:
    """This function will add a paragraph: left, center or right; a cell has its `first` already."""
    paragraph = where.paragraphs[0] if first else where.add_paragraph()
    paragraph.alignment = ALIGNED[align]
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    if text:
        write(paragraph, text, **look)
    return paragraph


def heading(paper: Any, text: str, *, size: float = 20, new_page: bool = False) -> Any:
    """This function will write the title of a page with the one red rule under it."""
    title = line(paper, text, align="center", font=TITLE, size=size, bold=True, after=6)
    title.paragraph_format.page_break_before = new_page
    rule_under(title)
    return title


def rule_under(paragraph: Any, *, color: str = RED, eighths: int = 10) -> None:
    """This function will draw a line under a paragraph."""
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="{eighths}" w:space="4" '
        f'w:color="{color}"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def table(
    paper: Any,
    rows: Sequence[Sequence[str]],
    *,
    widths_mm: Sequence[float],
    heads: int = 1,
    size: float = 9.5,
    centered: Sequence[int] = (),
) -> list[tuple[Any, ...]]:
    """This function will add a bordered table, its first rows as heads, and give its cells."""
    made = paper.add_table(rows=len(rows), cols=len(widths_mm), style="Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, widths_mm, strict=True):
        column.width = Mm(width)
    # Each row is asked for its cells once: the library counts them through every time.
    grid = [tuple(row.cells) for row in made.rows]
    for number, (cells, texts) in enumerate(zip(grid, rows, strict=True)):
        is_head = number < heads
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            cell.width = Mm(widths_mm[column])
            fill_cell(cell, text, size=size, is_head=is_head, center=is_head or column in centered)
    return grid


def merge_down(cells: Sequence[Any], text: str, *, size: float = 9.5) -> None:
    """This function will make one cell of cells under each other and write it anew."""
    merged = cells[0].merge(cells[-1])
    for paragraph in merged.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    fill_cell(merged, text, size=size)


def side_by_side(paper: Any, *, widths_mm: Sequence[float]) -> tuple[Any, ...]:
    """This function will add one row of cells without borders and give its cells."""
    row = paper.add_table(rows=1, cols=len(widths_mm))
    row.autofit = False
    for cell, width in zip(row.rows[0].cells, widths_mm, strict=True):
        cell.width = Mm(width)
    return tuple(row.rows[0].cells)


def fill_cell(
    cell: Any, text: str, *, size: float = 9.5, is_head: bool = False, center: bool = False
) -> None:
    """This function will write a cell; each line of the text is a paragraph."""
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    for number, part in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if center:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(1.5 if number == 0 else 0)
        paragraph.paragraph_format.space_after = Pt(1.5)
        paragraph.paragraph_format.line_spacing = 1.0
        write(paragraph, part, font=HEAD if is_head else BODY, size=size)


def picture(where: Any, png: bytes, *, width_mm: float) -> None:
    """This function will put a picture into a paragraph."""
    where.add_run().add_picture(BytesIO(png), width=Mm(width_mm))


def to_bytes(paper: Any) -> bytes:
    """This function will give the file, without the moment it was zipped at."""
    kept, made = BytesIO(), BytesIO()
    paper.save(kept)
    with zipfile.ZipFile(kept) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            entry = zipfile.ZipInfo(name, date_time=ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return made.getvalue()
