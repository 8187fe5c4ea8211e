"""The rows of splits in the to-do list: what waits to be confirmed, and what was put aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from shuangyong_core.assignments.queries.amended import AmendedTotal
from shuangyong_core.clock import shanghai_date
from shuangyong_core.web.lights import how_long
from shuangyong_core.web.pages.todo_view import TodoRow
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.todo.rows import Dated, Rows
from shuangyong_core.web.waiting import Waiting

MOST_TOLD = 3


def split_rows(rows: Rows, waiting: Waiting) -> Iterator[Dated]:
    """This function will give the splits that stand as proposed, and others put aside."""
    launched = rows.plan.launched_at
    for unit, targets in waiting.splits:
        changed = [one for one in waiting.amended if one.unit == unit]
        since = max((one.at for one in changed), default=launched)
        start = shanghai_date(since) if since else rows.today
        due = rows.calendar.add_workdays(start, rows.plan.within_decompose)
        light, long = how_long(due, rows.today, rows.calendar)
        draft = _draft(waiting, unit)
        row = TodoRow(
            "na" if due < rows.today else light,
            "按默认方案" if due < rows.today else long,
            f"确认任务分解：{targets} 项",
            _why(changed)
            + draft
            + ("已按默认方案下达，可以调整" if due < rows.today else "到期按默认方案下达"),
            f"/split/{rows.plan.code}/{unit}",
            "接着分" if draft else "去确认",
        )
        yield Dated(max(due, rows.today + timedelta(days=1)), row)
    for unit in waiting.put_aside():
        href = f"/split/{rows.plan.code}/{unit}"
        detail = f"{_draft(waiting, unit)}现在仍按原来的分解"
        row = TodoRow("na", "先存着", "调整任务分解", detail, href, "接着分")
        yield Dated(rows.today + timedelta(days=1), row)


def _draft(waiting: Waiting, unit: str) -> str:
    found = [draft for draft in waiting.drafts if draft.unit == unit]
    if not found:
        return ""
    saved = monthday(shanghai_date(max(draft.saved_at for draft in found)))
    codes = "、".join(draft.code for draft in found[:MOST_TOLD])
    more = " 等" if len(found) > MOST_TOLD else ""
    return f"有一份没下达的分解方案（{codes}{more}，{saved}存）。"


def _why(changed: Sequence[AmendedTotal]) -> str:
    """Why a split is asked for again."""
    if not changed:
        return ""
    told = "、".join(one.sentence for one in changed[:MOST_TOLD])
    return f"计划调整：{told}{' 等' if len(changed) > MOST_TOLD else ''}。"
