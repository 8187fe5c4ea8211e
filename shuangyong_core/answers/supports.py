"""How 配合任务 are answered: what a unit supports, round by round, and what it handed in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from typing_extensions import TypedDict

from shuangyong_core.answers.acts import instant
from shuangyong_core.reports.queries.supports import Support, SupportRound
from shuangyong_core.reports.rules.showing import show_figure
from shuangyong_core.reports.rules.status import STATUS_WORDS


class HandedInAnswer(TypedDict):
    """A file that the unit handed to the lead."""

    sha256: str
    name: str
    note: str
    at: str


class SupportRoundAnswer(TypedDict):
    """One round of the lead in which the target is due."""

    round: str
    title: str
    opens_on: str
    due_date: str
    locks_on: str
    is_open: bool  # files are taken
    status: str  # of the lead's report
    status_name: str
    reported: str | None  # what the lead reported, as people read it
    files: list[HandedInAnswer]


class SupportAnswer(TypedDict):
    """A target that the unit supports; the number is its lead's alone."""

    target: str
    title: str
    lead: str
    lead_name: str
    rounds: list[SupportRoundAnswer]


class SupportList(TypedDict):
    """All that a unit supports."""

    items: list[SupportAnswer]


def supports(found: Iterable[Support], *, today: date) -> SupportList:
    """This function will answer what a unit supports."""
    return {
        "items": [
            {
                "target": one.target.code,
                "title": one.target.title,
                "lead": one.lead.code,
                "lead_name": one.lead.name,
                "rounds": [_round(each, today) for each in one.rounds],
            }
            for one in found
        ]
    }


def _round(one: SupportRound, today: date) -> SupportRoundAnswer:
    standing, item = one.round.standing, one.item
    return {
        "round": standing.round_code,
        "title": standing.round_title,
        "opens_on": standing.opens_on.isoformat(),
        "due_date": standing.due.isoformat(),
        "locks_on": standing.locks_on.isoformat(),
        "is_open": one.is_open(today),
        "status": standing.status.value,
        "status_name": STATUS_WORDS[standing.status],
        "reported": show_figure(item.value, item.required) if item.value else None,
        "files": [
            {
                "sha256": each.file.sha256,
                "name": each.file.name,
                "note": each.note,
                "at": instant(each.at),
            }
            for each in one.files
        ],
    }
