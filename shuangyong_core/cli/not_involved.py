"""`shuangyong report not-involved`: 不涉及 for many units at once, with one reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from shuangyong_core.answers import acts as answers
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.cli.files import naming, read_file
from shuangyong_core.cli.report import Plan
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.reports.actions import set_not_involved
from shuangyong_core.reports.actions.not_involved import SetAside
from shuangyong_core.reports.queries.asked import find_open_round, list_open_below
from shuangyong_core.reports.rules.not_involved import Outcome
from shuangyong_core.sheets import open_book

HEADERS = ("编码", "单位编码", "code", "unit")
WORDS = {
    Outcome.SUBMITTED: "已代报",
    Outcome.DRAFTED: "已存草稿（其余项目还没有填）",
    Outcome.UNCHANGED: "原来就是不涉及",
}


def not_involved(
    context: typer.Context,
    plan: Plan,
    target: Annotated[list[str], typer.Option(help="哪一项，可写多个，如 B06")],
    reason: Annotated[str, typer.Option(help="为什么不涉及，一句话")],
    units: Annotated[Path | None, typer.Option(help="单位编码的表，csv 或 xlsx")] = None,
    below: Annotated[str | None, typer.Option(help="这个单位下面还没有填的全部单位")] = None,
    round_: Annotated[
        str | None, typer.Option("--round", help="哪次报送，只有一次开放可不写")
    ] = None,
) -> None:
    """许多单位一起标为不涉及：全部写入，或者一个都不写。"""
    desk = desk_of(context)
    if (units is None) == (below is None):
        why = "请用 --units 给单位编码的表，或者用 --below 写上级单位，写其中一个。"
        raise Problems([Problem("units", why, field="--units")])
    named = read_codes(read_file(units), units.name) if units else []
    with desk.writing("report.not_involved", plan) as session:
        done = _mark(session, desk, plan, named, below=below, targets=target, reason=reason,
                     round_=round_)  # fmt: skip
    counted = Counter(each.outcome for each in done)
    lines = [
        f"{WORDS[outcome]}：{counted[outcome]} 个单位" for outcome in Outcome if counted[outcome]
    ]
    desk.answer(answers.set_aside(done), shown="\n".join(lines))


def _mark(
    session: Session,
    desk: Desk,
    plan: str,
    units: list[str],
    *,
    below: str | None,
    targets: list[str],
    reason: str,
    round_: str | None,
) -> tuple[SetAside, ...]:
    actor, at = desk.actor(session), desk.now()
    found = [below] if below else units
    round_code = round_ or find_open_round(
        session, plan, found, targets=targets, at=at, is_below=below is not None
    )
    if below:
        units = list_open_below(session, plan, round_code, below, targets=targets, actor=actor)
    with naming("--units"):
        return set_not_involved(
            session, plan, round_code, units, targets=targets, reason=reason, channel="command",
            policy=desk.policy, actor=actor, at=at,
        )  # fmt: skip


def read_codes(data: bytes, name: str) -> list[str]:
    """This function will read unit codes: the column named so, or the first column of all rows."""
    sheet = open_book(data, name=name).sheets[0]
    rows = [[cell.text.strip() for cell in row.cells] for row in sheet.rows]
    header = [word.lower() for word in rows[0]] if rows else []
    column = next((at for at, word in enumerate(header) if word in HEADERS), None)
    codes = [row[column or 0] for row in rows[column is not None :] if len(row) > (column or 0)]
    if not any(codes):
        why = "里面没有单位编码，请一行写一个，表头写“编码”。"
        raise Problems([Problem("no_units", why, file=name)])
    return [code for code in codes if code]
