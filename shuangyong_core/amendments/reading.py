"""Reading a file of acts on units: csv, workbook or yaml, headers in Chinese or English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from shuangyong_core.amendments.rules.acts import ACT_OF_WORD, ACT_WORDS, Act, ActKind, ActList
from shuangyong_core.amendments.rules.bases import EXAMPLE, NotBases, read_bases
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.dates import NotADate, parse_date
from shuangyong_core.guard.masking import mask
from shuangyong_core.plans.rules.nodes import Entry, read_nodes
from shuangyong_core.sheets import find_table, open_book, why_unusable
from shuangyong_core.units.row import (
    SPOILED,
    SPOILED_SENTENCE,
    fold_width,
    tidy_unit_name,
    why_no_code,
    why_no_name,
)

MOST_SHOWN = 200
HEADERS = {
    "act": ("调整方式", "方式", "动作"),
    "code": ("单位编码", "原单位编码", "编码"),
    "to": ("去向编码", "承接单位编码", "新上级编码", "并入单位编码"),
    "territory": ("新属地编码", "属地编码"),
    "name": ("新名称", "新单位名称", "名称"),
    "effective": ("生效日期", "生效时间"),
    "bases": ("基数", "底数"),
}
REQUIRED = ("act", "code", "effective")
CODES = ("code", "to", "territory")
NEEDS_TO = (ActKind.MERGE, ActKind.SPLIT)
Wrong = Callable[[str, str, str], None]


def read_acts(data: bytes, file: str) -> ActList:
    """This function will read the acts of a file; `Problems` names every fault with its place."""
    is_yaml = file.lower().endswith((".yaml", ".yml"))
    rows, columns, problems = _of_yaml(data, file) if is_yaml else _of_table(data, file)
    acts = []
    for number, cells in rows:

        def wrong(key: str, code: str, message: str, n: int = number,
                  row: Mapping[str, str] = cells) -> None:  # fmt: skip
            value = mask(row.get(key, "")) or None
            place: dict[str, Any] = {"file": file, "row": n, "column": columns.get(key, key)}
            problems.append(Problem(code, message, value=value, **place))

        act = _act(number, cells, wrong)
        acts += [act] if act else []
    if not acts and not problems:
        problems.append(Problem("empty", "文件里没有调整事项，请从表头下一行起填写。", file=file))
    if problems:
        raise Problems(sorted(problems, key=lambda each: each.row or 0)[:MOST_SHOWN])
    return ActList(file, tuple(acts), columns)


Rows = list[tuple[int, dict[str, str]]]


def _of_table(data: bytes, file: str) -> tuple[Rows, dict[str, str], list[Problem]]:
    table = find_table(open_book(data, name=file).first, HEADERS, required=REQUIRED, file=file)
    columns = {key: table.title_of(key) for key in HEADERS}
    rows: Rows = []
    problems: list[Problem] = []
    for row in table.rows:
        cells = {key: row.get(key) for key in HEADERS}
        if all(cell.is_blank for cell in cells.values()):
            continue
        for key, cell in cells.items():
            why = why_unusable(cell)
            is_number = key in CODES and isinstance(cell.value, int | float | Decimal)
            # What reads as spoiled is told once, with its text.
            if why is None and is_number and not SPOILED.match(cell.text):
                why = ("spoiled_code", SPOILED_SENTENCE)
            if why:
                place: dict[str, Any] = {"file": file, "row": row.number, "column": columns[key]}
                problems.append(Problem(why[0], why[1], **place))
        rows.append((row.number, {key: cell.text.strip() for key, cell in cells.items()}))
    return rows, columns, problems


def _of_yaml(data: bytes, file: str) -> tuple[Rows, dict[str, str], list[Problem]]:
    whole = read_nodes(data, file=file)
    top = whole.value if isinstance(whole.value, dict) else {}
    listed = next((top[name] for name in ("acts", "调整") if name in top), None)
    if listed is None or not isinstance(listed.value, list):
        _refuse(file, whole.line, "要有 acts 一节，下面一条一项。")
    names = {name: key for key, others in HEADERS.items() for name in (key, *others)}
    rows: Rows = []
    problems: list[Problem] = []
    for entry in listed.value:
        rows.append((entry.line, _of_entry(entry, names, file, problems)))
    return rows, {key: key for key in HEADERS}, problems


def _of_entry(
    entry: Entry, names: Mapping[str, str], file: str, problems: list[Problem]
) -> dict[str, str]:
    fields = entry.value if isinstance(entry.value, dict) else {}
    cells = {}
    for name, value in fields.items():
        if name in names and not isinstance(value.value, list | dict):
            cells[names[name]] = (value.value or "").strip()
        else:
            why = "没有这一项，可用：" + "、".join(HEADERS) + "。"
            problems.append(Problem("unknown", why, file=file, row=value.line, column=mask(name)))
    return cells


def _refuse(file: str, row: int, message: str) -> NoReturn:
    raise Problems([Problem("empty", message, file=file, row=row)])


def _act(number: int, cells: Mapping[str, str], wrong: Wrong) -> Act | None:
    kind = ACT_OF_WORD.get(cells.get("act", ""))
    if kind is None:
        wrong("act", "unknown_act", "请填" + "、".join(ACT_WORDS.values()) + "中的一个。")
    codes = {key: _code(key, cells, wrong) for key in CODES}
    if not cells.get("code"):
        wrong("code", "blank", "不能为空。")
    name = _name(cells, wrong)
    day = _day(cells, wrong)
    if kind in NEEDS_TO and not codes["to"]:
        wrong("to", "blank", "请写明由哪个单位承接。")
    if kind is ActKind.MOVE and not (codes["to"] or codes["territory"]):
        wrong("to", "blank", "请写明划到哪个上级，或者新的属地。")
    if kind is ActKind.RENAME and not name:
        wrong("name", "blank", "请写新名称。")
    if kind is ActKind.ABOLISH and codes["to"]:
        wrong("to", "not_used", "有承接单位的请用“合并”，撤销不写去向。")
    bases = _bases(kind, cells, wrong)
    if kind is None or day is None or not codes["code"]:
        return None
    return Act(number, kind, codes["code"], codes["to"], codes["territory"], name, day, bases)


def _code(key: str, cells: Mapping[str, str], wrong: Wrong) -> str:
    code = fold_width(cells.get(key, ""))
    if code and (why := why_no_code(code)):
        wrong(key, *why)
        return ""
    return code


def _name(cells: Mapping[str, str], wrong: Wrong) -> str:
    name = tidy_unit_name(cells.get("name", ""))
    for why in why_no_name(name):
        wrong("name", *why)
    return name


def _bases(
    kind: ActKind | None, cells: Mapping[str, str], wrong: Wrong
) -> tuple[tuple[str, int], ...]:
    text = cells.get("bases", "")
    if text and kind not in (None, ActKind.SPLIT):
        wrong("bases", "not_used", "只有拆分要写基数；合并时自动并入承接单位。")
        return ()
    try:
        return read_bases(text)
    except NotBases:
        wrong("bases", "bases", f"基数请写成“名称=整数”，几项用分号隔开，例如 {EXAMPLE}。")
        return ()


def _day(cells: Mapping[str, str], wrong: Wrong) -> date | None:
    text = cells.get("effective", "")
    if not text:
        wrong("effective", "blank", "请写生效日期。")
        return None
    try:
        return parse_date(text).day
    except NotADate as refused:
        for fault in refused.problems:
            wrong("effective", fault.code, fault.message)
        return None
