"""The first sheet: how to fill the workbook, in a clerk's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuangyong_core.reports.rules.workbook.layout import Template

TITLE = "填写说明"
BANNER = "非涉密表：不得填写国家秘密、工作秘密、部队番号和个人证件号码。驻军单位一律写代称。"
STEPS = (
    "每个单位一行，每项任务一栏。只填白色的格，灰色的格是给您看的，不用填。",
    "有数填数；没有发生填 0；没有这项工作，点开格子右边的小三角，选一条“不涉及”。"
    "原因不在里面的，直接写“不涉及：为什么”。",
    "一行要填全才能报送。还没有数的单位整行空着，先不报，以后再传。",
    "“其中”各栏可以不填；填了，合计要等于总数。驻军单位逐个写代称，用顿号隔开。",
    "格子变红，说明这个数不对，请改。日期写成 2026-06-30 的样子。",
    "不要改表头，不要增删列，不要合并单元格。不要自己加合计行，系统会汇总。",
    "填好后存盘，在“填报”页上传。系统先检查，全部通过才写入；有错会在您的表里标红，一次说全。",
    "同一个文件传几遍都只算一次。已审核的行锁定；要改已审核的数，请在网页上用“更正”。",
)
LEGEND = (
    ("text", "白色", "可以填"),
    ("name", "灰色", "不用填：单位、状态、参考，和已报送、已审核的行"),
    ("red", "红色", "这个数不对，请改"),
)


def write_front(book: Any, looks: Mapping[str, Any], template: Template) -> None:
    """This function will write the sheet of instructions, and what the workbook asks for."""
    sheet = book.add_worksheet(TITLE)
    sheet.hide_gridlines(2)
    for column, width in ((0, 2), (1, 14), (2, 66), (3, 12)):
        sheet.set_column(column, column, width)
    sheet.set_row(1, 32)
    title = f"{template.unit_name}{template.year}年“{template.round_title}”报送工作簿"
    sheet.merge_range(1, 1, 1, 3, title, looks["title"])
    sheet.set_row(2, 24)
    sheet.merge_range(2, 1, 2, 3, BANNER, looks["banner"])
    row = _facts(sheet, looks, template, row=4)
    sheet.write_string(row, 1, "怎么填", looks["strong"])
    for number, step in enumerate(STEPS, start=1):
        sheet.set_row(row + number, 36 if len(step) > 40 else 20)
        sheet.merge_range(row + number, 1, row + number, 3, f"{number}. {step}", looks["plain"])
    _legend(sheet, looks, row=row + len(STEPS) + 2)
    sheet.protect("")
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _facts(sheet: Any, looks: Mapping[str, Any], template: Template, *, row: int) -> int:
    due, locks = template.due_date, template.locks_on
    until = (
        f"{due.year}年{due.month}月{due.day}日前报送；"
        f"{locks.year}年{locks.month}月{locks.day}日截止，之后不能再报"
    )
    facts = [("报送时限", until)]
    for each in template.sheets:
        settled = sum(row.is_settled for row in each.rows)
        asked = f"{len(each.rows)} 个单位，待填 {each.open_figures} 格"
        facts.append((f"“{each.title}”表", asked + (f"；{settled} 行已锁定" if settled else "")))
    for number, (name, text) in enumerate(facts):
        sheet.write_string(row + number, 1, name, looks["strong"])
        sheet.write_string(row + number, 2, text, looks["plain"])
    return row + len(facts) + 1


def _legend(sheet: Any, looks: Mapping[str, Any], *, row: int) -> None:
    sheet.write_string(row, 1, "颜色", looks["strong"])
    for number, (look, name, text) in enumerate(LEGEND, start=1):
        sheet.write_string(row + number, 1, name, looks[look])
        sheet.write_string(row + number, 2, text, looks["plain"])
