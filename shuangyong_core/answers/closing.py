"""How it is answered why something is not closed: what is open, and who holds it."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import TypedDict

from shuangyong_core.completion.rules.stages import OpenThing


class OpenAnswer(TypedDict):
    """One thing that is open."""

    target: str
    stage: str  # confirm | report | review | correct | split | resume
    unit: str
    unit_name: str
    holder: str
    holder_name: str
    round: str | None
    due_date: str | None
    message: str


class OpenList(TypedDict):
    """All that keeps an assignment, or a unit's year, from being closed; empty: it may be."""

    items: list[OpenAnswer]


def still_open(things: Sequence[OpenThing]) -> OpenList:
    """This function will answer what is open."""
    return {
        "items": [
            {
                "target": thing.target_code,
                "stage": thing.stage.value,
                "unit": thing.unit_code,
                "unit_name": thing.unit_name,
                "holder": thing.holder_code,
                "holder_name": thing.holder_name,
                "round": thing.round_code,
                "due_date": thing.due.isoformat() if thing.due else None,
                "message": thing.sentence,
            }
            for thing in things
        ]
    }
