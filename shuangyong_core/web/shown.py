"""What stands beside a figure: its unit, why it is not involved, its parts and aliases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shuangyong_core.guard.corrections import ADDED_UP, say_kinds
from shuangyong_core.reports.queries.files import AttachedFile
from shuangyong_core.reports.queries.supports import SupportedFile
from shuangyong_core.reports.rules.required import FigureState, FigureValue, RequiredFigure
from shuangyong_core.web.pages.shell import Attached, Notice
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.values import grouped

# Here the display unit says what kind of value it is, not what is counted.
UNITLESS = ("ratio", "date", "yes_no", "text")


def unit_of(item: RequiredFigure) -> str:
    """This function will give the unit to show after a number."""
    return "" if item.kind in UNITLESS else item.display_unit


def remark_of(value: FigureValue | None, item: RequiredFigure) -> str:
    """This function will write why, the parts, the aliases, 涉及 n 家."""
    if value is None:
        return ""
    if value.state is FigureState.NOT_INVOLVED:
        return value.text or ""
    said = [_part(name, number, item) for name, number in value.parts]
    if value.keys:
        said.append("、".join(value.keys))
    if value.covered is not None:
        said.append(f"涉及 {value.covered} 家")
    return "，".join(said)


def _part(name: str, number: int, item: RequiredFigure) -> str:
    if item.tick_parts:
        return f"{name}：{'已办' if number else '还没办'}"
    return f"{name} {grouped(number, item.decimals)}"


def attached(file: AttachedFile, *, may_drop: bool = False) -> Attached:
    """This function will show a file with its size or the date it was taken."""
    size = file.size / 1024
    told = f"{size / 1024:.1f} MB" if size >= 1024 else f"{max(size, 1):.0f} KB"
    if file.taken_date is not None:
        told = f"拍摄于 {monthday(file.taken_date)}，{told}"
    return Attached(file.name, told, f"/files/{file.sha256}", file.sha256 if may_drop else "")


def handed(file: SupportedFile) -> Attached:
    """This function will show what a supporting unit handed in, and by whom."""
    shown = attached(file.file)
    said = f"{file.unit}交来" + (f"：{file.note}" if file.note else "")
    return Attached(shown.name, f"{said}（{shown.detail}）", shown.href)


def corrections(notes: Iterable[str], titles: Mapping[str, str]) -> tuple[Notice, ...]:
    """This function will say what was mended by itself, by the items' titles, not their codes."""
    mended = [note for note in notes if ADDED_UP not in note]
    how_many, kinds = say_kinds(mended)
    if not mended:
        return ()
    said = "；".join(_titled(note, titles) for note in mended)
    return (Notice(f"{kinds}。{said}", how_many, "b"),)


def _titled(note: str, titles: Mapping[str, str]) -> str:
    code, mark, rest = note.partition("：")
    return f"{titles[code]}{mark}{rest}" if code in titles else note
