"""`shuangyong todo`: what waits for an account, as its page and its token see it."""

from __future__ import annotations

import typer

from shuangyong_core.answers.todo import TodoAnswer
from shuangyong_core.answers.waiting import waiting
from shuangyong_core.cli.desk import desk_of

ACTS = {
    "report": "填报",
    "mend": "修改",
    "review": "审核",
    "decompose": "确认任务分解",
    "objection": "答复异议",
    "decide": "决定申请",
    "asked": "申请等决定",
    "support": "配合",
}


def todo(context: typer.Context) -> None:
    """某个账号（--as）的待办：报送、修改、审核、分解、申请、配合。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        found = waiting(session, actor=actor, at=desk.now())
    nothing = "操作员没有自己的单位，请用 --as 账号。" if actor.is_unlimited else "没有要办的。"
    desk.answer(found, shown="\n".join(map(_line, found["items"])) or nothing)


def _line(one: TodoAnswer) -> str:
    where = " ".join(each for each in (one["round"], one["target"]) if each)
    due = f"，{one['due_date']} 前" if one["due_date"] else ""
    lead = f"，牵头 {one['lead']}" if one["lead"] else ""
    return (
        f"{ACTS[one['act']]}：{one['unit_name']}（{one['unit']}）{where} {one['title']}{due}{lead}"
    )
