"""A preview as a page: what changes, a row a unit, what follows, what was checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shuangyong_core.amendments.rules import preview as found
from shuangyong_core.web.amending.units import Column, columns_of, rows_of, sums_of, unchanged
from shuangyong_core.web.pages.amend_view import Aside, Change, Checked, Preview, Sign
from shuangyong_core.web.pages.shell import Confirm, Day
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.values import grouped

SIGNS: Mapping[str, Sign] = {"add": "add", "change": "chg", "drop": "del"}
MOST_FIGURES = 5


def preview_view(seen: found.Preview, *, confirm_by: Day, here: str, asks: bool = False) -> Preview:
    """This function will make the page's values from a preview."""
    columns = columns_of(seen)
    return Preview(
        seal=seen.seal,
        next_version=seen.next_version,
        changes=(*_of_plan(seen), *map(_of_target, seen.targets)),
        heads=tuple(one.code for one in columns),
        titles=tuple(_head(one) for one in columns),
        rows=rows_of(seen, columns),
        sums=sums_of(seen, columns),
        untouched=_untouched(seen),
        facts=_facts(seen, confirm_by),
        checks=tuple(_checks(seen)),
        asides=tuple(_aside(one) for one in seen.targets if one.set_aside),
        confirm=_confirm(seen, here, confirm_by) if asks else None,
    )


def _head(column: Column) -> str:
    return f"{column.title}（{column.display_unit}）" if column.display_unit else column.title


def _of_plan(seen: found.Preview) -> list[Change]:
    changes = [
        Change("chg", "计划", "", one.label, (one.was,), (one.becomes,), "—", "—")
        for one in seen.head
    ]
    for one in seen.rounds:
        was = tuple(f"{each.label} {each.was}" for each in one.fields if each.was != "—")
        becomes = tuple(f"{each.label} {each.becomes}" for each in one.fields)
        moved = sum(sum(item.redated for item in unit.items) > 0 for unit in seen.units)
        effect = f"{moved} 个单位改期" if one.sign == "change" and moved else "—"
        gone = one.sign == "drop"
        changes.append(
            Change(SIGNS[one.sign], "报送", one.code, one.title, was or ("—",),
                   ("不再报送",) if gone else becomes, effect, "不变")
        )  # fmt: skip
    return changes


def _of_target(one: found.TargetChange) -> Change:
    fields = [each for each in one.fields if (each.was, each.becomes) != ("—", "—")]
    was = tuple(f"{each.label} {each.was}" for each in fields if one.sign != "add")
    becomes = tuple(f"{each.label} {each.becomes}" for each in fields if one.sign != "drop")
    return Change(
        key=SIGNS[one.sign],
        kind="任务",
        code=one.code,
        title=one.title,
        was=was or ("—",),
        becomes=becomes or ("不再报送",),
        effect=_effect(one),
        figures=_figures(one),
    )


def _effect(one: found.TargetChange) -> str:
    told = []
    if one.confirms:
        told.append(f"{one.confirms} 个单位重新确认分解")
    if one.units and not one.confirms:
        told.append(f"{one.units} 个单位")
    return "，".join(told) or "各单位的数不变"


def _figures(one: found.TargetChange) -> str:
    if not one.before.accepted:
        return "无" if not one.before.pending else f"在审 {one.before.pending} 个，不变"
    count = f"已审核 {one.before.accepted} 个"
    if one.set_aside:
        return f"{count}，其中 {len(one.set_aside)} 个留存备查、不计入合计"
    total = f"，合计 {one.before.total} {one.display_unit}".rstrip() if one.before.total else ""
    return f"{count}{total}，不变"


def _untouched(seen: found.Preview) -> str:
    first = sum(unit.depth == 1 for unit in seen.units)
    below = sum(unit.depth > 1 for unit in seen.units)
    return f"只列有变化的：{first} 个直接下级，其下 {below} 个单位随之变化"


def _facts(seen: found.Preview, confirm_by: Day) -> tuple[tuple[str, str], ...]:
    confirms = len(seen.confirming)
    day = monthday(confirm_by.date)
    asked = f"{confirms} 个单位，{day}前，到期按默认方案" if confirms else "没有单位要重新确认"
    return (
        ("计划", f"第{seen.version}版 → 第{seen.next_version}版"),
        ("重新确认", asked),
        ("其余单位", "不用做什么，按上级确认的数"),
        ("已审核", f"{seen.accepted:,} 个数，不变"),
        ("在审", f"{seen.pending:,} 个数，不变，审核后计入"),
        ("应报", f"{seen.due_before:,} → {seen.due_after:,} 项"),
    )


def _checks(seen: found.Preview) -> list[Checked]:
    checks = []
    issuer = [unit for unit in seen.units if unit.depth == 0]
    for quota in (one for unit in issuer for one in unit.quotas if one.new_held is not None):
        given = [
            one.new_held or 0
            for unit in seen.units
            for one in unit.quotas
            if unit.depth == 1 and one.target == quota.target
        ]
        text = grouped(quota.new_held or 0, quota.decimals)
        if sum(given) + unchanged(seen, quota.target) == quota.new_held:
            checks.append(Checked("ok", f"{quota.target} 分解守恒：{text} = 各下级之和"))
    lost = [one for one in seen.targets if one.set_aside]
    bare = [one.code for one in lost if not one.why_aside]
    if bare:
        checks.append(Checked("warn", f"{'、'.join(bare)} 已审核的数会失去归属，要写原因"))
    else:
        said = "已写明留存备查的原因" if lost else "没有已审核的数失去归属"
        checks.append(Checked("ok", said))
    checks += [Checked("warn", one) for one in seen.warnings]
    return checks


def _aside(one: found.TargetChange) -> Aside:
    told = [f"{each.unit_name} {each.round} {each.value}" for each in one.set_aside]
    more = max(0, len(told) - MOST_FIGURES)
    return Aside(one.code, one.title, tuple(told[:MOST_FIGURES]), one.why_aside, more)


def _confirm(seen: found.Preview, here: str, confirm_by: Day) -> Confirm:
    confirms = len(seen.confirming)
    what = f"计划调整为第{seen.next_version}版，一次完成并记入审计。"
    asked = f"{confirms} 个单位要在{monthday(confirm_by.date)}前重新确认分解，到期按默认方案。"
    return Confirm("确认调整，只问这一次：", what + (asked if confirms else ""), "确认调整",
                   "apply", here)  # fmt: skip


def reasons_of(form: Mapping[str, object], codes: Sequence[str] = ()) -> dict[str, str]:
    """This function will read why figures are kept out of the sum, by target."""
    named = {key.removeprefix("aside."): str(value).strip() for key, value in form.items()
             if key.startswith("aside.")}  # fmt: skip
    return {code: why for code, why in named.items() if why and (not codes or code in codes)}
