"""Whatever a file holds, it is read or refused with its problems; nothing else ever comes of it."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from shuangyong_core.errors import Problems
from shuangyong_core.sheets import Book, Mark, find_table, mark_cells, open_book
from tests.corpus.make import listed, street
from tests.sheets.making import FORMATTED, SHEET, parts, zipped

GOOD = listed(street(name="甲街道", base__households=12))
OLD = Path(__file__).with_name("old.xls").read_bytes()
XML = parts(FORMATTED, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
# Where to cut, how much, and what to put there.
CUTS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.binary(max_size=12)), min_size=1, max_size=4
)
WORDS = st.sampled_from([
    "<", ">", "/", '"', "&", "&lt;", "&a;", "<!DOCTYPE a>", "<![CDATA[", "r=", "s=", 't="s"',
    't="n"', 't="inlineStr"', "<v>", "</v>", "<c>", "<row>", "-1", "1e999", "99999999999", "NaN",
    "XFD1048576", "A0", "\0", "😀", "_xD800_", "<f/>", "<rPh>", "</is>",
])  # fmt: skip
TEXT_CUTS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), WORDS | st.text(max_size=5)),
    min_size=1,
    max_size=4,
)


def _opened(data: bytes) -> Book | None:
    book, problems = None, ()
    try:
        book = open_book(data, name="a.xlsx")
    except Problems as refused:
        problems = tuple(refused.problems)
    assert (book is None) == bool(problems)
    assert all(each.code and each.message for each in problems)
    for sheet in book.sheets if book else ():
        assert all(row.cells for row in sheet.rows)
        assert all(cell.place and cell.text is not None for row in sheet.rows for cell in row.cells)
        with suppress(Problems):
            find_table(sheet, {"code": ["编码"], "name": ["名称"]}, required=["code"], file="a")
    return book


def _cut(data: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, instead in cuts:
        at = int(where * len(data))
        data = data[:at] + instead + data[at + length :]
    return data


@settings(max_examples=60, deadline=None)
@given(CUTS)
def test_a_workbook_with_holes_is_read_or_refused(cuts: list[tuple[float, int, bytes]]) -> None:
    data = _cut(GOOD, cuts)

    if _opened(data) is not None:
        assert mark_cells(data, [Mark("社区", "B2", "请核对")])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(XML)), TEXT_CUTS)
def test_a_workbook_whose_parts_were_changed_is_read_or_refused(
    part: str, cuts: list[tuple[float, int, str]]
) -> None:
    text = XML[part]
    for where, length, instead in cuts:
        at = int(where * len(text))
        text = text[:at] + instead + text[at + length :]

    book = _opened(zipped(XML | {part: text.encode("utf-8", "surrogatepass")}))

    assert book is None or book.kind == "xlsx"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    book = _opened(data)

    assert book is None or book.kind == "csv"


@settings(max_examples=4, deadline=None)
@given(CUTS)
def test_an_old_workbook_with_holes_is_read_or_refused(
    cuts: list[tuple[float, int, bytes]],
) -> None:
    book = _opened(_cut(OLD, cuts))

    assert book is None or book.kind in ("xls", "csv")


def test_the_parts_that_are_changed_are_read_when_whole() -> None:
    book = _opened(zipped(XML))

    assert book is not None
    assert book.first.merged == ("A1:B2",)
    with zipfile.ZipFile(io.BytesIO(zipped(XML))) as package:
        assert SHEET in package.namelist()
