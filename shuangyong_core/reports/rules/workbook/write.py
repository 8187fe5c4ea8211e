"""Writes the workbook: an office would send it as it is, and the reader finds every cell again."""

from __future__ import annotations

import io
from datetime import date

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from shuangyong_core.reports.rules.workbook.columns import (
    NAME_KEY,
    NOTE_KEY,
    STATE_KEY,
    UNIT_KEY,
    columns_of,
    header_of,
)
from shuangyong_core.reports.rules.workbook.front import write_front
from shuangyong_core.reports.rules.workbook.layout import (
    NOT_DUE,
    Template,
    TemplateRow,
    TemplateSheet,
)
from shuangyong_core.reports.rules.workbook.looks import (
    LOOKS,
    look_of,
    validation_of,
    width_of,
    wrong_when,
)
from shuangyong_core.reports.rules.workbook.pen import FIGURES, Pen, Placed
from shuangyong_core.reports.rules.workbook.signing import META_TITLE, meta_of, seal
from shuangyong_core.sheets import new_book_options

KEYS, TITLE, LEAD, HEAD, LABEL, FIRST = range(6)  # rows, counted from 0
NAME, STATE = 1, 2  # columns; column 0 holds the hidden codes

BESIDE_LABEL = "上次、目标、还差"


def write_workbook(template: Template, *, secret: bytes) -> bytes:
    """This function will write a template as .xlsx, signed with the installation's secret."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, new_book_options())
    book.set_properties({"title": template.file_name.removesuffix(".xlsx")})
    looks = {name: book.add_format(look) for name, look in LOOKS.items()}
    write_front(book, looks, template)
    keys = {}
    for sheet in template.sheets:
        pen = Pen(book, book.add_worksheet(sheet.title), looks)
        keys[sheet.key] = _write_sheet(pen, sheet, template)
    hidden = book.add_worksheet(META_TITLE)
    for row, text in enumerate(seal(meta_of(template, keys), secret=secret)):
        hidden.write_string(row, 0, text)
    hidden.very_hidden()
    book.close()
    return data.getvalue()


def _write_sheet(pen: Pen, sheet: TemplateSheet, template: Template) -> list[str]:
    at = FIGURES
    for item in sheet.items:
        for column in (*columns_of(item), None):
            pen.placed.append(Placed(at, item, column))
            at += 1
    _write_keys(pen, sheet)
    _write_head(pen, sheet, template)
    for number, row in enumerate(sheet.rows, start=FIRST):
        _write_row(pen, number, row)
    _guide(pen, last=FIRST + len(sheet.rows) - 1)
    _set_up_page(pen)
    return [placed.column.key for placed in pen.placed if placed.column]


def _write_keys(pen: Pen, sheet: TemplateSheet) -> None:
    pen.sheet.set_row(KEYS, None, None, {"hidden": True})
    pen.sheet.set_column(0, 0, None, None, {"hidden": True})
    heads = {0: f"{UNIT_KEY}:{sheet.key}", NAME: NAME_KEY, STATE: STATE_KEY, pen.note: NOTE_KEY}
    heads |= {placed.at: placed.column.key for placed in pen.placed if placed.column}
    for column, key in heads.items():
        pen.sheet.write_string(KEYS, column, key)


def _write_head(pen: Pen, sheet: TemplateSheet, template: Template) -> None:
    title = f"{template.unit_name}{template.year}年“{template.round_title}”报送表（{sheet.title}）"
    lead = (
        f"应于{_day(template.due_date)}前报送，{_day(template.locks_on)}截止。"
        "白格填写，灰格不用填，变红的请改。没有发生填 0；没有这项工作，从下拉里选“不涉及”。\n"
        "非涉密表：不得填写国家秘密、工作秘密、部队番号和个人证件号码。"
    )
    for row, text, look, height in ((TITLE, title, "title", 30), (LEAD, lead, "lead", 30)):
        pen.sheet.set_row(row, height)
        pen.sheet.merge_range(row, NAME, row, pen.note, text, pen.looks[look])
    for column, text in ((NAME, "单位"), (STATE, "状态"), (pen.note, "备注")):
        pen.sheet.merge_range(HEAD, column, LABEL, column, text, pen.looks["head"])
    pen.sheet.set_row(HEAD, 32)
    pen.sheet.set_row(LABEL, 30)
    for item in sheet.items:
        columns = [placed.at for placed in pen.placed if placed.item is item]
        style = pen.looks["head"]
        pen.sheet.merge_range(HEAD, columns[0], HEAD, columns[-1], header_of(item), style)
    for placed in pen.placed:
        pen.put(LABEL, placed.at, placed.column.label if placed.column else BESIDE_LABEL, "label")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _write_row(pen: Pen, number: int, row: TemplateRow) -> None:
    pen.sheet.set_row(number, _height(row))
    pen.sheet.write_string(number, 0, row.unit)
    pen.put(number, NAME, row.name, "name")
    pen.put(number, STATE, row.state, "state")
    for placed in pen.placed:
        _write_cell(pen, number, placed, row)
    pen.put(number, pen.note, row.note, "shut_text" if row.is_settled else "text")


def _height(row: TemplateRow) -> int:
    """Two lines of figures, or whatever the longest text beside them needs."""
    lines = [-(-len(beside.text) // 12) for beside in row.beside.values()]
    lines += [-(-len(row.state) // 9), -(-len(row.note) // 11)]
    return max(32, 14 * max(lines, default=1))


def _write_cell(pen: Pen, number: int, placed: Placed, row: TemplateRow) -> None:
    code = placed.item.code
    if code not in row.due:
        pen.put(number, placed.at, NOT_DUE, "not_due")
    elif placed.column is None:
        beside = row.beside[code]
        pen.put(number, placed.at, beside.text, "fix" if beside.fix else "beside")
    else:
        value = row.cells.get(code, {}).get(placed.column.field)
        look = look_of(placed.column, placed.item)
        pen.put(number, placed.at, value, f"shut_{look}" if row.is_settled else look)


def _guide(pen: Pen, *, last: int) -> None:
    """Widths, what a cell offers and says, and what turns red while it is typed."""
    pen.sheet.set_column(NAME, NAME, 20)
    pen.sheet.set_column(STATE, STATE, 11)
    pen.sheet.set_column(pen.note, pen.note, 22)
    for placed in pen.placed:
        if placed.column is None:
            pen.sheet.set_column(placed.at, placed.at, 15)
            continue
        pen.sheet.set_column(placed.at, placed.at, width_of(placed.column, placed.item))
        here = (FIRST, placed.at, last, placed.at)
        pen.sheet.data_validation(*here, validation_of(placed.column, placed.item))
        place = xl_rowcol_to_cell(FIRST, placed.at)
        formula = wrong_when(placed.column, placed.item, place=place)
        if formula:
            rule = {"type": "formula", "criteria": formula, "format": pen.looks["wrong"]}
            pen.sheet.conditional_format(*here, rule)


def _set_up_page(pen: Pen) -> None:
    pen.sheet.freeze_panes(FIRST, FIGURES)
    pen.sheet.protect("", {"format_columns": True, "format_rows": True})
    pen.sheet.set_landscape()
    pen.sheet.set_paper(9)  # A4
    pen.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    pen.sheet.fit_to_pages(1, 0)
    pen.sheet.repeat_rows(TITLE, LABEL)
    pen.sheet.set_footer("&C第 &P 页，共 &N 页")
    pen.sheet.hide_gridlines(2)
