"""Opens what a user sent: what it is, its bytes say, never its name; every fault of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shuangyong_core.errors import Problem
from shuangyong_core.sheets.book import LIMITS, Book, Limits, Row, Sheet
from shuangyong_core.sheets.csv_files import looks_like_text, stream_csv
from shuangyong_core.sheets.old_files import MAGIC, read_old_file
from shuangyong_core.sheets.packages import Package
from shuangyong_core.sheets.refusing import Unreadable, all_at_once, refuse
from shuangyong_core.sheets.sheet_parts import SheetReader
from shuangyong_core.sheets.workbook_parts import main_part, read_frame

MARKUP = re.compile(rb"\s*<(!doctype|html|\?xml|table|head|body|meta|workbook)", re.IGNORECASE)
KNOWN = (
    (b"%PDF", "这是 PDF 文件"),
    (b"\x89PNG", "这是图片"),
    (b"\xff\xd8\xff", "这是图片"),
    (b"Rar!", "这是压缩包"),
    (b"7z\xbc\xaf", "这是压缩包"),
    (b"\x1f\x8b", "这是压缩包"),
    (b"{\\rtf", "这是 Word 文件"),
)


def open_book(data: bytes, *, name: str, limits: Limits = LIMITS) -> Book:
    """This function will read an .xlsx, .xls or csv safely; raises Problems with all its faults."""
    try:
        return _open(data, name=name, limits=limits)
    except Unreadable as bad:
        problem = refuse(bad.code, name, limits=limits, what=bad.what)
        raise all_at_once([problem]) from bad


def open_rows(data: bytes, *, name: str, limits: Limits = LIMITS) -> Iterator[Row]:
    """This function will give the rows of the first sheet; of a csv never all at once.

    It raises Problems, for a csv also after its last row.
    """
    try:
        if _kind(data, limits=limits) == "csv":
            yield from stream_csv(data, name=name, limits=limits)
        else:
            yield from _open(data, name=name, limits=limits).first.rows
    except Unreadable as bad:
        problem = refuse(bad.code, name, limits=limits, what=bad.what)
        raise all_at_once([problem]) from bad


def _open(data: bytes, *, name: str, limits: Limits) -> Book:
    kind = _kind(data, limits=limits)
    if kind == "xlsx":
        return Book(name, kind, _read_xlsx(data, name=name, limits=limits))
    if kind == "xls":
        sheets, beyond = read_old_file(data, limits=limits)
        return Book(name, kind, _checked(sheets, list(beyond.items()), name=name, limits=limits))
    rows = tuple(stream_csv(data, name=name, limits=limits))
    return Book(name, kind, (Sheet("", rows),))


def _kind(data: bytes, *, limits: Limits) -> str:
    """What its bytes say it is; raises Unreadable."""
    if not data.strip():
        raise Unreadable("empty")
    if len(data) > limits.upload:
        raise Unreadable("file_too_large")
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return "xlsx"
    if data[:8] == MAGIC:
        return "xls"
    for mark, what in KNOWN:
        if data.startswith(mark):
            raise Unreadable("not_a_workbook", what)
    if MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise Unreadable("not_a_workbook", "这是网页格式，不是真正的工作簿")
    if not looks_like_text(data):
        raise Unreadable("not_a_workbook", "这不是工作簿")
    return "csv"


def _read_xlsx(data: bytes, *, name: str, limits: Limits) -> tuple[Sheet, ...]:
    package = Package(data, limits=limits)
    unwanted: list[tuple[str, str]] = package.unwanted()
    main = ""
    try:
        main = main_part(package, limits=limits)
    except Unreadable as bad:
        if bad.code not in {code for code, _ in unwanted}:
            unwanted.append((bad.code, str(bad.what)))
    if unwanted:
        raise all_at_once([refuse(c, name, limits=limits, what=what) for c, what in unwanted])
    frame = read_frame(package, main, limits=limits)
    sheets: list[Sheet] = []
    beyond: list[tuple[str, str]] = []
    elements = limits.elements
    for title, state, part in frame.sheets:
        reader = SheetReader(frame, title=title, limits=limits)
        chunks = package.chunks(part, most=limits.sheet_xml)
        elements -= reader.read(chunks, elements=elements)
        sheets.append(reader.sheet(state))
        beyond += list(reader.problems.items())
    return _checked(tuple(sheets), beyond, name=name, limits=limits)


def _checked(
    sheets: tuple[Sheet, ...], beyond: list[tuple[str, str]], *, name: str, limits: Limits
) -> tuple[Sheet, ...]:
    if not sheets:
        raise Unreadable("no_sheet")
    problems: list[Problem] = [refuse(c, name, limits=limits, what=what) for c, what in beyond]
    if problems:
        raise all_at_once(problems)
    return sheets
