"""A plan's content as rows, in the one shape that a file and what is kept are compared in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shuangyong_core.plans.rules.dates import DatedPlan, Joined
from shuangyong_core.plans.rules.text import GroupText, PlanText, TargetText

Row = dict[str, Any]
HEAD = [
    "code",
    "year",
    "title",
    "basis",
    "approved_by",
    "filing_no",
    "inflation_bp",
    "lead_workdays",
    "review_levels",
    "max_rounds",
    "within_acknowledge",
    "within_decompose",
    "within_review",
    "within_correct",
    "requests_by",
]
ROUND = ["code", "title", "opens_rule", "due_rule", "locks_rule", "done_rule"]
DATES = ["opens_on", "due_date", "locks_on", "done_by", "is_provisional"]
VERSION = [
    "title",
    "category",
    "heading",
    "goal_kind",
    "goal",
    "goal_den",
    "goal_note",
    "split",
    "per",
    "weight",
    "automatic",
    "on_behalf_of",
    "shown_to",
    "supporting",
    "evidence",
    "source",
    "position",
]
REPORTER_DATES = ["done_by", "is_provisional"]
REPORTER = ["who", "goal_kind", "goal", "goal_den", "for_kind", "done_rule"]


@dataclass(frozen=True, slots=True)
class Content:
    """Rows without ids; targets name their indicator, reporters their target and round by code."""

    issuer: int
    head: Row
    rounds: tuple[Row, ...]
    targets: tuple[Row, ...]
    reporters: tuple[Row, ...]

    def is_same_as(self, other: Content) -> bool:
        """This function will compare everything but dates, which follow from the rules kept."""
        return _undated(self) == _undated(other)


def content_of(text: PlanText, dated: DatedPlan, *, issuer: int) -> Content:
    """This function will turn a checked plan into rows."""
    dates = {one.code: one for one in dated.rounds}
    rounds = [
        {name: getattr(one, name) for name in ROUND}
        | {name: getattr(dates[one.code], name) for name in DATES}
        for one in text.rounds
    ]
    targets = [_target(one, position) for position, one in enumerate(text.targets, 1)]
    reporters = [row for target in text.targets for row in _reporters(target, dated)]
    head = {name: getattr(text.head, name) for name in HEAD}
    return Content(issuer, head, tuple(rounds), tuple(targets), tuple(reporters))


def _undated(content: Content) -> tuple[object, ...]:
    def keyed(rows: tuple[Row, ...], *keys: str) -> dict[tuple[str, ...], Row]:
        undated = ("opens_on", "due_date", "locks_on", "done_by", "is_provisional")
        return {
            tuple(row[key] for key in keys): {k: v for k, v in row.items() if k not in undated}
            for row in rows
        }

    return (
        content.issuer,
        content.head,
        keyed(content.rounds, "code"),
        keyed(content.targets, "code"),
        keyed(content.reporters, "target", "who", "round"),
    )


def _target(target: TargetText, position: int) -> Row:
    goal = target.goal
    return {
        "code": target.code,
        "indicator": target.indicator.code,
        "title": target.title,
        "category": target.category,
        "heading": target.heading,
        "goal_kind": goal.kind,
        "goal": goal.goal,
        "goal_den": goal.goal_den,
        "goal_note": goal.note,
        "split": goal.split,
        "per": target.per,
        "weight": target.weight,
        "automatic": target.automatic,
        "on_behalf_of": target.on_behalf_of,
        "shown_to": list(target.shown_to),
        "supporting": list(target.supporting),
        "evidence": dict(target.evidence),
        "source": target.source,
        "position": position,
    }


def _reporters(target: TargetText, dated: DatedPlan) -> Iterator[Row]:
    shares = dict(target.goal.shares)
    for number, group in enumerate(target.groups):
        for one in dated.joined[target.code, number]:
            if shares:
                # Each unit of a manual split is a group of its own, with its own total.
                for code, share in shares.items() if number == 0 else ():
                    yield _reporter(target, group, one, code) | {
                        "goal_kind": "total",
                        "goal": share,
                    }
            else:
                for who in group.who:
                    yield _reporter(target, group, one, who)


def _reporter(target: TargetText, group: GroupText, joined: Joined, who: str) -> Row:
    goal = group.goal
    return {
        "target": target.code,
        "round": joined.round,
        "who": who,
        "goal_kind": goal.kind if goal else None,
        "goal": goal.goal if goal else None,
        "goal_den": goal.goal_den if goal else None,
        "for_kind": group.on_behalf_of or target.on_behalf_of,
        "done_by": joined.done_by,
        "done_rule": joined.done_rule,
        "is_provisional": joined.is_provisional,
    }
