"""A preview of 组织调整 as a page: unit by unit, then the sums of every round."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from shuangyong_core.amendments.rules import reorganisation as found
from shuangyong_core.plans.queries import get_plan, list_rounds
from shuangyong_core.web.pages.reorganise_view import PlanRows, Previewed, RoundRow, UnitRow
from shuangyong_core.web.pages.shell import Confirm
from shuangyong_core.web.reorganising.sent import TYPED

HERE = "/reorganise"


def previewed(session: Session, seen: found.Preview, *, key: str, asks: bool) -> Previewed:
    """This function will make the page's values from a preview."""
    titles = {
        (plan.code, each.code): each.title
        for plan in seen.plans
        for each in list_rounds(session, get_plan(session, plan.code).id)
    }
    rows = "、".join(map(str, seen.done_rows))
    return Previewed(
        key=key,
        seal=seen.seal,
        source="" if seen.file == TYPED else seen.file,
        units=tuple(_unit(seen, one, titles) for one in seen.changes),
        plans=tuple(_plan(one, titles) for one in seen.plans),
        done=f"第 {rows} 行以前办过，这次不再办。" if rows and seen.changes else "",
        confirm=_confirm(seen) if asks and seen.changes else None,
    )


def _unit(
    seen: found.Preview, one: found.UnitChange, titles: Mapping[tuple[str, str], str]
) -> UnitRow:
    handed = tuple(
        f"{titles[each.plan, each.round]}：{each.items} 项移交{each.heir_name}"
        for each in one.handed_over
    )
    row = "" if seen.file == TYPED else f"第 {one.row} 行"
    bases = tuple(each.text for each in one.bases)
    return UnitRow(row, one.act, one.name, one.code, one.to, one.since, one.below, handed, bases)


def _plan(one: found.PlanChange, titles: Mapping[tuple[str, str], str]) -> PlanRows:
    facts = (
        ("单位调整隶属", f"{one.moved} 个"),
        ("任务数随之调整", f"{one.quotas} 个"),
        ("承接单位新增应报", f"{one.items_given} 项"),
        ("原单位收回应报", f"{one.items_ended} 项"),
    )
    rounds = tuple(
        RoundRow(
            each.round,
            titles[one.code, each.round],
            "已结束，按当时单位" if each.is_over else "",
            _moved(each.expected, each.expected_after),
            f"{each.accepted:,}",
            f"{each.accepted_after:,}",
        )
        for each in one.rounds
    )
    return PlanRows(one.title, facts, rounds)


def _moved(before: int, after: int) -> str:
    return f"{before:,} 不变" if before == after else f"{before:,} → {after:,}"


def _confirm(seen: found.Preview) -> Confirm:
    items = sum(each.items for one in seen.changes for each in one.handed_over)
    handed = f"{items} 项未完成的事项移交承接单位，" if items else ""
    text = f"共 {len(seen.changes)} 项，一次办完并记入审计；{handed}已审核的数不变。"
    return Confirm("确认组织调整，只问这一次：", text, "确认调整", "apply", HERE)
