"""The split as a page: a grid of what is shared out, one list of what is the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shuangyong_core.assignments.queries.splits import OWN, SplitProposal
from shuangyong_core.assignments.rules.splits import exceeds_limit
from shuangyong_core.clock import shanghai_date
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.queries import TargetRow
from shuangyong_core.units.words import BASE_NAMES
from shuangyong_core.web.pages.shell import Choice, Confirm, Day, Light
from shuangyong_core.web.pages.split_view import (
    PutAside,
    SplitCell,
    SplitRow,
    SplitTarget,
    SplitView,
    Unsplit,
)
from shuangyong_core.web.splitting.opened import Opened
from shuangyong_core.web.splitting.typed import Typed, cells_of
from shuangyong_core.web.values import goal_of_target, grouped

SOON = timedelta(days=3)
METHODS = {"": "手工填", "default": "默认方案", "same": "各单位相同", "equal": "平均"}
NOT_MANAGER = "您可以查看。确认和改数由本单位有“管理”权限的人员办理。"


@dataclass(frozen=True, slots=True)
class Made:
    """What a page was made from, for compare-and-swap: what stood, what was put aside."""

    version: str
    drafts: str


def split_view(
    opened: Opened,
    typed: Typed,
    *,
    today: date,
    made: Made,
    aside: PutAside | None = None,
    errors: Sequence[str] = (),
    confirm: Confirm | None = None,
) -> SplitView:
    """This function will make the page from what is kept and what stands in the cells."""
    plan, node = opened.sight.plan, opened.sight.node
    targets = tuple(_target(opened, split, typed) for split in opened.splits)
    return SplitView(
        unit=node.name,
        plan=plan.title,
        launched=Day(opened.launched),
        confirm_by=Day(opened.confirm_by, opened.is_provisional),
        light=_light(opened, today),
        post_href=f"/split/{plan.code}/{node.code}",
        version=made.version,
        drafts=made.drafts,
        aside=aside,
        targets=targets,
        rows=(*_child_rows(opened, typed), *_own_row(opened, typed)),
        bases=tuple(BASE_NAMES.get(key, key) for key in opened.base_keys),
        others=tuple(Unsplit(row.code, row.title, _rule(row)) for row in opened.others),
        reason=typed.reason,
        asks_reason=any(_total(split, typed) > split.held for split in opened.splits),
        may_not=_gap_sentence(opened.splits, typed) if opened.may_manage else NOT_MANAGER,
        errors=tuple(errors),
        confirm=confirm,
        is_confirmed=opened.is_confirmed,
        may_act=opened.may_manage,
        is_short=bool(_gap_sentence(opened.splits, typed)),
        settled=_settled(opened),
        shows_methods=any(typed.methods.values()),
        dates_href=f"/split/{plan.code}/{node.code}/dates" if opened.may_manage else "",
        guards_href=f"/guards/{plan.code}/{node.code}",
        amended=tuple(one.sentence for one in opened.amended.values()),
    )


def _settled(opened: Opened) -> Day | None:
    if opened.settled_at is None or opened.is_confirmed:
        return None
    return Day(shanghai_date(opened.settled_at))


def _total(split: SplitProposal, typed: Typed) -> int:
    return sum(typed.numbers[name] for name in cells_of(split))


def _target(opened: Opened, split: SplitProposal, typed: Typed) -> SplitTarget:
    amended = opened.amended.get(split.target)
    total = _total(split, typed)
    return SplitTarget(
        code=split.code,
        title=split.title,
        unit=split.display_unit,
        held=format_scaled(split.held, split.decimals),
        most=format_scaled(split.held * split.inflation_bp // 10_000, split.decimals),
        given=format_scaled(total, split.decimals),
        light="ok" if total == split.held else "warn",
        gap=gap_text(split, total),
        methods=_methods(opened, typed.methods.get(split.code, "")),
        decimals=split.decimals,
        limit=f"{split.inflation_bp / 100:g}%",
        held_before=amended.was if amended else "",
    )


def _methods(opened: Opened, chosen: str) -> tuple[Choice, ...]:
    bases = {f"base:{key}": f"按{BASE_NAMES.get(key, key)}" for key in opened.to_split_by}
    words = METHODS | bases
    return tuple(Choice(key, word, key == chosen) for key, word in words.items())


def gap_text(split: SplitProposal, total: int) -> str:
    """This function will say how a total stands to what is held: 正好, 还差 2, 超出 3."""
    if total == split.held:
        return "正好"
    word = "还差" if total < split.held else "超出"
    return f"{word} {grouped(abs(split.held - total), split.decimals)}"


def _gap_sentence(splits: Sequence[SplitProposal], typed: Typed) -> str:
    for split in splits:
        total, unit = _total(split, typed), split.display_unit
        if total < split.held:
            most = format_scaled(split.held * split.inflation_bp // 10_000, split.decimals)
            limit = f"{split.inflation_bp / 100:g}%"
            more = f"若要多分，{most} {unit}（{limit}）以内不用写理由。"
            return f"{split.code} {gap_text(split, total)} {unit}：分完即可下达。{more}"
        if exceeds_limit(total, split.held, split.inflation_bp) and not typed.reason:
            limit = f"{split.inflation_bp / 100:g}%"
            return f"{split.code} 超过下达数的 {limit}，需写理由。"
    return ""


def _child_rows(opened: Opened, typed: Typed) -> list[SplitRow]:
    children = {child.unit: child for split in opened.splits for child in split.children}
    return [
        SplitRow(
            child.name,
            tuple(_cell(opened, split, typed, child.code, unit) for split in opened.splits),
            tuple(f"{opened.bases.get((unit, key), 0):,}" for key in opened.base_keys),
        )
        for unit, child in sorted(children.items(), key=lambda pair: pair[1].code)
    ]


def _own_row(opened: Opened, typed: Typed) -> list[SplitRow]:
    if not any(split.has_own for split in opened.splits):
        return []
    cells = tuple(_cell(opened, split, typed, OWN, 0) for split in opened.splits)
    return [SplitRow("本级承办", cells, ("",) * len(opened.base_keys))]


def _cell(opened: Opened, split: SplitProposal, typed: Typed, code: str, unit: int) -> SplitCell:
    name = f"{split.code}.{code}"
    if name not in typed.texts:
        return SplitCell(name, "", "", is_open=False)
    now = cells_of(split)
    if code == OWN:
        shares = [
            opened.defaults.get((split.target, child.unit), child.held) for child in split.children
        ]
        proposed = max(split.held - sum(shares), 0)
    else:
        proposed = opened.defaults.get((split.target, unit), now[name])
    shown = format_scaled(proposed, split.decimals)
    return SplitCell(name, shown, typed.texts[name], error=typed.errors.get(name, ""))


def _rule(row: TargetRow) -> str:
    if row.goal_kind == "total":
        return "全部由一个单位承担"
    if row.goal_kind == "each":
        return f"每单位 {goal_of_target(row)}"
    return {"done": "只看办没办", "none": "不设数"}.get(
        row.goal_kind, f"目标 {goal_of_target(row)}"
    )


def _light(opened: Opened, today: date) -> Light:
    if opened.is_confirmed:
        return "ok"
    if today > opened.confirm_by:
        return "late"
    return "warn" if today + SOON >= opened.confirm_by else "ok"
