"""The to-do list from what waits: the same rows for a clerk, a street and the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.calendar.queries import get_calendar
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import list_rounds
from shuangyong_core.reports.queries.standing import Standing
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import Home, home_of, plan_in_view
from shuangyong_core.web.lights import light_of
from shuangyong_core.web.pages.shell import Day, Link
from shuangyong_core.web.pages.todo_view import TodoGroup, TodoRow, TodoView, YearRow
from shuangyong_core.web.rendering import monthday, weekday
from shuangyong_core.web.todo.below import below_of
from shuangyong_core.web.todo.beside import beside_rows
from shuangyong_core.web.todo.rows import (
    Dated,
    Rows,
    form_href,
    report_href,
)
from shuangyong_core.web.todo.splits import split_rows
from shuangyong_core.web.todo.supporting import support_rows
from shuangyong_core.web.waiting import Waiting, is_writable, supported_by, waiting_of

MOST_ROWS = 30
WEEK = 7  # days


def todo_view(session: Session, desk: Desk) -> TodoView:
    """This function will make the page one lands on."""
    home, plan = home_of(session, desk), plan_in_view(session, desk)
    if home is None or plan is None:
        return TodoView("待办", desk.actor.name, (), next_step=_nothing(home))
    waiting = waiting_of(session, desk, plan)
    rows = Rows(plan, desk.today, get_calendar(session))
    is_wide = bool(waiting.below or waiting.splits or waiting.drafts) or not waiting.own
    supported = tuple(support_rows(rows, supported_by(session, desk, plan)))
    support = TodoGroup("配合", supported, "数由牵头单位报，有材料就交，不交也不算迟")
    groups = _office(rows, waiting, support) if is_wide else _clerk(rows, waiting, support)
    todo = waiting.count(desk.today)
    day = f"今天 {monthday(desk.today)} {weekday(desk.today)}"
    return TodoView(
        title="待办" if is_wide else home.name,
        sub=f"{home.name} · {day} · {todo} 件要办" if is_wide else f"{plan.title} · {day}",
        groups=tuple(group for group in groups if group.rows),
        year=_year(plan, waiting.own, desk.today),
        below=below_of(plan, waiting.below, desk) if waiting.below else None,
        next_step=_next(session, plan, desk.today),
        is_wide=is_wide,
    )


def _nothing(home: Home | None) -> str:
    if home is None:
        return "管理员不看业务数据；账号、备份和审计用命令办理。"
    return "今年的计划还没有下达到本单位。"


def _clerk(rows: Rows, waiting: Waiting, support: TodoGroup) -> list[TodoGroup]:
    to_decide = [
        *rows.requests(waiting), *rows.objections(waiting), *rows.to_review(waiting)
    ]  # fmt: skip
    mine = [*rows.to_report(waiting), *beside_rows(rows, waiting), *to_decide]
    return [
        TodoGroup("要我办", _first(one.row for one in mine)),
        support,
        TodoGroup("代填", tuple(rows.to_look_at(waiting)), "看一眼就行"),
        TodoGroup("近期", tuple(rows.soon(waiting)), "办理和报送是两个时限"),
        TodoGroup("等别人办", tuple([*rows.asked(waiting), *rows.sent(waiting)])),
    ]


def _office(rows: Rows, waiting: Waiting, support: TodoGroup) -> list[TodoGroup]:
    mine = sorted(
        [
            *rows.to_report(waiting),
            *split_rows(rows, waiting),
            *rows.requests(waiting),
            *beside_rows(rows, waiting),
            *rows.objections(waiting),
            *rows.to_review(waiting),
        ],
        key=lambda one: one.due,
    )
    now = [one for one in mine if one.due <= rows.today]
    week = [one for one in mine if 0 < (one.due - rows.today).days <= WEEK]
    later = [one for one in mine if (one.due - rows.today).days > WEEK]
    link = Link("逐份审核", "/review") if waiting.to_review() else None
    return [
        _group("到期和超期", now, link),
        _group("本周", week, None if now else link),
        _group("以后", later, None),
        support,
        TodoGroup("代填", tuple(rows.to_look_at(waiting)), "看一眼就行"),
        TodoGroup("近期", tuple(rows.soon(waiting)), "办理和报送是两个时限"),
        TodoGroup(
            "等别人办",
            tuple([*rows.asked(waiting), *rows.sent(waiting), *rows.mending(waiting)]),
        ),
    ]


def _group(title: str, rows: list[Dated], link: Link | None) -> TodoGroup:
    shown = tuple(one.row for one in rows[:MOST_ROWS])
    more = f"{len(rows)} 件，先列 {MOST_ROWS} 件" if len(rows) > MOST_ROWS else ""
    return TodoGroup(title, shown, more, link)


def _first(rows: Iterable[TodoRow]) -> tuple[TodoRow, ...]:
    listed = list(rows)
    if listed:
        first = listed[0]
        listed[0] = TodoRow(
            first.light, first.how_long, first.title, first.detail, first.href, first.verb, True
        )
    return tuple(listed)


def _year(plan: Plan, own: Iterable[Standing], today: date) -> tuple[YearRow, ...]:
    rows = []
    for one in own:
        light, word = light_of(one, today)
        href = (form_href if is_writable(one, today) else report_href)(plan, one)
        due = Day(one.due, one.is_provisional)
        rows.append(YearRow(one.round_title, href, due, one.items, light, word))
    return tuple(rows)


def _next(session: Session, plan: Plan, today: date) -> str:
    coming = [one for one in list_rounds(session, plan.id) if one.opens_on > today]
    if not coming:
        return "今年的报送都开放过了。"
    return f"下一次报送“{coming[0].title}” {monthday(coming[0].opens_on)}开放。"
