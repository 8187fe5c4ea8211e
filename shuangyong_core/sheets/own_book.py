"""Loads a sender's own workbook to write into it, unless that would lose or cost too much."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from shuangyong_core.sheets.book import LIMITS, row_and_column
from shuangyong_core.sheets.packages import Package
from shuangyong_core.sheets.refusing import Unreadable
from shuangyong_core.sheets.workbook_parts import main_part, read_frame
from shuangyong_core.sheets.xml_parts import Attributes, walk

# openpyxl drops pictures and charts: such a workbook stays as it is, its list comes alone.
LOST = ("xl/media/", "xl/charts/", "xl/drawings/drawing", "xl/pivottables/", "xl/slicers/")
MOST_XML = 8 * 1024 * 1024  # openpyxl keeps every cell in memory
MOST_MERGED = 100_000  # and every cell of a merged range, be it as large as the sheet


def load_own_book(data: bytes) -> Any:
    """This function will give the sender's workbook as openpyxl has it, or None."""
    try:
        package = Package(data, limits=LIMITS)
        if any(name.startswith(LOST) for name in package.names) or _costs_too_much(package):
            return None
        return load_workbook(io.BytesIO(data))
    except Unreadable:
        return None
    except Exception:  # openpyxl names no error of its own for what it cannot load
        return None


def _costs_too_much(package: Package) -> bool:
    frame = read_frame(package, main_part(package, limits=LIMITS), limits=LIMITS)
    if package.size_of("xl/worksheets/") > MOST_XML:
        return True
    merged = [0]

    def start(name: str, attributes: Attributes) -> None:
        merged[0] += _cells_in(attributes.get("ref", "")) if name == "mergeCell" else 0

    for _, _, part in frame.sheets:
        pieces = package.chunks(part, most=MOST_XML)
        walk(pieces, start=start, end=lambda name, text: None, elements=LIMITS.elements)
    return merged[0] > MOST_MERGED


def _cells_in(reference: str) -> int:
    first, _, last = reference.partition(":")
    start, stop = row_and_column(first), row_and_column(last or first)
    if start is None or stop is None:
        return MOST_MERGED + 1  # whatever openpyxl makes of it
    return (abs(stop[0] - start[0]) + 1) * (abs(stop[1] - start[1]) + 1)
