"""Reads the targets of a plan file into groups that already hold what they take from the target."""

from __future__ import annotations

from collections.abc import Mapping

from shuangyong_core.plans.rules.fields import Findings, Section
from shuangyong_core.plans.rules.nodes import Entry
from shuangyong_core.plans.rules.read_goal import read_goal
from shuangyong_core.plans.rules.text import GoalText, GroupText, IndicatorText, TargetText
from shuangyong_core.plans.rules.words import AUTOMATIC_RULES, PERS, unit_kind

FIELDS = [
    "code",
    "indicator",
    "category",
    "heading",
    "title",
    "reported_by",
    "rounds",
    "goal",
    "per",
    "weight",
    "done_by",
    "evidence",
    "source",
    "shown_to",
    "supporting",
    "on_behalf_of",
    "automatic",
]
GROUP_FIELDS = ("who", "rounds", "goal", "done_by", "on_behalf_of")
EVIDENCE_FIELDS = ("photos", "required", "place")
MOST_PHOTOS = 9
LARGEST_WEIGHT = 100
Indicators = Mapping[str, IndicatorText]


def read_target(findings: Findings, entry: Entry, *, indicators: Indicators) -> TargetText | None:
    """This function will read one target; None where its indicator is unknown."""
    section = Section(findings, entry, known=FIELDS)
    code = section.code("code", longest=20)
    indicator = indicators.get(section.code("indicator", longest=60))
    if indicator is None:
        if section.get("indicator") is not None:
            why = "没有这个指标，请先写在 indicators 一节里。"
            section.wrong("indicator", "unknown_indicator", why)
        return None
    goal = _own_goal(section, indicator)
    groups = _groups(section, indicator)
    return TargetText(
        code=code,
        indicator=indicator,
        title=section.text("title", longest=120),
        category=section.text("category", longest=40),
        heading=section.count("heading", default=None, least=1, most=8),
        goal=goal or _goal_of_groups(section, groups),
        per=section.choice("per", PERS, default=(goal and goal.per) or "year"),
        weight=section.count("weight", default=1, least=0, most=LARGEST_WEIGHT),
        automatic=_automatic(section),
        groups=groups,
        on_behalf_of=_kind(section, "on_behalf_of"),
        shown_to=_kinds(section, "shown_to"),
        supporting=_supporting(section),
        evidence=_evidence(section),
        source=section.text("source", longest=120),
        place=section.place,
    )


def _own_goal(section: Section, indicator: IndicatorText) -> GoalText | None:
    entry = section.get("goal")
    return None if entry is None else read_goal(section.findings, entry, indicator=indicator)


def _goal_of_groups(section: Section, groups: tuple[GroupText, ...]) -> GoalText:
    goals = [group.goal for group in groups if group.goal is not None]
    stated = {goal.kind for goal in goals if goal.kind != "none"}
    if len(goals) < len(groups) or not groups:
        section.wrong("goal", "blank", "没有写目标；不设目标请写 {none: true}。")
    if len(stated) > 1:
        section.wrong("goal", "goal_kind", "各组的目标要是同一种，不设目标的组写 {none: true}。")
    counted = [goal for goal in goals if goal.kind in stated] or goals
    if not counted:
        return GoalText("none", place=section.place)
    first = counted[0]
    totals = [goal.goal or 0 for goal in counted]
    return GoalText(
        first.kind,
        sum(totals) if first.kind == "total" else None,
        None,
        first.split,
        note=first.note,
        place=section.place,
    )


def _groups(section: Section, indicator: IndicatorText) -> tuple[GroupText, ...]:
    automatic, reported = section.get("automatic"), section.get("reported_by")
    if (automatic is None) == (reported is None):
        why = "要写 reported_by（谁报）或 automatic（系统计数），只写一个。"
        section.wrong("reported_by", "no_reporters", why)
        return ()
    if automatic is not None:
        inner = Section(section.findings, automatic, known=("rule", "who"))
        return (_group(section, inner, indicator),)
    entries = section.findings.items(reported, name="reported_by")
    plain = [entry for entry in entries if not isinstance(entry.value, dict)]
    groups = []
    if plain:
        groups.append(_group(section, section, indicator, who="reported_by"))
    if plain and len(plain) < len(entries):
        section.wrong("reported_by", "mixed", "要么全写单位类型，要么全写成组。")
    for entry in entries:
        if isinstance(entry.value, dict):
            inner = Section(section.findings, entry, known=GROUP_FIELDS)
            groups.append(_group(section, inner, indicator))
    return tuple(groups)


def _group(
    target: Section, group: Section, indicator: IndicatorText, *, who: str = "who"
) -> GroupText:
    """A group's rounds and goal stand before the target's; both before the round's done-by."""
    dated = group if group.get("rounds") or group.get("done_by") else target
    rounds = dated.words("rounds")
    if not rounds and dated.get("done_by") is None:
        why = "没有写 rounds（报送）或 done_by（办理时限），不知道在哪次报。"
        dated.wrong("rounds", "no_round", why)
    own_goal = _own_goal(group, indicator) if group is not target else None
    return GroupText(
        who=_whos(group, who),
        rounds=() if rounds == ("all",) else rounds,
        all_rounds=rounds == ("all",),
        done_by=(group if group.get("done_by") else target).words("done_by"),
        goal=own_goal,
        on_behalf_of=_kind(group, "on_behalf_of") if group is not target else None,
        place=group.place,
    )


def _whos(section: Section, key: str) -> tuple[str, ...]:
    words = section.words(key)
    if not words:
        section.wrong(key, "no_reporters", "没有写谁报。")
    for word in words:
        looks_like_kind = word.isascii() and word.replace("_", "").isalpha() and word.islower()
        if looks_like_kind and unit_kind(word) is None:
            section.wrong(key, "unknown_kind", f"没有“{word}”这种单位类型。")
    return tuple(unit_kind(word) or word for word in words)


def _kind(section: Section, key: str) -> str | None:
    word = section.text(key, longest=24, default="")
    if word and unit_kind(word) is None:
        section.wrong(key, "unknown_kind", "没有这种单位类型。")
    return unit_kind(word)


def _kinds(section: Section, key: str) -> tuple[str, ...]:
    words = section.words(key)
    for word in words:
        if unit_kind(word) is None:
            section.wrong(key, "unknown_kind", f"没有“{word}”这种单位类型。")
    return tuple(kind for kind in map(unit_kind, words) if kind)


def _supporting(section: Section) -> tuple[str, ...]:
    """Kinds in either language become kinds; anything else is a unit's code, checked with units."""
    words = section.words("supporting")
    if words and section.get("automatic"):
        section.wrong("supporting", "no_lead", "系统计数的任务没有牵头单位，不写 supporting。")
    return tuple(dict.fromkeys(unit_kind(word) or word for word in words))


def _automatic(section: Section) -> str | None:
    entry = section.get("automatic")
    if entry is None:
        return None
    inner = Section(section.findings, entry, known=("rule", "who"))
    return inner.choice("rule", AUTOMATIC_RULES)


def _evidence(section: Section) -> dict[str, int | bool]:
    entry = section.get("evidence")
    if entry is None:
        return {}
    inner = Section(section.findings, entry, known=EVIDENCE_FIELDS)
    found: dict[str, int | bool] = {}
    if inner.get("photos"):
        found["photos"] = inner.count("photos", default=0, least=0, most=MOST_PHOTOS)
    return found | {key: inner.claim(key) for key in ("required", "place") if inner.get(key)}
