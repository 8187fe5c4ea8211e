"""`shuangyong report`: send reports from files, and decide them, as the web does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from sqlalchemy.orm import Session

from shuangyong_core.answers import acts as answers
from shuangyong_core.answers import items
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.cli.files import naming, read_input
from shuangyong_core.cli.workbook import import_, template
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.corrections import say_kinds
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.strict_json import read_json
from shuangyong_core.reports.actions import accept as accept_report
from shuangyong_core.reports.actions import return_for_revision
from shuangyong_core.reports.actions import submit as submit_report
from shuangyong_core.reports.actions.submit import Receipt
from shuangyong_core.reports.queries.place import find_report, latest_no

app = typer.Typer(help="报送：报、审核、退回", no_args_is_help=True)
Plan = Annotated[str, typer.Option("--plan", help="计划编码")]
Unit = Annotated[str, typer.Option("--unit", help="单位编码")]
Round = Annotated[str, typer.Option("--round", help="哪次报送，如 R2")]
app.command("template")(template)
app.command("import")(import_)
PLACES = ("plan", "unit", "round")
Body = Mapping[str, Any]


@app.command()
def submit(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="json 文件，- 是标准输入；一份或一组")],
    key: Annotated[str | None, typer.Option(help="同一个键只算一次（只用于一份）")] = None,
) -> None:
    """报送一份或一组报告：全部报出，或者一份都不报。"""
    desk = desk_of(context)
    data, name = read_input(file)
    with naming(name):
        bodies = _bodies(read_json(data))
        if key is not None and len(bodies) > 1:
            why = "一个键只能用于一份报告，请去掉 --key，或一份一份地报。"
            raise Problems([Problem("key", why, field="--key")])
    with desk.writing("report.submit", name) as session:
        receipts = _send(session, desk, bodies, name=name, key=key)
    lines = [f"已报送，回执号 {receipt.number}" for receipt in receipts]
    notes = [note for receipt in receipts for note in receipt.normalised]
    lines += [f"已自动更正：{note}" for note in notes]
    told = "".join(say_kinds(notes))
    lines += [told] if told else []
    desk.answer(items([answers.receipt(each) for each in receipts]), shown="\n".join(lines))


def _bodies(read: Any) -> list[Body]:
    bodies = read if isinstance(read, list) else [read]
    problems = []
    for number, body in enumerate(bodies, start=1):
        where = f"第 {number} 份"
        if not isinstance(body, dict):
            why = '要写成 {"plan": …, "unit": …, "round": …, "figures": {…}} 的样子。'
            problems.append(Problem("shape", why, field=where))
            continue
        lacking = [word for word in (*PLACES, "figures") if word not in body]
        if lacking:
            problems.append(Problem("shape", f"缺少 {'、'.join(lacking)}。", field=where))
        problems += [
            Problem("shape", '编码要加引号写成文字，如 "990106001"。', field=f"{where} {word}",
                    value=mask(body[word]))
            for word in PLACES if word in body and not isinstance(body[word], str)
        ]  # fmt: skip
    if problems or not bodies:
        raise Problems(problems or [Problem("empty", "里面没有报告。")])
    return bodies


def _send(
    session: Session, desk: Desk, bodies: Sequence[Body], *, name: str, key: str | None
) -> list[Receipt]:
    """Sends each in a savepoint of its own, so that one run names what is wrong with all."""
    actor, at = desk.actor(session), desk.now()
    receipts: list[Receipt] = []
    refusals: list[Refused] = []
    for number, body in enumerate(bodies, start=1):
        codes = [str(body[word]) for word in PLACES]
        where = f" 第 {number} 份（{mask(codes[1])} {mask(codes[2])}）" if len(bodies) > 1 else ""
        try:
            with naming(name + where), session.begin_nested():
                on_behalf = body.get("on_behalf") is True
                receipts.append(
                    submit_report(
                        session, codes[0], codes[2], codes[1], body=body, channel="command",
                        policy=desk.policy, key=key, on_behalf=on_behalf, actor=actor, at=at,
                    )
                )  # fmt: skip
        except Refused as refused:
            refusals.append(refused)
    if refusals:
        raise refusals[0] if len(refusals) == 1 else Problems(_all(refusals))
    return receipts


def _all(refusals: Sequence[Refused]) -> list[Problem]:
    found: list[Problem] = []
    for refused in refusals:
        found += refused.problems or [Problem(refused.code, str(refused))]
    return found


@app.command()
def accept(
    context: typer.Context,
    plan: Plan,
    unit: Unit,
    round_: Round,
    cleared: Annotated[bool, typer.Option("--cleared", help="待核查的内容已核对无误")] = False,
) -> None:
    """通过一份报送。"""
    desk = desk_of(context)
    with desk.writing("report.accept", f"{plan}/{round_}/{unit}") as session:
        found = find_report(session, plan, round_, unit)
        no = latest_no(session, found)
        done = accept_report(
            session, found, no=no, cleared=cleared, actor=desk.actor(session), at=desk.now()
        )
    desk.answer(answers.decision(done), shown=f"已通过：{unit} {round_} 第 {done.no} 次报送。")


@app.command("return")
def return_(
    context: typer.Context,
    plan: Plan,
    unit: Unit,
    round_: Round,
    reason: Annotated[str, typer.Option(help="为什么退回，一次说清")],
    field: Annotated[list[str] | None, typer.Option(help="任务=要改什么，可写多个")] = None,
) -> None:
    """退回修改。"""
    desk = desk_of(context)
    fields = _fields(field or [])
    with desk.writing("report.return", f"{plan}/{round_}/{unit}") as session:
        found = find_report(session, plan, round_, unit)
        no = latest_no(session, found)
        done = return_for_revision(
            session, found, no=no, reason=reason, fields=fields, actor=desk.actor(session),
            at=desk.now(),
        )  # fmt: skip
    desk.answer(answers.decision(done), shown=f"已退回：{unit} {round_} 第 {done.no} 次报送。")


def _fields(words: Sequence[str]) -> dict[str, str]:
    fields = dict(word.partition("=")[::2] for word in words)
    if len(fields) < len(words) or not all(map(str.strip, fields.values())):
        why = "请写成 任务=要改什么，每个任务只写一次，如 B03=请核对次数。"
        raise Problems([Problem("field", why, field="--field")])
    return fields
