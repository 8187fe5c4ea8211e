"""The rows beside the plan in the to-do list: hand-outs and problems."""

from __future__ import annotations

from collections.abc import Iterator

from shuangyong_core.supervision.queries.waiting import WaitingPart, WaitingProblem
from shuangyong_core.supervision.rules.handouts import UnitStatus
from shuangyong_core.web.lights import how_long
from shuangyong_core.web.pages.todo_view import TodoRow
from shuangyong_core.web.rendering import monthday
from shuangyong_core.web.todo.rows import Dated, Rows
from shuangyong_core.web.waiting import Waiting

VERBS = {UnitStatus.ISSUED: "签收", UnitStatus.RETURNED: "改好再报", UnitStatus.REPORTED: "销号"}


def beside_rows(rows: Rows, waiting: Waiting) -> Iterator[Dated]:
    """This function will give the hand-outs and problems that wait for somebody."""
    for part in waiting.parts:
        yield _part(rows, part)
    for problem in waiting.problems:
        yield _problem(rows, problem)


def _part(rows: Rows, part: WaitingPart) -> Dated:
    verb = VERBS.get(part.status, "报办结")
    by = monthday(part.answer_by)
    if part.status is UnitStatus.REPORTED:
        detail = f"{part.number}，{part.unit_name}已报办结，请核对后销号"
        long = TodoRow("ok", "待销号", f"销号：{part.title}", detail, _href(part), verb)
        return Dated(rows.today, long)
    light, words = how_long(part.answer_by, rows.today, rows.calendar)
    detail = f"{part.number}，{part.unit_name}，{by}前办结"
    row = TodoRow(light, words, f"{verb}：{part.title}", detail, _href(part), verb)
    return Dated(part.answer_by, row)


def _problem(rows: Rows, problem: WaitingProblem) -> Dated:
    due = problem.wished_by or rows.today
    light, words = (
        how_long(due, rows.today, rows.calendar) if problem.wished_by else ("ok", "待协调")
    )
    detail = f"{problem.number}，{problem.unit_name}提出"
    href = f"/problems/{problem.reference}"
    row = TodoRow(light, words, f"需协调：{problem.title}", detail, href, "答复")
    return Dated(due, row)


def _href(part: WaitingPart) -> str:
    return f"/handouts/{part.reference}"
