"""What an amendment changes of a plan's content: two contents side by side, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Row = Mapping[str, Any]
ADD, CHANGE, DROP = "add", "change", "drop"  # 增 改 免
ROUND_FIELDS = ("title", "opens_rule", "due_rule", "locks_rule", "done_rule")
ROUND_DATES = ("opens_on", "due_date", "locks_on", "done_by", "is_provisional")
REPORTER_GOAL = ("goal_kind", "goal", "goal_den")
REPORTER_FIELDS = (*REPORTER_GOAL, "for_kind", "done_rule")
# Where a target stands on a form is no content: one that comes in between moves nobody.
NOT_CONTENT = ("code", "position")
BY_QUOTA = ("total", "each")


class Sides(Protocol):
    """A plan's content as rows, read or kept."""

    @property
    def head(self) -> Row: ...
    @property
    def rounds(self) -> Sequence[Row]: ...
    @property
    def targets(self) -> Sequence[Row]: ...
    @property
    def reporters(self) -> Sequence[Row]: ...


@dataclass(frozen=True, slots=True)
class RoundDiff:
    """A round that comes, changes or goes; `was` and `becomes` are its rows."""

    code: str
    sign: str
    was: Row | None
    becomes: Row | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetDiff:
    """A target that comes, changes or goes, with who reports it before and after."""

    code: str
    sign: str
    was: Row | None
    becomes: Row | None
    fields: tuple[str, ...]
    reporters_were: tuple[Row, ...]
    reporters: tuple[Row, ...]

    @property
    def content(self) -> Row:
        """The row that names it: as it becomes, or as it was."""
        return self.becomes or self.was or {}

    @property
    def joins(self) -> set[tuple[str, str]]:
        """Who reports it in which round from now on, and did not."""
        return _places(self.reporters) - _places(self.reporters_were)

    @property
    def leaves(self) -> set[tuple[str, str]]:
        """Who reported it in which round, and does no longer."""
        return _places(self.reporters_were) - _places(self.reporters)

    @property
    def has_other_goals(self) -> bool:
        """Whether a goal of a group, or what kind of goal it is, changed."""
        each = "each" in (self.content.get("goal_kind"), (self.was or {}).get("goal_kind"))
        by_hand = self.content.get("split") == "manual"
        return (
            "goal_kind" in self.fields
            or ("goal" in self.fields and each)
            or _by_place(self.reporters, REPORTER_GOAL, self.reporters_were)
            or (by_hand and bool(self.joins | self.leaves))
        )

    @property
    def is_recast(self) -> bool:
        """Whether it goes down the tree again: a title or a weight moves nobody's quota."""
        measured = self.content.get("goal_kind") in BY_QUOTA and "goal" in self.fields
        return (
            self.sign != CHANGE
            or measured
            or self.has_other_goals
            or bool({"split", "automatic"} & set(self.fields))
            or bool(self.joins | self.leaves)
        )


@dataclass(frozen=True, slots=True)
class PlanDiff:
    """All that an amendment changes."""

    head: Mapping[str, tuple[Any, Any]]
    rounds: tuple[RoundDiff, ...]
    targets: tuple[TargetDiff, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing at all."""
        return not (self.head or self.rounds or self.targets)

    def targets_of(self, *signs: str) -> list[TargetDiff]:
        """This function will give the targets of some signs."""
        return [one for one in self.targets if one.sign in signs]


def compare(was: Sides, becomes: Sides) -> PlanDiff:
    """This function will lay two contents side by side; dates follow from the rules kept."""
    head = {
        name: (was.head[name], value)
        for name, value in becomes.head.items()
        if was.head[name] != value
    }
    return PlanDiff(head, tuple(_rounds(was, becomes)), tuple(_targets(was, becomes)))


def _rounds(was: Sides, becomes: Sides) -> list[RoundDiff]:
    before, after = _by_code(was.rounds), _by_code(becomes.rounds)
    found = []
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        fields = _differing(old, new, ROUND_FIELDS)
        if old is None or new is None or fields:
            found.append(RoundDiff(code, _sign(old, new), old, new, fields))
    return found


def _targets(was: Sides, becomes: Sides) -> list[TargetDiff]:
    before, after = _by_code(was.targets), _by_code(becomes.targets)
    of_before, of_after = _of_targets(was.reporters), _of_targets(becomes.reporters)
    found = []
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        names = tuple(name for name in (new or old or {}) if name not in NOT_CONTENT)
        diff = TargetDiff(
            code,
            _sign(old, new),
            old,
            new,
            _differing(old, new, names),
            of_before.get(code, ()),
            of_after.get(code, ()) if new is not None else (),
        )
        if diff.sign != CHANGE or diff.fields or _differ(diff):
            found.append(diff)
    return found


def _differ(diff: TargetDiff) -> bool:
    changed = _by_place(diff.reporters, REPORTER_FIELDS, diff.reporters_were)
    return changed or bool(diff.joins | diff.leaves)


def _by_place(rows: Sequence[Row], names: Sequence[str], others: Sequence[Row]) -> bool:
    """Whether anything named differs at a place that both have."""
    values = {(one["who"], one["round"]): [one[name] for name in names] for one in others}
    return any(
        values.get((one["who"], one["round"]), now) != now
        for one in rows
        for now in [[one[name] for name in names]]
    )


def _places(rows: Sequence[Row]) -> set[tuple[str, str]]:
    return {(row["who"], row["round"]) for row in rows}


def _by_code(rows: Sequence[Row]) -> dict[str, Row]:
    return {row["code"]: row for row in rows}


def _of_targets(rows: Sequence[Row]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for row in rows:
        found[row["target"]] = (*found.get(row["target"], ()), row)
    return found


def _differing(old: Row | None, new: Row | None, names: Sequence[str]) -> tuple[str, ...]:
    if old is None or new is None:
        return ()
    return tuple(name for name in names if old[name] != new[name])


def _sign(old: Row | None, new: Row | None) -> str:
    return ADD if old is None else DROP if new is None else CHANGE
