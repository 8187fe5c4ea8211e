"""How a report's standing looks, on pages and on paper: its light and its word."""

from __future__ import annotations

from datetime import date
from typing import Literal

from shuangyong_core.reports.rules.status import Status
from shuangyong_core.words import words

Light = Literal["ok", "warn", "late", "na", "ni", "rev"]  # ● ▲ ■ — ⊘ ◇
LIGHTS: dict[Status, Light] = {
    Status.SUBMITTED: "na",
    Status.CHECKED: "na",
    Status.RETURNED: "warn",
    Status.ACCEPTED: "ok",
    Status.REOPENED: "rev",
}
# On paper a light is a character; with its word it is read in black and white too.
SHAPES: dict[Light, str] = {
    "ok": "●",
    "warn": "▲",
    "late": "■",
    "na": "—",
    "ni": "⊘",
    "rev": "◇",
}


def look_of(
    status: Status, *, opens_on: date, due: date, was_sent: bool, today: date
) -> tuple[Light, str]:
    """This function will give the light and the word of a report."""
    if status is not Status.DRAFT:
        return LIGHTS[status], str(words()["hand"][status.value])
    if today < opens_on:
        return "na", str(words()["light"]["na"])
    return late_light(due, today), "已撤回" if was_sent else str(words()["hand"]["unreported"])


def late_light(due: date, today: date) -> Light:
    """This function will give the light of something not yet done."""
    if today > due:
        return "late"
    return "warn" if today == due else "na"
