"""`shuangyong plan rehearse`: the year on the pretend clock, before anybody is asked."""

from __future__ import annotations

from typing import Annotated

import typer

from shuangyong_core.answers.rehearsals import rehearsal
from shuangyong_core.cli.desk import Desk, desk_of, out
from shuangyong_core.cli.tables import table
from shuangyong_core.clock import shanghai_date
from shuangyong_core.supervision.queries.rehearse import rehearse_plan
from shuangyong_core.supervision.rules.ladder import RUNG_WORDS, WHO_HEARS, Rung
from shuangyong_core.supervision.rules.rehearsal import Morning, Rehearsal


def rehearse(
    context: typer.Context, code: Annotated[str, typer.Argument(help="计划编码，草稿也可以")]
) -> None:
    """演练全年：每类单位每月报什么，哪天提醒多少家，哪些日期有冲突。什么都不写入。"""
    desk = desk_of(context)
    with desk.reading() as session:
        today = shanghai_date(desk.now())
        found = rehearse_plan(session, code, actor=desk.actor(session), today=today)
    desk.answer(rehearsal(found))
    if desk.as_json:
        return
    desk.say(f"演练：{found.title}（{code}）")
    if found.launch_by:
        desk.say(f"· 最迟 {found.launch_by} 下达，第一次开放前才来得及签收和分解。")
    _show_rounds(found)
    _show_loads(found)
    _show_mornings(desk, found)
    for clash in found.clashes:
        desk.say(f"▲ {clash.message}")
    if not found.clashes:
        desk.say("● 日期没有冲突，报送次数都在上限以内。")


def _show_rounds(found: Rehearsal) -> None:
    heads = ("报送", "名称", "开放", "报送时限", "工作日", "单位", "个数", "一家最多审", "预计迟报")
    rows = [
        (
            one.dates.code, one.title, one.dates.opens_on, one.dates.due_date, one.workdays,
            one.units, one.numbers, f"{one.reviewer} {one.most_to_review}" if one.reviewer else "",
            "—" if one.expected_late is None else one.expected_late,
        )
        for one in found.rounds
    ]  # fmt: skip
    out.print(table(*heads, rows=rows, right=("工作日", "单位", "个数", "预计迟报")))


def _show_loads(found: Rehearsal) -> None:
    months = sorted({each.month for load in found.loads for each in load.months if each.forms})
    heads = [f"{month.month}月" for month in months]
    rows = []
    for load in found.loads:
        by = {each.month: each for each in load.months}
        cells = [f"{by[month].forms} 次 {by[month].numbers} 个" for month in months]
        shown = [cell if by[month].forms else "" for month, cell in zip(months, cells, strict=True)]
        rounds = f"{load.profile.rounds}/{found.max_rounds}"
        rows.append((load.profile.name, len(load.profile.units), *shown, rounds))
    last = "全年次数/上限"
    out.print(table("每家", "单位数", *heads, last, rows=rows, right=("单位数", *heads, last)))


def _show_mornings(desk: Desk, found: Rehearsal) -> None:
    by_day = {one.day: one for one in found.mornings}
    heads = [f"{RUNG_WORDS[rung]}（{WHO_HEARS[rung]}）" for rung in Rung]
    rows = [
        (one.dates.code, *(_asked(by_day[day], rung) for rung, day in one.mornings.items()))
        for one in found.rounds
        if one.units
    ]
    out.print(table("报送", *heads, rows=rows))
    if found.habits_of:
        desk.say(f"· 每格：早晨，照 {found.habits_of} 年的报送早晚预计几家 / 都不报时最多几家。")
    else:
        desk.say("· 没有往年的报送可以参照，写的是都不主动报时最多几家。")


def _asked(one: Morning, rung: Rung) -> str:
    most, likely = one.at_most.get(rung, 0), (one.expected or {}).get(rung)
    return f"{one.day:%m-%d} {most}" if likely is None else f"{one.day:%m-%d} {likely} / {most}"
