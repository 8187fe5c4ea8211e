"""Reads the page of one target back into the plan's body."""

from __future__ import annotations

import re
from typing import Any

from starlette.datastructures import FormData

from shuangyong_core.plans.actions.drafts import Change
from shuangyong_core.plans.catalogue import catalogue
from shuangyong_core.plans.rules.drafting import groups_of, with_target
from shuangyong_core.web.planning.one_target import NEW, OWN, find_target, is_own
from shuangyong_core.web.planning.opened import Opened

Body = dict[str, Any]
BETWEEN = re.compile(r"[\s,，、;；]+")
# How the office's own numbers add up: what is counted is summed, a state is the latest.
ADDED_UP: dict[str, tuple[str, str, str, str]] = {
    # kind: over units, over time, unit, decimals
    "count": ("sum", "sum", "", "0"),
    "money": ("sum", "sum", "元", "2"),
    "ratio": ("ratio", "latest", "%", "0"),
    "yes_no": ("all_done", "latest", "项", "0"),
    "date": ("all_done", "latest", "日期", "0"),
    "text": ("none", "latest", "", "0"),
}


def change_target(opened: Opened, code: str, form: FormData) -> Change:
    """This function will read one target back; raises NotFound where there is none."""
    before = dict(find_target(opened, code))
    indicators = []
    target = before | {
        "title": _text(form, "title"),
        "heading": _text(form, "heading") or before["heading"],
        "source": _text(form, "source"),
        "on_behalf_of": _text(form, "on_behalf_of"),
    }
    if is_own(opened, before):
        indicator = _indicator(opened, before, form)
        indicators.append(indicator)
        target["indicator"] = indicator["code"]
    target.setdefault("category", _category(str(target["heading"])))
    target["supporting"] = [one for one in BETWEEN.split(_text(form, "supporting")) if one]
    if not target["supporting"]:
        del target["supporting"]
    _put_groups(target, form)
    body = with_target(opened.body, str(before["code"]), target, indicators)
    act = "plan.draft_own_target" if code == NEW else "plan.draft_target"
    return Change(act, body, {"target": before["code"]})


def _indicator(opened: Opened, target: Body, form: FormData) -> Body:
    kind = _text(form, "measure") if _text(form, "measure") in ADDED_UP else "count"
    over_units, over_time, unit, decimals = ADDED_UP[kind]
    made = f"{OWN}{str(target['code']).lower()}_{opened.draft.year}"
    return {
        "code": target.get("indicator") or made,
        "name": _text(form, "title"),
        "kind": kind,
        "unit": unit or _text(form, "unit"),
        "decimals": decimals,
        "over_units": over_units,
        "over_time": over_time,
        "hint": _text(form, "hint"),
    }


def _put_groups(target: Body, form: FormData) -> None:
    numbers = [int(str(no)) for no in form.getlist("group") if str(no).isdecimal()]
    old = {no: group for no, group in enumerate(groups_of(target))}
    if "automatic" in target:
        target |= _dated(form, 0)
        target["goal"] = _goal(form, 0, target.get("goal", {}))
        return
    groups = []
    for number in numbers:
        who = [str(one) for one in form.getlist(f"who.{number}")]
        who += [one for one in BETWEEN.split(_text(form, f"codes.{number}")) if one]
        before = old.get(number, {})
        if who:
            goal = _goal(form, number, before.get("goal") or target.get("goal", {}))
            kept: Body = {key: before[key] for key in ("done_by", "on_behalf_of") if key in before}
            groups.append({**kept, "who": who, **_dated(form, number), "goal": goal})
    for key in ("rounds", "goal", "reported_by"):
        target.pop(key, None)
    if len(groups) == 1:
        one = groups[0]
        target |= {key: one[key] for key in ("rounds", "goal", "done_by") if key in one}
        target["reported_by"] = one["who"]
    else:
        target["reported_by"] = groups


def _dated(form: FormData, number: int) -> Body:
    rounds = [str(one) for one in form.getlist(f"round.{number}")]
    return {"rounds": rounds} if rounds else {}


def _goal(form: FormData, number: int, before: Body) -> Body:
    kind, typed = _text(form, f"kind.{number}"), _text(form, f"goal.{number}")
    kept = {key: before[key] for key in ("note", "per") if before.get(key)}
    if kind in ("done", "none"):
        return {kind: "true", **kept}
    if kind == "ratio":
        return {kind: f"{typed.rstrip('%％')}%", **kept}
    if kind == "each":
        return {kind: typed, **kept}
    split = _text(form, f"split.{number}") or "equal"
    shares = {"shares": before["shares"]} if split == "manual" and "shares" in before else {}
    return {"total": typed, "split": split, **shares, **kept}


def _category(heading: str) -> str:
    return next((one.category for one in catalogue() if str(one.heading) == heading), "其他")


def _text(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()
