"""The parts of an .xlsx around its sheets: which sheets, the shared texts, the formats of cells."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field

from shuangyong_core.sheets.book import Limits
from shuangyong_core.sheets.packages import Package
from shuangyong_core.sheets.refusing import Unreadable
from shuangyong_core.sheets.values import kind_of_format, unescape
from shuangyong_core.sheets.xml_parts import Attributes, walk

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "spreadsheetml.sheet.main+xml"
OTHER_KINDS = (
    ("macroenabled", "macro", "启用宏的格式"),
    ("sheet.binary", "not_a_workbook", "这是 xlsb 文件"),
    ("template.main", "not_a_workbook", "这是模板文件（xltx）"),
    ("wordprocessingml.document.main", "not_a_workbook", "这是 Word 文件"),
    ("presentationml", "not_a_workbook", "这是演示文稿"),
)
STATES = ("visible", "hidden", "veryHidden")


@dataclass(slots=True)
class Frame:
    """What the sheets of one workbook share."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)  # title, state, part
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    epoch_1904: bool = False


def main_part(package: Package, *, limits: Limits) -> str:
    """This function will find the workbook part by its declared type; Unreadable if not an xlsx."""
    if CONTENT_TYPES.lower() not in package.names:
        raise Unreadable("not_a_workbook", "这不是工作簿")
    declared: list[tuple[str, str]] = []

    def start(name: str, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "").lower()
        declared.append((kind, attributes.get("PartName", "").lstrip("/")))

    _walk(package, CONTENT_TYPES, start=start, end=_nothing, limits=limits)
    for mark, code, what in OTHER_KINDS:
        if any(mark in kind for kind, _ in declared):
            raise Unreadable(code, what)
    found = [part for kind, part in declared if kind.endswith(MAIN) and part]
    if not found:
        raise Unreadable("not_a_workbook", "这不是工作簿")
    return found[0]


def read_frame(package: Package, main: str, *, limits: Limits) -> Frame:
    """This function will read which sheets there are and what their cells point to."""
    frame, links = Frame(), _relations(package, main, limits=limits)

    def start(name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            frame.epoch_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif name == "sheet":
            link = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            kind, part = links.get(link, ("", ""))
            state = attributes.get("state", "visible")
            if kind.endswith("/worksheet"):
                frame.sheets.append(
                    (
                        attributes.get("name", ""),
                        state if state in STATES else "visible",
                        part,
                    )
                )

    _walk(package, main, start=start, end=_nothing, limits=limits)
    for kind, part in links.values():
        if kind.endswith("/sharedStrings") and part.lower() in package.names:
            frame.texts = _shared_texts(package, part, limits=limits)
        elif kind.endswith("/styles") and part.lower() in package.names:
            frame.formats = _formats(package, part, limits=limits)
    return frame


def _relations(package: Package, main: str, *, limits: Limits) -> dict[str, tuple[str, str]]:
    folder, file = posixpath.split(main)
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", ""), part)

    _walk(package, f"{folder}/_rels/{file}.rels", start=start, end=_nothing, limits=limits)
    return found


def _shared_texts(package: Package, part: str, *, limits: Limits) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    silent = [0]

    def start(name: str, attributes: Attributes) -> None:
        silent[0] += name == "rPh"

    def end(name: str, text: str) -> None:
        if name == "rPh":
            silent[0] -= 1
        elif name == "t" and not silent[0]:
            pieces.append(text)
        elif name == "si":
            texts.append(unescape("".join(pieces)))
            pieces.clear()

    _walk(package, part, start=start, end=end, limits=limits)
    return texts


def _formats(package: Package, part: str, *, limits: Limits) -> list[str]:
    codes: dict[int, str] = {}
    kinds: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        inside.append(name)
        if name == "numFmt" and "numFmts" in inside:
            codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            number = whole(attributes.get("numFmtId"))
            kinds.append(kind_of_format(number, codes.get(number)))

    def end(name: str, text: str) -> None:
        inside.pop()

    _walk(package, part, start=start, end=end, limits=limits)
    return kinds


def whole(text: str | None) -> int:
    """This function will read a small whole number of the file's own making; 0 if it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _nothing(name: str, text: str) -> None:
    pass


def _walk(
    package: Package,
    part: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str, str], None],
    limits: Limits,
) -> None:
    pieces = package.chunks(part, most=limits.other_xml)
    walk(pieces, start=start, end=end, elements=limits.elements)
