"""How a workbook looks: white to type in, grey to read, red for what cannot be right."""

from __future__ import annotations

from typing import Any

from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.workbook.columns import Column

FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
LINE = {"border": 1, "border_color": "#B8C0CC"}
GREY, INK, RED = "#EEF0F3", "#1C4F96", "#B42318"
HEAD = FONT | LINE | {"bold": True, "align": "center", "text_wrap": True}
LOOKS: dict[str, dict[str, Any]] = {
    "title": FONT | {"font_size": 16, "bold": True, "align": "center"},
    "lead": FONT | {"font_size": 10, "text_wrap": True, "font_color": "#3D4653"},
    "banner": FONT | {"bold": True, "font_color": RED, "text_wrap": True},
    "head": HEAD | {"bg_color": "#DCE6F3", "font_color": "#17345F"},
    "label": HEAD | {"bg_color": "#EDF2F9", "bold": False, "font_size": 10},
    "name": FONT | LINE | {"bg_color": GREY, "text_wrap": True},
    "state": FONT | LINE | {"bg_color": GREY, "text_wrap": True, "font_size": 9},
    "beside": FONT | LINE | {"bg_color": GREY, "text_wrap": True, "font_size": 9,
                             "font_color": "#59636F"},
    # No alignment: numbers stand right, and a text such as 不涉及 begins where it is read.
    "number": FONT | LINE | {"locked": False, "text_wrap": True},
    "date": FONT | LINE | {"locked": False, "align": "center", "text_wrap": True,
                           "num_format": "yyyy-mm-dd"},
    "choice": FONT | LINE | {"locked": False, "align": "center", "text_wrap": True},
    "text": FONT | LINE | {"locked": False, "text_wrap": True, "num_format": "@"},
    "plain": FONT | {"text_wrap": True},
    "strong": FONT | {"bold": True},
    "red": FONT | LINE | {"bg_color": "#FDE2E0", "font_color": RED},
    "wrong": {"bg_color": "#FDE2E0", "font_color": RED},
}  # fmt: skip
INPUTS = ("number", "date", "choice", "text")
# A settled row shows the same, but grey and shut.
LOOKS |= {
    f"shut_{name}": LOOKS[name] | {"locked": True, "bg_color": GREY, "font_color": "#3D4653"}
    for name in INPUTS
}
LOOKS["fix"] = LOOKS["beside"] | {"font_color": RED, "bold": True}
LOOKS["not_due"] = LOOKS["shut_choice"] | {"font_color": "#98A1AD"}


def look_of(column: Column, item: RequiredFigure) -> str:
    """This function will name the look of an input column."""
    if column.field in ("keys", "text"):
        return "text"
    if column.field == "date":
        return "date"
    return "choice" if item.kind == "yes_no" and column.field != "covered" else "number"


def width_of(column: Column, item: RequiredFigure) -> float:
    """This function will give the width of an input column, in characters."""
    if column.field in ("keys", "text"):
        return 24
    if column.field == "date":
        return 12.5
    # Wide enough for the first words of 不涉及：没有这类对象, on two lines.
    return 13 if column.is_first or len(column.label) > 6 else 9.5


def wrong_when(column: Column, item: RequiredFigure, *, place: str) -> str | None:
    """This function will give the formula that turns a cell red while it is typed."""
    text = f"TRIM({place})"
    is_other = f'AND(LEN({text})>0,LEFT({text},3)<>"不涉及")'
    if column.field in ("keys", "text"):
        return None
    if column.field == "date":
        year = item.year or 0
        outside = f"OR({place}<DATE({year},1,1),{place}>DATE({year},12,31))"
        # A date pasted as text is read on upload, so it must not alarm.
        return f"=IF(ISNUMBER({place}),{outside},AND({is_other},ISERROR(DATEVALUE({text}))))"
    if item.kind == "yes_no" and column.field != "covered":
        return f'=AND({is_other},{text}<>"是",{text}<>"否")'
    decimals = item.decimals if column.field in ("value", "score") or column.part else 0
    uneven = f"OR({place}<0,ROUND({place},{decimals})<>{place})"
    return f"=IF(ISNUMBER({place}),{uneven},AND({is_other},ISERROR(VALUE({text}))))"


def validation_of(column: Column, item: RequiredFigure) -> dict[str, Any]:
    """This function will give what the cell offers and says when it is chosen."""
    said = {"input_title": column.code, "input_message": _message(column, item)[:250]}
    if column.choices:
        # Offered, not forced: a number may be typed over the list, and is checked on upload.
        return said | {"validate": "list", "source": list(column.choices), "show_error": False}
    return said | {"validate": "any"}


def _message(column: Column, item: RequiredFigure) -> str:
    what = {
        "keys": "写代称，例如：驻军单位A、驻军单位B；一个也没有填 0",
        "date": f"写成 {item.year}-06-30",
        "denominator": "应完成的数，不能为 0",
        "covered": "涉及多少家，填整数",
    }.get(column.field, "")
    hint = item.hint if column.is_first else ""
    zero = "没有发生填 0；没有这项工作从下拉里选“不涉及”" if column.is_first else ""
    if item.kind in ("yes_no", "date", "text"):
        zero = "没有这项工作从下拉里选“不涉及”" if column.is_first else ""
    if column.part and item.count_parts:
        what = "可不填；填了，各分项合计要等于总数"
    return "。".join(part.rstrip("。") for part in (hint, what, zero) if part) or column.label
