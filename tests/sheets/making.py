"""Workbooks for the tests: harmless ones, and by hand the ones no program would write."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
)
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
NAMES = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET = "xl/worksheets/sheet1.xml"
# Every way a cell may be stored, in one row.
FORMATTED = (
    '<row r="1"><c r="A1"><v>20.0</v></c><c r="B1"><v>1.1000000000000001</v></c>'
    '<c r="C1"><v>0.30000000000000004</v></c><c r="D1"><v>3.0E+5</v></c><c r="E1"><v>NaN</v></c>'
    '<c r="F1" t="b"><v>1</v></c><c r="G1" t="inlineStr"><is><r><t>临</t></r><r><t>江</t></r>'
    '<rPh sb="0" eb="1"><t>lin</t></rPh></is></c><c r="H1" t="str"><f>A1&amp;""</f><v>20</v></c>'
    '<c r="I1"><f>A1</f></c><c r="J1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    '<c r="K1" t="inlineStr"><is><t>甲_x000D_乙</t></is></c></row>'
)


def written(rows: list[list[Any]], *, title: str = "社区") -> bytes:
    """This function will give a workbook as openpyxl writes it."""
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """This function will give the bytes of an openpyxl workbook."""
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def parts(inside: str = "", *, after: str = "", kind: str = MAIN) -> dict[str, str]:
    """This function will give the parts of the smallest workbook, its rows as XML."""
    sheets = '<sheets><sheet name="社区" sheetId="1" r:id="rId1"/></sheets>'
    return {
        "[Content_Types].xml": TYPES.format(kind=kind),
        "xl/workbook.xml": f"<workbook {NAMES}>{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": RELATIONS,
        SHEET: f"<worksheet {NAMES}><sheetData>{inside}</sheetData>{after}</worksheet>",
    }


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """This function will pack parts into a zip."""
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return page.getvalue()


def with_lying_size(data: bytes, name: str, *, says: int) -> bytes:
    """This function will write another unpacked size for one part into the zip's directory."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        start, entry = package.start_dir, package.getinfo(name)
    place = data.index(entry.filename.encode(), start) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    changed = bytearray(data)
    struct.pack_into("<L", changed, place + 24, says)
    struct.pack_into("<L", changed, entry.header_offset + 22, says)
    return bytes(changed)


def with_shared_bytes(files: Mapping[str, str | bytes]) -> bytes:
    """This function will pack parts, and one more part that lies inside another's bytes."""
    inner = _stored({"inner.bin": b"0" * 500})
    with zipfile.ZipFile(io.BytesIO(inner)) as package:
        record, entry = inner[: package.start_dir], bytearray(inner[package.start_dir : -22])
    outer = _stored({**files, "outer.bin": record})
    with zipfile.ZipFile(io.BytesIO(outer)) as package:
        start, count = package.start_dir, len(package.infolist()) + 1
    struct.pack_into("<L", entry, 42, outer.index(record))
    directory = outer[start:-22] + bytes(entry)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), start, 0)
    return outer[:start] + directory + end


def _stored(files: Mapping[str, str | bytes]) -> bytes:
    page = io.BytesIO()
    with zipfile.ZipFile(page, "w", zipfile.ZIP_STORED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return page.getvalue()


def ole2(*streams: str) -> bytes:
    """This function will give a stub of an OLE2 file that names its streams."""
    names = b"".join(name.encode("utf-16-le") + b"\0\0" for name in streams)
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 504 + names + b"\0" * 512
