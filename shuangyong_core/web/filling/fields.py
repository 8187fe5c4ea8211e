"""One figure of the form from what is due and what was typed: labels, parts, reasons, facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shuangyong_core.reports.rules.offered import RATIO_LABELS, REASONS
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.web.filling.typed import OTHER
from shuangyong_core.web.pages.form_view import Fact, Field, Kind, Part
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.shown import unit_of

Figure = Mapping[str, Any]


def field_of(
    item: RequiredFigure,
    figure: Figure,
    *,
    category: str = "",
    error: str = "",
    hint: str = "",
    facts: tuple[Fact, ...] = (),
    may_wait: str = "",
) -> Field:
    """This function will make a field that shows everything as it was typed."""
    is_out, why = "not_involved" in figure, str(figure.get("not_involved") or "")
    parts = figure.get("parts")
    typed = parts if isinstance(parts, Mapping) else {}
    kind = _kind(item)
    return Field(
        code=item.code,
        title=item.title,
        kind=kind,
        category=category,
        unit=unit_of(item),
        hint=hint,
        facts=facts,
        value=_value(item, figure),
        numerator=_text(figure.get("numerator")),
        denominator=_text(figure.get("denominator")),
        numerator_label=RATIO_LABELS[0],
        denominator_label=RATIO_LABELS[1],
        parts=_parts(item.count_parts, typed),
        ticks=tuple(Part(name, "1" if typed.get(name) else "") for name in item.tick_parts),
        most_covered=item.most_covered or 0,
        covered=_text(figure.get("covered")) if item.is_on_behalf and kind != "ratio" else None,
        is_not_involved=is_out,
        reasons=_reasons(why),
        other_reason=why if why not in REASONS else "",
        error=error,
        may_wait=may_wait,
    )


def _kind(item: RequiredFigure) -> Kind:
    if item.asks_keys:
        return "distinct"
    kind: Kind = item.kind  # type: ignore[assignment]
    return kind


def _value(item: RequiredFigure, figure: Figure) -> str:
    if item.asks_keys:
        keys = figure.get("keys")
        if keys == []:
            return "0"
        return "\n".join(map(str, keys)) if isinstance(keys, Sequence) else ""
    if item.kind in ("date", "text", "score"):
        return _text(figure.get(item.kind))
    value = figure.get("value")
    return str(int(value)) if isinstance(value, bool) else _text(value)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _parts(names: Sequence[str], typed: Mapping[str, object]) -> tuple[Part, ...]:
    return tuple(Part(name, _text(typed.get(name))) for name in names)


def _reasons(why: str) -> tuple[Choice, ...]:
    is_other = bool(why) and why not in REASONS
    usual = tuple(Choice(reason, reason, reason == why) for reason in REASONS)
    return (*usual, Choice(OTHER, "其他（写一句）", is_other))
