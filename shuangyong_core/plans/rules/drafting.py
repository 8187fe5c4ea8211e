"""Changes of a plan's body as a page makes them: head, rounds, which targets, what each asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from shuangyong_core.plans.rules.words import GOAL_KINDS

Body = dict[str, Any]
NUMBERED = ("total", "each", "ratio")  # goals that are a number
EVERY = "all"


@dataclass(frozen=True, slots=True)
class GroupPick:
    """What was typed for one group of a target; None: it was not asked."""

    goal: str | None = None
    rounds: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pick:
    """One target as the page shows it: ticked or not, and its groups by number."""

    is_on: bool
    groups: Mapping[int, GroupPick] = field(default_factory=dict)


def as_text(value: Any) -> Any:
    """This function will make every scalar of a body the text a file would have; blanks go."""
    if isinstance(value, Mapping):
        found = {str(key): as_text(each) for key, each in value.items()}
        return {key: each for key, each in found.items() if each not in ("", None, [], {})}
    if isinstance(value, list | tuple):
        return [as_text(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def groups_of(target: Mapping[str, Any]) -> list[Body]:
    """This function will give the parts of a target that hold who, rounds and goal."""
    reported = target.get("reported_by")
    if isinstance(reported, list) and reported and isinstance(reported[0], dict):
        return reported
    return [target]  # type: ignore[list-item]


def who_of(target: Mapping[str, Any], group: Mapping[str, Any]) -> list[str]:
    """This function will give the kinds and codes of a group, of one that is counted too."""
    if "automatic" in target:
        return _listed(target["automatic"].get("who"))
    return _listed(group.get("reported_by") if group is target else group.get("who"))


def rounds_of(
    target: Mapping[str, Any], group: Mapping[str, Any], codes: Sequence[str]
) -> list[str]:
    """This function will give the rounds of a group by code; `all` is every one."""
    named = _listed(group.get("rounds") or target.get("rounds"))
    return list(codes) if named == [EVERY] else named


def goal_of(target: Mapping[str, Any], group: Mapping[str, Any]) -> tuple[str, Body]:
    """This function will give the kind of a group's goal and the goal it lies in."""
    goal = group.get("goal") or target.get("goal") or {}
    return next((kind for kind in GOAL_KINDS if kind in goal), ""), goal


def number_of(kind: str, goal: Mapping[str, Any]) -> str:
    """This function will give a goal's number as it is typed; a ratio in percent."""
    text = str(goal.get(kind, ""))
    if kind != "ratio" or text.endswith(("%", "％")):
        return text.rstrip("%％")
    try:
        return f"{float(text) * 100:g}"
    except ValueError:
        return text


def with_head(body: Mapping[str, Any], fields: Mapping[str, str]) -> Body:
    """This function will put fields of the head; what is blank is left out."""
    changed = deepcopy(dict(body))
    head = {**changed.get("plan", {}), **fields}
    changed["plan"] = {key: value for key, value in head.items() if value not in ("", {})}
    return changed


def with_rounds(body: Mapping[str, Any], rounds: Iterable[Mapping[str, str]]) -> Body:
    """This function will put the rounds; a round that is gone goes from every target too."""
    changed = deepcopy(dict(body))
    changed["rounds"] = [as_text(one) for one in rounds]
    gone = {one.get("code") for one in body.get("rounds", ())}
    gone -= {one.get("code") for one in changed["rounds"]}
    for target in changed.get("targets", ()):
        for part in (target, *groups_of(target)):
            if set(_listed(part.get("rounds"))) & gone:
                part["rounds"] = [code for code in _listed(part["rounds"]) if code not in gone]
    return changed


def with_targets(
    body: Mapping[str, Any], picks: Mapping[str, Pick], *, fresh: Mapping[str, Body]
) -> Body:
    """This function will tick, untick and set targets; `fresh` are those to be ticked, by code."""
    changed = deepcopy(dict(body))
    codes = [str(one.get("code")) for one in changed.get("rounds", ())]
    kept = []
    for target in changed.get("targets", ()):
        pick = picks.get(str(target["code"]))
        if pick is None or pick.is_on:
            kept.append(target)
            _set_groups(target, pick.groups if pick else {}, codes)
    there = {target["code"] for target in kept}
    kept += [as_text(fresh[code]) for code in picks if code in fresh and code not in there]
    # New ones stand after the others of their heading; the order of the rest is the office's.
    changed["targets"] = sorted(kept, key=lambda one: str(one.get("heading", "")))
    return changed


def with_target(
    body: Mapping[str, Any], code: str, target: Body, indicators: Iterable[Mapping[str, Any]]
) -> Body:
    """This function will put one target in place of the one of this code, or add it."""
    changed = deepcopy(dict(body))
    targets = changed.setdefault("targets", [])
    at = next((no for no, one in enumerate(targets) if one["code"] == code), len(targets))
    targets[at : at + 1] = [as_text(target)]
    targets.sort(key=lambda one: str(one.get("heading", "")))
    return with_indicators(changed, indicators)


def with_indicators(body: Body, indicators: Iterable[Mapping[str, Any]]) -> Body:
    """This function will add the indicators targets name, and drop those that none names."""
    named = {target.get("indicator") for target in body.get("targets", ())}
    listed = {one["code"]: one for one in map(as_text, indicators)}
    listed = {one["code"]: one for one in body.get("indicators", ())} | {
        code: one for code, one in listed.items() if code in named
    }
    body["indicators"] = [one for code, one in listed.items() if code in named]
    return body


def _set_groups(target: Body, picks: Mapping[int, GroupPick], codes: Sequence[str]) -> None:
    for number, group in enumerate(groups_of(target)):
        pick = picks.get(number, GroupPick())
        kind, goal = goal_of(target, group)
        if pick.goal is not None and kind in NUMBERED and pick.goal != number_of(kind, goal):
            goal[kind] = f"{pick.goal}%" if kind == "ratio" else pick.goal
        if pick.rounds is not None and list(pick.rounds) != rounds_of(target, group, codes):
            group["rounds"] = list(pick.rounds)


def _listed(value: object) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
