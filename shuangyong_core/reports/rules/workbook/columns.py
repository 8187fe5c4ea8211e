"""The columns a figure takes in a workbook: shared by the writer and the reader."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from shuangyong_core.reports.rules.offered import NO, NOT_INVOLVED, RATIO_LABELS, REASONS, YES
from shuangyong_core.reports.rules.required import RequiredFigure

LAYOUT = 1  # moves when an older workbook can no longer be read
UNIT_KEY, NAME_KEY, STATE_KEY, NOTE_KEY = "#unit", "#name", "#state", "#note"
CHOICES = tuple(f"{NOT_INVOLVED}：{reason}" for reason in REASONS)


@dataclass(frozen=True, slots=True)
class Column:
    """One input column: its key is what the hidden row holds, whatever becomes of the header."""

    code: str
    field: str  # value numerator denominator keys date text score covered | part:… | tick:…
    label: str
    choices: tuple[str, ...] = ()
    is_first: bool = False  # where 不涉及 goes

    @property
    def key(self) -> str:
        """The lasting name of the column in the file."""
        return f"{self.code}.{self.field}"

    @property
    def part(self) -> str:
        """The name of the part or box, or nothing."""
        return self.field.partition(":")[2]


@lru_cache(maxsize=1024)  # asked for every cell of a workbook
def columns_of(item: RequiredFigure) -> tuple[Column, ...]:
    """This function will give the input columns of a figure; the first one takes 不涉及 too."""
    fields = _fields(item)
    if item.is_on_behalf:
        fields.append(("covered", "涉及家数"))
    ticks = (YES, NO) if item.kind == "yes_no" else ()
    return tuple(
        Column(
            item.code,
            field,
            label,
            choices=(() if field == "covered" else ticks) + (CHOICES if number == 0 else ()),
            is_first=number == 0,
        )
        for number, (field, label) in enumerate(fields)
    )


def _fields(item: RequiredFigure) -> list[tuple[str, str]]:
    if item.asks_keys:
        return [("keys", "逐个写代称，用顿号隔开")]
    if item.kind == "ratio":
        return list(zip(("numerator", "denominator"), RATIO_LABELS, strict=True))
    if item.kind == "yes_no":
        ticks = [(f"tick:{name}", name) for name in item.tick_parts]
        return ticks or [("value", "是或否")]
    if item.kind in ("date", "text", "score"):
        label = {"date": "日期", "text": "文字", "score": "得分"}[item.kind]
        return [(item.kind, label)]
    total = [("value", f"数（{item.display_unit}）" if item.display_unit else "数")]
    return total + [(f"part:{name}", f"其中：{name}") for name in item.count_parts]


def header_of(item: RequiredFigure) -> str:
    """This function will give what stands over the columns of a figure."""
    return f"{item.code} {item.title}"
