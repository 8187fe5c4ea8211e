"""`shuangyong request`: ask for 延期 豁免 暂停 恢复, list, see the effect, decide, take back."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from shuangyong_core.answers import requests as answers
from shuangyong_core.assignments.actions.ask_request import ask_request
from shuangyong_core.assignments.actions.close_request import withdraw_request
from shuangyong_core.assignments.queries.requests import RequestRow, get_request, list_requests
from shuangyong_core.assignments.rules.requests import (
    DECISION_WORDS,
    KIND_WORDS,
    Kind,
    RequestStatus,
    Wish,
)
from shuangyong_core.cli.dates import read_day
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.completion.actions.decide_request import decide_request
from shuangyong_core.completion.queries.effect import Effect, effect_of
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.within import get_plan_within, get_unit_in

app = typer.Typer(help="申请：延期、豁免、暂停、恢复，看影响，决定", no_args_is_help=True)
PlanCode = Annotated[str, typer.Option("--plan", help="计划编码")]
Number = Annotated[int, typer.Argument(help="申请号", min=1)]
Reason = Annotated[str, typer.Option(help="理由")]
STATUS_WORDS = {
    RequestStatus.OPEN: "待决定",
    RequestStatus.DECIDED: "已决定",
    RequestStatus.WITHDRAWN: "已撤回",
}


@app.command()
def ask(
    context: typer.Context,
    plan: PlanCode,
    unit: Annotated[str, typer.Option(help="单位编码")],
    kind: Annotated[Kind, typer.Option(help="延期、豁免、暂停、恢复")],
    reason: Reason,
    target: Annotated[str | None, typer.Option(help="任务编码；延期不写就是整期")] = None,
    round: Annotated[str | None, typer.Option(help="哪一期（延期）")] = None,
    until: Annotated[str | None, typer.Option(help="延到哪一天（延期），如 2026-07-31")] = None,
) -> None:
    """提出申请；同一件事再提，得到第一次的回答。"""
    desk = desk_of(context)
    day = None if until is None else read_day(until, field="--until")
    with desk.writing("request.ask", f"{plan}/{unit}") as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        here = get_unit_in(session, found, unit, actor=actor)
        wish = Wish(kind, target, round, day, reason)
        asked = ask_request(session, found, unit=here, wish=wish, actor=actor, at=desk.now())
        effect = effect_of(session, found, asked, at=desk.now())
    desk.answer(answers.request(asked, effect), shown=f"申请 {asked.id} 已提交，等待决定。")


@app.command("list")
def list_(
    context: typer.Context,
    plan: PlanCode,
    unit: Annotated[str | None, typer.Option(help="只看这个单位的")] = None,
    status: Annotated[RequestStatus | None, typer.Option(help="只看这种状态的")] = None,
) -> None:
    """范围内的申请，没有定的在前。"""
    desk = desk_of(context)
    with desk.reading() as session:
        actor = desk.actor(session)
        found = get_plan_within(session, plan, actor=actor)
        here = None if unit is None else get_unit_in(session, found, unit, actor=actor)
        rows = list_requests(session, found, actor=actor, unit=here, status=status)
    table = Table("号", "单位", "申请", "事项", "延到", "理由", "状态", box=None)
    for row in rows:
        table.add_row(
            str(row.id), escape(row.unit_name), KIND_WORDS[row.kind], escape(row.about),
            str(row.until or ""), escape(row.reason), _standing(row),
        )  # fmt: skip
    desk.answer(answers.requests(rows), shown=table if rows else "没有申请。")


@app.command()
def show(context: typer.Context, number: Number) -> None:
    """一项申请，和同意后会有什么变化。"""
    desk = desk_of(context)
    with desk.reading() as session:
        asked = get_request(session, number, actor=desk.actor(session))
        plan = session.get_one(Plan, asked.plan)
        is_open = asked.status is RequestStatus.OPEN
        effect = effect_of(session, plan, asked, at=desk.now()) if is_open else None
    lines = [f"{asked.unit_name} 申请{KIND_WORDS[asked.kind]}：{asked.about}，{asked.reason}"]
    lines += _effect_lines(effect) if effect else [_standing(asked)]
    desk.answer(answers.request(asked, effect), shown="\n".join(lines))


@app.command()
def decide(
    context: typer.Context,
    number: Number,
    grant: Annotated[bool, typer.Option("--grant", help="同意")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="不同意，要写理由")] = False,
    reason: Annotated[str, typer.Option(help="答复；不同意时必须写")] = "",
    seal: Annotated[str | None, typer.Option(help="看到的影响的印记：有变化就不办")] = None,
) -> None:
    """同意或不同意一项申请。"""
    if grant == refuse:
        why = "请写 --grant（同意）或 --refuse（不同意）中的一个。"
        raise Problems([Problem("decision", why, field="--grant")])
    desk = desk_of(context)
    with desk.writing("request.decide", f"request/{number}") as session:
        decided = decide_request(
            session, number, grant=grant, answer=reason, seal=seal,
            actor=desk.actor(session), at=desk.now(),
        )  # fmt: skip
    desk.answer(answers.request(decided), shown=f"申请 {number}：{_standing(decided)}。")


@app.command()
def withdraw(context: typer.Context, number: Number) -> None:
    """撤回还没有定的申请。"""
    desk = desk_of(context)
    with desk.writing("request.withdraw", f"request/{number}") as session:
        taken = withdraw_request(session, number, actor=desk.actor(session), at=desk.now())
    desk.answer(answers.request(taken), shown=f"申请 {number} 已撤回。")


def _standing(row: RequestRow) -> str:
    if row.decision is None:
        return STATUS_WORDS[row.status]
    said = f"：{row.answer}" if row.answer else ""
    return f"{DECISION_WORDS[row.decision]}（{row.decided_name}）{said}"


def _effect_lines(effect: Effect) -> list[str]:
    lines = [
        f"  {item.unit_name} {item.target_code} {item.round_title}：{item.due} → "
        + (str(item.then) if item.then else "不再要报")
        for item in effect.changing
    ]
    lines.append(f"  迟报 {effect.late_before} 项 → {effect.late_after} 项，印记 {effect.seal}")
    quota = effect.quota
    if quota is not None:
        before, after = (format_scaled(n, quota.decimals) for n in (quota.before, quota.after))
        lines.append(f"  {quota.holder_name} 未落实 {before} → {after} {quota.display_unit}")
    return lines
