"""`shuangyong report template` and `import`: a workbook out, a workbook in, marked where wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from shuangyong_core.answers.workbooks import verdict
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.cli.files import read_file, write_bytes
from shuangyong_core.errors import Refused
from shuangyong_core.keys import get_key
from shuangyong_core.reports.actions.import_workbook import import_workbook
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.read import Filled, read_workbook
from shuangyong_core.reports.rules.workbook.verdict import Outcome, Verdict
from shuangyong_core.reports.rules.workbook.write import write_workbook
from shuangyong_core.sheets import mark_cells

CHECKED = "检查结果"  # 石桥街道-上半年-检查结果.xlsx


def template(
    context: typer.Context,
    plan: Annotated[str, typer.Option("--plan", help="计划编码")],
    unit: Annotated[str, typer.Option("--unit", help="单位编码")],
    round_: Annotated[str, typer.Option("--round", help="哪次报送，如 R2")],
    output: Annotated[Path, typer.Option("--output", "-o", help="要写的 xlsx")],
    below: Annotated[bool, typer.Option("--below", help="下面所有单位一份")] = False,
) -> None:
    """写出填报工作簿：一个单位一行，带上次的数、目标和还差。"""
    desk = desk_of(context)
    with desk.reading() as session:
        found = get_template(
            session, plan, round_, unit, below=below, actor=desk.actor(session), at=desk.now()
        )
    write_bytes(output, write_workbook(found, secret=get_key(desk.settings.data)))
    figures = sum(sheet.open_figures for sheet in found.sheets)
    told = {"file": str(output), "units": len(found.rows), "figures": figures}
    desk.answer(told, shown=f"已写出 {output.name}：{len(found.rows)} 个单位，待填 {figures} 格。")


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="填好的工作簿：xlsx 或 xls")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
) -> None:
    """报送工作簿：全部通过才写入；有错时在旁边写一份标好位置的工作簿。"""
    desk = desk_of(context)
    data = read_file(file)
    filled = read_workbook(data, name=file.name, secret=get_key(desk.settings.data))
    with desk.reading() as session:
        found = _check(session, desk, filled)
    if not found.passes:
        beside = file.with_name(f"{file.stem}-{CHECKED}.xlsx")
        write_bytes(beside, mark_cells(data, found.marks()))
        _refuse(desk, found, file.name, beside)
    if dry_run:
        desk.answer(verdict(found, dry_run=True), shown=_shown(found))
        return
    with desk.writing("report.import", file.name) as session:
        actor, at = desk.actor(session), desk.now()
        done = import_workbook(session, filled, policy=desk.policy, actor=actor, at=at)
    lines = [f"已报送，回执号 {receipt.number}" for receipt in done.receipts]
    answer = verdict(done.verdict, dry_run=False, receipts=done.receipts)
    desk.answer(answer, shown="\n".join([*lines, _shown(done.verdict, is_done=True)]))


def _check(session: Session, desk: Desk, filled: Filled) -> Verdict:
    actor, at = desk.actor(session), desk.now()
    return check_workbook(session, filled, policy=desk.policy, actor=actor, at=at)


def _refuse(desk: Desk, found: Verdict, name: str, beside: Path) -> None:
    """Raises the refusal, after it is written down as every refusal is."""
    refused: Refused = found.refusal()
    refused.sentence = f"{refused.sentence}标好位置的工作簿：{beside.name}"
    with desk.writing("report.import", name):
        raise refused


def _shown(found: Verdict, *, is_done: bool = False) -> str:
    told = [f"已自动更正：{kind} {count} 格" for kind, count in found.mended_kinds]
    told += [f"请留意：{each}" for each in found.warnings]
    counts = [
        f"{word} {count}"
        for word, count in (
            ("没有变化", found.count(Outcome.UNCHANGED)),
            ("没有填", found.count(Outcome.BLANK)),
        )
        if count
    ]
    told += [f"另有{'、'.join(counts)} 个单位。"] if counts else []
    return "\n".join([*told, *([] if is_done and found.count(Outcome.WRITE) else [found.summary])])
