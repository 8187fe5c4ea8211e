"""The rows of the to-do list for what one's units support (配合): to look at, never owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from shuangyong_core.reports.queries.supports_waiting import WaitingSupport
from shuangyong_core.web.pages.todo_view import TodoRow
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.todo.rows import Rows

MOST_LEADS = 3


def support_rows(rows: Rows, waiting: Sequence[WaitingSupport]) -> Iterator[TodoRow]:
    """This function will give a row for each unit and round in which something is supported."""

    def place(one: WaitingSupport) -> tuple[str, str]:
        return one.unit_code, one.standing.round_code

    for _, group in groupby(sorted(waiting, key=place), key=place):
        yield _row(rows, list(group))


def _row(rows: Rows, of_round: Sequence[WaitingSupport]) -> TodoRow:
    first = of_round[0]
    leads = list(dict.fromkeys(one.lead.name for one in of_round))
    named = "、".join(leads[:MOST_LEADS]) + ("等" if len(leads) > MOST_LEADS else "")
    due = min(one.standing.due for one in of_round)
    locks = max(one.standing.locks_on for one in of_round)
    until = f"，{monthday(locks)}截止" if locks >= rows.today else ""
    title = f"配合 {len(of_round)} 项任务：{rows.plan.year}年{first.standing.round_title}报送"
    detail = f"牵头单位 {named}，{monthday(due)}前报送{until}"
    href = f"/support/{rows.plan.code}/{first.unit_code}"
    return TodoRow("na", "可交材料", title, detail, href, "去看")
