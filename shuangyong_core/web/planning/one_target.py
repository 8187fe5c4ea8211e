"""All of one target on a page of its own: the catalogue's, changed, or one the office adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.catalogue import catalogue
from shuangyong_core.plans.rules.drafting import (
    goal_of,
    groups_of,
    number_of,
    rounds_of,
    who_of,
)
from shuangyong_core.plans.rules.words import GOALS_OF, UNIT_KINDS
from shuangyong_core.units.words import BASES
from shuangyong_core.web.pages.plan_steps_view import Chip, Field, GroupForm, TargetView
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.planning.opened import Opened
from shuangyong_core.words import words

NEW = "new"
OWN = "own_"  # begins the code of an indicator that the office made up
FIRST_OWN = "Z{no:02}"
GOALS = {
    "total": "合计",
    "each": "每单位",
    "ratio": "比率（%）",
    "done": "办没办",
    "none": "不设目标",
}
MEASURES = {
    "count": "计数",
    "money": "金额（元）",
    "ratio": "比率（%）",
    "yes_no": "是或否",
    "date": "日期",
    "text": "文字",
}
Body = Mapping[str, Any]


def find_target(opened: Opened, code: str) -> Body:
    """This function will give a target of the draft, a blank one for `new`; raises NotFound."""
    if code == NEW and opened.is_open:
        return {"code": free_code(opened), "heading": "1", "goal": {"none": "true"}}
    for one in opened.targets:
        if one["code"] == code:
            return one
    raise NotFound


def free_code(opened: Opened) -> str:
    """This function will give the first code of the office's own that is not taken."""
    taken = {str(one["code"]) for one in opened.targets}
    return next(code for no in range(1, 1000) if (code := FIRST_OWN.format(no=no)) not in taken)


def is_own(opened: Opened, target: Body) -> bool:
    """This function will say whether its indicator is the office's own, and not in use yet."""
    indicator = str(target.get("indicator", OWN))
    return indicator.startswith(OWN) and indicator not in opened.known


def target_view(opened: Opened, code: str) -> TargetView:
    """This function will make the page of one target."""
    target, own = find_target(opened, code), False
    own = is_own(opened, target)
    indicator = opened.indicator_of(target)
    entry = next((one for one in catalogue() if one.code == target["code"]), None)
    about = (("用什么材料佐证", entry.materials), ("说明", entry.note)) if entry else ()
    measure = str(indicator.get("kind", "count"))
    return TargetView(
        code=str(target["code"]),
        is_new=code == NEW,
        heads=(
            Field("title", "任务名称", str(target.get("title", ""))),
            Field("source", "依据条款", str(target.get("source", "")), "例如 P2 三3，或会议纪要"),
        ),
        headings=tuple(
            Choice(
                str(no), f"{'一二三四五六七八'[no - 1]}、{name}", str(target["heading"]) == str(no)
            )
            for no, name in enumerate(words()["headings"], 1)
        ),
        measures=tuple(Choice(k, v, k == measure) for k, v in MEASURES.items()) if own else (),
        measured=_measured(indicator) if own else (),
        counted="" if own else f"{indicator.get('name', '')}（{indicator.get('unit', '')}）",
        groups=_groups(opened, target, kinds=tuple(GOALS) if own else GOALS_OF[measure]),
        behalf=_behalf(opened, target),
        supporting="、".join(UNIT_KINDS.get(one, one) for one in target.get("supporting", ())),
        error=opened.error_of(str(target["code"])),
        about=about,
    )


def _measured(indicator: Body) -> tuple[Field, ...]:
    return (
        Field(
            "unit", "计量单位", str(indicator.get("unit", "")), "次、户、人、件；比率和金额不用填"
        ),
        Field("hint", "填报提示", str(indicator.get("hint", "")), "写给填报的人看，可以不写"),
    )


def _groups(opened: Opened, target: Body, *, kinds: tuple[str, ...]) -> tuple[GroupForm, ...]:
    listed = groups_of(target)
    found = [_group(opened, target, one, no, kinds) for no, one in enumerate(listed)]
    if opened.is_open and "automatic" not in target and "reported_by" in target:
        found.append(_group(opened, {"goal": target.get("goal", {})}, {}, len(listed), kinds))
    return tuple(found)


def _group(
    opened: Opened, target: Body, group: Body, number: int, goals: tuple[str, ...]
) -> GroupForm:
    who, (kind, goal) = who_of(target, group), goal_of(target, group)
    named = rounds_of(target, group, opened.round_codes)
    split = str(goal.get("split", "equal"))
    splits = {"equal": "平均分", **{f"base:{key}": f"按{name}分" for name, key in BASES.items()}}
    if split not in splits:
        splits[split] = "按指定数分" if split == "manual" else f"按 {split[5:]} 分"
    return GroupForm(
        number=number,
        kinds=tuple(Choice(one, UNIT_KINDS[one], one in who) for one in opened.kinds),
        codes="、".join(one for one in who if one not in UNIT_KINDS),
        chips=tuple(Chip(code, code in named) for code in opened.round_codes),
        goals=tuple(Choice(one, GOALS[one], one == (kind or "none")) for one in goals),
        goal=number_of(kind, goal) if kind in ("total", "each", "ratio") else "",
        splits=tuple(Choice(key, name, key == split) for key, name in splits.items()),
        is_new="code" not in target,
    )


def _behalf(opened: Opened, target: Body) -> tuple[Choice, ...]:
    now = str(target.get("on_behalf_of", ""))
    kinds = [Choice(one, f"代{UNIT_KINDS[one]}报", one == now) for one in opened.kinds]
    return (Choice("", "只报自己的", not now), *kinds)
