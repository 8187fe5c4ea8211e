"""A target of a body as the rows of its sheet: one, or a first one and one for each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shuangyong_core.plans.catalogue import CatalogueEntry, heading_word
from shuangyong_core.plans.rules.words import GOAL_KINDS, HEADINGS, UNIT_KINDS
from shuangyong_core.plans.workbook.words import (
    AUTOMATIC,
    GOALS,
    PERS,
    TICK,
    split_word,
    who_words,
    word_of,
)

Body = Mapping[str, Any]
Row = dict[str, str]


def target_rows(
    target: Body, *, ticked: bool, rounds: Sequence[str], about: CatalogueEntry | None
) -> list[Row]:
    """This function will write a target; rounds is every round of the plan."""
    row = _fields(target) | {"ticked": TICK if ticked else ""}
    if about is not None:
        row |= {"materials": about.materials, "note": about.note}
    automatic = target.get("automatic")
    groups = [one for one in target.get("reported_by", ()) if isinstance(one, Mapping)]
    if automatic:
        row |= {"automatic": word_of(AUTOMATIC, automatic["rule"])}
        row |= {"who": who_words(automatic["who"])} | _dates(target, rounds)
    elif not groups:
        row |= {"who": who_words(_listed(target.get("reported_by")))} | _dates(target, rounds)
    below = [_group(one, target, rounds) for one in groups]
    return [row, *below]


def _fields(target: Body) -> Row:
    evidence = target.get("evidence") or {}
    heading = str(target.get("heading", ""))
    in_list = heading.isdecimal() and 1 <= int(heading) <= len(HEADINGS)
    named = ("code", "category", "title", "indicator", "weight", "source")
    row = {key: str(target.get(key, "")) for key in named}
    row |= {
        "heading": heading_word(int(heading)) if in_list else heading,
        "on_behalf_of": _kind(target.get("on_behalf_of")),
        "per": word_of(PERS, target["per"]) if target.get("per") else "",
        "shown_to": who_words(_listed(target.get("shown_to"))),
        "supporting": who_words(_listed(target.get("supporting"))),
        "photos": str(evidence.get("photos", "")),
    }
    row |= {key: _ticked(evidence.get(key)) for key in ("required", "place")}
    return row | _goal(target.get("goal"))


def _group(group: Body, target: Body, rounds: Sequence[str]) -> Row:
    row: Row = {"code": str(target.get("code", "")), "who": who_words(_listed(group.get("who")))}
    row |= {"on_behalf_of": _kind(group.get("on_behalf_of"))}
    # A group's own rounds stand before the target's, as in the yaml.
    dated = group if group.get("rounds") or group.get("done_by") else target
    done_by = group if group.get("done_by") else target
    return (
        row
        | _goal(group.get("goal"))
        | _dates({**dated, "done_by": done_by.get("done_by")}, rounds)
    )


def _goal(goal: Body | None) -> Row:
    if not goal:
        return {}
    kind = next((one for one in GOAL_KINDS if one in goal), "none")
    row = {"goal_kind": GOALS[kind], "goal_note": str(goal.get("note", ""))}
    if kind not in ("done", "none"):
        row |= {"goal": str(goal[kind])}
    if kind == "total":
        row |= {"split": split_word(str(goal.get("split", "equal")))}
    if goal.get("per"):
        row |= {"per": word_of(PERS, goal["per"])}
    shares = goal.get("shares") or {}
    return row | {"shares": "；".join(f"{code}={share}" for code, share in shares.items())}


def _dates(dated: Body, rounds: Sequence[str]) -> Row:
    named = dated.get("rounds")
    every = named == "all" or named == ["all"]
    ticks = {f"round:{code}": TICK for code in rounds if every or code in _listed(named)}
    return ticks | {"done_by": "、".join(_listed(dated.get("done_by")))}


def _listed(value: object) -> list[str]:
    if value is None or value == "":
        return []
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _kind(kind: object) -> str:
    return UNIT_KINDS.get(str(kind), str(kind)) if kind else ""


def _ticked(value: object) -> str:
    return TICK if str(value).lower() == "true" else ""
