"""The one csv reader: UTF-8 or GB18030, comma, tab or semicolon; nothing replaced or guessed."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass

from shuangyong_core.errors import Problem
from shuangyong_core.guard.hidden import find_hidden
from shuangyong_core.guard.masking import mask
from shuangyong_core.sheets.book import Cell, Limits, Row, letters
from shuangyong_core.sheets.refusing import MOST_SHOWN, Unreadable, all_at_once, refuse

MOST_LINES = 1_048_576  # as many as a sheet has; blank ones cost time too
SEPARATORS = ",\t;"
MOJIBAKE = ("\ufffd", "锟斤拷", "ï»¿")
RISKY = "=+-@\t\r"


@dataclass(frozen=True, slots=True)
class Text:
    """A csv as text: its lines end in a line feed only."""

    content: str
    encoding: str


def stream_csv(data: bytes, *, name: str, limits: Limits) -> Iterator[Row]:
    """This function will read a csv row by row; what is wrong is said after the last of them."""
    problems: list[Problem] = []
    for number, values in enumerate(_records(decode(data), name=name), start=1):
        if number > MOST_LINES:
            raise Unreadable("file_too_complex", f"超过 {MOST_LINES} 行")
        if not any(values):
            continue
        cells = [_cell(number, c, value) for c, value in enumerate(values[: limits.columns], 1)]
        filled = [cell for cell in cells if not cell.is_blank]
        problems += [_control(cell, name=name) for cell in filled if find_hidden(cell.text)]
        far = next((c for c in range(limits.columns, len(values)) if values[c].strip()), None)
        if far is not None:
            where = Cell(number, far + 1).place
            problems.append(refuse("too_many_columns", name, limits=limits, what=where))
        elif filled and number > limits.rows:
            where = f"第 {number} 行"
            problems.append(refuse("too_many_rows", name, limits=limits, what=where))
        if len(problems) >= MOST_SHOWN or (number > limits.rows and filled):
            break
        if filled:
            yield Row(number, tuple(filled))
    if problems:
        raise all_at_once(problems)


def decode(data: bytes) -> Text:
    """This function will tell UTF-8 from GB18030; UTF-16 only by its mark. Raises Unreadable."""
    encodings = ["utf-8-sig", "gb18030"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif data.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    furthest = 0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as wrong:
            furthest = max(furthest, wrong.start)
            continue
        for mark in MOJIBAKE:
            if mark in text:
                before = text[: text.index(mark)].encode(encoding, "replace")
                raise Unreadable("encoding", len(before) + 1)
        return Text(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)
    raise Unreadable("encoding", furthest + 1)


def looks_like_text(data: bytes) -> bool:
    """This function will say whether bytes that are no known kind of file may be a csv."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    begin = data[:4096]
    controls = sum(letter < 32 and letter not in b"\t\n\r" for letter in begin)
    return controls * 10 < len(begin)


def _records(text: Text, *, name: str) -> Iterator[list[str]]:
    reader = csv.reader(_lines(text.content), delimiter=_separator(text.content), strict=True)
    row = 0
    try:
        for row, values in enumerate(reader, start=1):  # noqa: B007
            yield values
    except csv.Error as wrong:
        message = "引号不成对或格子太长，请核对这一行附近，另存为 csv 再导入。"
        raise all_at_once([Problem("not_csv", message, file=name, row=row + 1)]) from wrong


def _lines(content: str) -> Iterator[str]:
    """Line after line of a text that is large enough not to be copied."""
    start = 0
    while start < len(content):
        end = content.find("\n", start) + 1 or len(content)
        yield content[start:end]
        start = end


def _separator(content: str) -> str:
    first = content.lstrip("\n").split("\n", 1)[0]
    outside = "".join(first.split('"')[::2])  # a comma between quotes separates nothing
    return max(SEPARATORS, key=outside.count)


def _cell(row: int, column: int, text: str) -> Cell:
    # Our own csv puts an apostrophe before what a spreadsheet would take for a formula.
    plain = text[1:] if text[:1] == "'" and text[1:2] and text[1] in RISKY else text
    return Cell(row, column, plain or None, plain)


def _control(cell: Cell, *, name: str) -> Problem:
    said = f"有看不见的控制字符 {find_hidden(cell.text)}，请删掉后重新输入。"
    column, value = letters(cell.column), mask(cell.text)
    return Problem("control", said, file=name, row=cell.row, column=column, value=value)
