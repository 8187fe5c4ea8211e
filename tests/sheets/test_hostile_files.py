"""Files made to harm, or broken on the way: each is refused in its own sentence, at once."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from shuangyong_core.errors import Problems
from shuangyong_core.sheets import LIMITS, Limits, open_book
from tests.sheets.making import (
    MAIN,
    SHEET,
    ole2,
    parts,
    with_lying_size,
    with_shared_bytes,
    written,
    zipped,
)

SMALL = Limits(upload=200_000, unpacked=600_000, entries=20, sheet_xml=300_000, other_xml=200_000,
               elements=20_000)  # fmt: skip
ENTITIES = '<!DOCTYPE a [<!ENTITY b "c">]>'
ROW = '<row r="{row}"><c r="A{row}"><v>1</v></c></row>'


def _codes(data: bytes, *, limits: Limits = SMALL) -> list[str]:
    started = time.process_time()
    with pytest.raises(Problems) as refused:
        open_book(data, name="坏的.xlsx", limits=limits)
    assert time.process_time() - started < 5
    assert all(problem.file == "坏的.xlsx" for problem in refused.value.problems)
    return [problem.code for problem in refused.value.problems]


def _sheet(xml: str) -> bytes:
    return zipped(parts() | {SHEET: xml})


def _rows(count: int) -> str:
    return "".join(ROW.format(row=row) for row in range(1, count + 1))


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "an empty zip": (lambda: zipped({}), "not_a_workbook"),
    "a zip of something else": (lambda: zipped({"a.txt": "a"}), "not_a_workbook"),
    "a zip cut off": (lambda: written([["户数"]])[:-200], "broken_file"),
    "a zip with a hole": (lambda: _hole(zipped(parts(_rows(50)))), "broken_file"),
    "a bomb of one sheet": (lambda: _sheet(" " * 400_000), "file_too_complex"),
    "a bomb of many": (lambda: zipped(parts() | {f"a{n}": "0" * 150_000 for n in range(5)}),
                       "file_too_complex"),
    "too many entries": (lambda: zipped(parts() | {f"a{n}": "" for n in range(30)}),
                         "file_too_complex"),
    "a size that lies": (lambda: with_lying_size(_sheet(" " * 400_000), SHEET, says=10),
                         "broken_file"),
    "entries that share bytes": (lambda: with_shared_bytes(parts()), "broken_file"),
    "entities": (lambda: _sheet(ENTITIES + "<worksheet>&b;</worksheet>"), "broken_file"),
    "entities in the workbook": (
        lambda: zipped(parts() | {"xl/workbook.xml": ENTITIES + "<workbook/>"}), "broken_file"),
    "an XML never closed": (lambda: _sheet("<worksheet><sheetData>"), "broken_file"),
    "deep nesting": (lambda: _sheet("<a>" * 2000), "file_too_complex"),
    "too many elements": (lambda: _sheet("<a>" + "<b/>" * 30_000 + "</a>"), "file_too_complex"),
    "a row twice": (lambda: _sheet(f"<a>{ROW.format(row=2)}{ROW.format(row=2)}</a>"),
                    "broken_file"),
    "a text that is not there": (
        lambda: zipped(parts('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')), "broken_file"),
    "ranges over each other": (
        lambda: zipped(parts(after='<mergeCell ref="A1:XFD1048576"/>' * 2)), "file_too_complex"),
    "macros": (lambda: zipped(parts() | {"xl/vbaProject.bin": b"x"}), "macro"),
    "a workbook that says macros": (
        lambda: zipped(parts(kind="application/vnd.ms-excel.sheet.macroEnabled.main+xml")),
        "macro"),
    "a template": (lambda: zipped(parts(kind=MAIN.replace("sheet.main", "template.main"))),
                   "not_a_workbook"),
    "links": (lambda: zipped(parts() | {"xl/externalLinks/externalLink1.xml": "<a/>"}),
              "external_link"),
    "embedded files": (lambda: zipped(parts() | {"xl/embeddings/a.docx": b"x"}), "embedded"),
    "a control": (lambda: zipped(parts() | {"xl/activeX/activeX1.xml": b"x"}), "embedded"),
    "a password": (lambda: ole2("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    "an old file with macros": (lambda: ole2("Workbook", "_VBA_PROJECT_CUR"), "macro"),
    "an old Word file": (lambda: ole2("WordDocument"), "not_a_workbook"),
    "an old file cut off": (lambda: ole2("Workbook"), "broken_file"),
    "a web page": (lambda: "\ufeff <html><table><tr><td>1".encode(), "not_a_workbook"),
    "a PDF": (lambda: b"%PDF-1.7\n", "not_a_workbook"),
    "bytes of any kind": (lambda: bytes(range(32)) * 40, "not_a_workbook"),
    
    "too large": (lambda: b"1,2\n" * 60_000, "file_too_large"),
}  # fmt: skip


def _hole(data: bytes) -> bytes:
    begin = data.index(SHEET.encode()) + len(SHEET) + 20
    return data[:begin] + b"\0" * 40 + data[begin + 40 :]


@pytest.mark.parametrize(("make", "code"), FILES.values(), ids=FILES)
def test_a_file_made_to_harm_is_refused_in_its_own_words(
    make: Callable[[], bytes], code: str
) -> None:
    assert _codes(make()) == [code]


def test_all_that_is_wrong_with_a_file_is_said_at_once() -> None:
    files = parts() | {"xl/vbaProject.bin": b"x", "xl/externalLinks/a.xml": b"x"}

    assert _codes(zipped(files)) == ["macro", "external_link"]


def test_a_far_cell_costs_nothing_and_is_named() -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    with pytest.raises(Problems) as refused:
        open_book(zipped(parts(_rows(3) + far)), name="远.xlsx")

    assert refused.value.problems[0].code == "too_many_rows"
    assert "社区!XFD1048576" in refused.value.problems[0].message


def test_far_cells_without_content_do_no_harm() -> None:
    styled = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'

    book = open_book(zipped(parts(_rows(3) + styled)), name="空.xlsx")

    assert [row.number for row in book.first.rows] == [1, 2, 3]


def test_more_rows_than_fit_are_refused() -> None:
    assert _codes(zipped(parts(_rows(LIMITS.rows + 2))), limits=LIMITS) == ["too_many_rows"]


def test_the_kind_is_known_by_content_never_by_name() -> None:
    assert open_book("户数\n12\n".encode(), name="导出.xlsx").kind == "csv"
    assert open_book(written([["户数"], [12]]), name="导出.csv").kind == "xlsx"
