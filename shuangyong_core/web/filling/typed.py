"""What was typed into the form as the body of a report, and a body back as typed; nothing lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import FormData

from shuangyong_core.reports.rules.required import RequiredFigure

OTHER = "other"
PLACE = "纸质材料存放："  # the last line of a note: where the paper lies counts like an upload
Figure = Mapping[str, Any]


def body_of(form: FormData, items: Iterable[RequiredFigure]) -> dict[str, Any]:
    """This function will give the body that a posted form stands for, every figure as typed."""
    figures = {item.code: _figure(_texts(form, item.code), item) for item in items}
    note, place = _text(form.get("note")), _text(form.get("paper_place")).strip()
    return {
        "figures": {code: figure for code, figure in figures.items() if figure is not None},
        "note": f"{note}\n{PLACE}{place}".lstrip("\n") if place else note,
    }


def split_note(note: str) -> tuple[str, str]:
    """This function will part a note from the place of the paper originals in its last line."""
    rest, found, place = note.rpartition(PLACE)
    if not found or "\n" in place:
        return note, ""
    return rest.rstrip("\n"), place


def _texts(form: FormData, code: str) -> dict[str, str]:
    start = f"{code}."
    return {
        name.removeprefix(start): _text(value)
        for name, value in form.items()
        if name.startswith(start)
    }


def _text(value: object) -> str:
    # A browser sends line breaks as CR LF; a file where a text belongs is no text.
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _figure(texts: Mapping[str, str], item: RequiredFigure) -> dict[str, Any] | None:
    if texts.get("ni"):
        reason = texts.get("reason", "")
        return {"not_involved": texts.get("other", "") if reason == OTHER else reason}
    parts = {
        name.removeprefix("part."): value
        for name, value in texts.items()
        if name.startswith("part.") and value.strip()
    }
    figure = _answer(texts, item, parts)
    if figure is not None and texts.get("covered", "").strip():
        figure["covered"] = texts["covered"]
    return figure


def _answer(
    texts: Mapping[str, str], item: RequiredFigure, parts: Mapping[str, str]
) -> dict[str, Any] | None:
    if item.asks_keys:
        return _keys(texts.get("keys", ""))
    if item.kind == "ratio":
        both = {name: texts.get(name, "") for name in ("numerator", "denominator")}
        return {name: value or None for name, value in both.items()} if any(both.values()) else None
    if item.kind == "yes_no":
        return _yes_no(texts, item, parts)
    if item.kind in ("date", "text", "score"):
        value = texts.get("value", "") or texts.get("text", "")
        return {item.kind: value} if value.strip() else None
    value = texts.get("value", "")
    figure: dict[str, Any] = {"value": value} if value.strip() else {}
    if parts:
        figure["parts"] = dict(parts)
    return figure or None


def _keys(typed: str) -> dict[str, Any] | None:
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if not lines:
        return None
    return {"keys": [] if lines == ["0"] else lines}


def _yes_no(
    texts: Mapping[str, str], item: RequiredFigure, parts: Mapping[str, str]
) -> dict[str, Any] | None:
    if not item.tick_parts:
        said = {"1": True, "0": False}.get(texts.get("value", ""))
        return None if said is None else {"value": said}
    # No box ticked reads as not filled in: an empty form must not pass for an answer.
    return {"parts": {name: name in parts for name in item.tick_parts}} if parts else None
