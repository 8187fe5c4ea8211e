"""`shuangyong plan amend`: what an amendment would change, unit by unit; then it, in one act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from shuangyong_core.amendments.actions import amend_plan, preview_amendment
from shuangyong_core.amendments.queries.read_amendment import read_amendment
from shuangyong_core.amendments.rules.preview import Preview, UnitChange
from shuangyong_core.answers import amendments as answers
from shuangyong_core.cli.desk import Desk, desk_of, out
from shuangyong_core.cli.files import naming, read_file
from shuangyong_core.cli.tables import table
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.queries.within import require_issuer

SIGNS = {"add": "增", "change": "改", "drop": "免"}


def amend(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="计划编码")],
    file: Annotated[
        Path, typer.Argument(help="改好的整个计划（xlsx 或 yaml），或只写要改的（yaml）")
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改什么，什么都不写")] = False,
    reason: Annotated[str, typer.Option(help="依据，例如哪次会议定的")] = "",
    set_aside: Annotated[
        list[str] | None,
        typer.Option(help="任务=原因：已审核的数留存、不计入合计"),
    ] = None,
    seal: Annotated[str, typer.Option(help="预览给出的封签：与预览不同就不写入")] = "",
) -> None:
    """调整已下达的计划：先逐单位预览，再一次生效。"""
    desk = desk_of(context)
    data, aside = read_file(file), _reasons(set_aside or [])
    act = "plan.preview" if dry_run else "plan.amend"
    with desk.writing(act, code) as session, naming(file.name):
        actor, at = desk.actor(session), desk.now()
        plan = require_issuer(session, code, actor=actor)
        wanted = read_amendment(session, plan, data, file=file.name, reason=reason, set_aside=aside)
        if dry_run:
            found = preview_amendment(session, plan, wanted, actor=actor, at=at)
        else:
            found = amend_plan(session, plan, wanted, seal=seal or None, actor=actor, at=at)
    desk.answer(answers.amendment(found, dry_run=dry_run))
    if not desk.as_json:
        _show(desk, found, dry_run=dry_run)


def _reasons(written: list[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in written]
    wrong = [one for one, (code, _, why) in zip(written, pairs, strict=True) if not (code and why)]
    if wrong:
        raise Problems([Problem("set_aside", "要写成 任务=原因。", field="--set-aside")])
    return {code.strip(): why.strip() for code, _, why in pairs}


def _show(desk: Desk, found: Preview, *, dry_run: bool) -> None:
    for line in found.warnings:
        desk.say(f"· {line}")
    heads = ("改动", "编码", "名称", "内容", "影响", "已报的数")
    out.print(table(*heads, rows=[*_rows_of_head(found), *_rows_of_targets(found)]))
    if found.units:
        out.print(_units(found))
    for one in (each for target in found.targets for each in target.set_aside):
        desk.say(f"· 留存备查：{one.target} {one.round} {one.unit_name} {one.value}，不计入合计")
    desk.say(
        f"应报 {found.due_before} → {found.due_after} 项；已审核的 {found.accepted} 个数不变。"
    )
    confirms = f"{len(found.confirming)} 个单位要重新确认分解"
    if dry_run:
        desk.say(f"第{found.version}版 → 第{found.next_version}版，{confirms}。还没有生效。")
        desk.say(f"按这次预览生效：去掉 --dry-run，加 --seal {found.seal}")
    else:
        desk.say(f"已调整为第{found.next_version}版，{confirms}。")


def _rows_of_head(found: Preview) -> Iterator[tuple[str, ...]]:
    for one in found.head:
        yield ("改", "计划", one.label, f"{one.was} → {one.becomes}", "", "")
    for each in found.rounds:
        changes = "；".join(f"{one.label} {one.was} → {one.becomes}" for one in each.fields)
        yield (SIGNS[each.sign], each.code, each.title, changes, "", "")


def _rows_of_targets(found: Preview) -> Iterator[tuple[str, ...]]:
    for one in found.targets:
        changes = "；".join(f"{each.label} {each.was} → {each.becomes}" for each in one.fields)
        touched = f"{one.units} 个单位" if one.units else "—"
        told = f"{touched}，{one.confirms} 个重新确认" if one.confirms else touched
        before, after = one.before, one.after
        sums = f"{before.total or before.accepted} → {after.total or after.accepted}"
        figures = "无" if not before.accepted else "不变" if before == after else sums
        yield (SIGNS[one.sign], one.code, one.title, changes, told, figures)


def _units(found: Preview) -> Table:
    """A row a unit and target; below the first level only who has to do something."""
    shown = Table("单位", "任务", "原来", "改为", "项", "要重新做的", box=None)
    for unit in found.units:
        if unit.depth <= 1 or unit.confirms:
            for row in _rows_of_unit(unit):
                shown.add_row(*map(escape, row))
    return shown


def _rows_of_unit(unit: UnitChange) -> Iterator[tuple[str, ...]]:
    quotas = {one.target: one for one in unit.quotas}
    items = {one.target: one for one in unit.items}
    name = unit.name
    for code in sorted({*quotas, *items, *unit.confirms}):
        quota, item = quotas.get(code), items.get(code)
        was = answers.number(quota.held, quota.decimals) if quota else ""
        becomes = answers.number(quota.new_held, quota.decimals) if quota else ""
        moved = (
            (f"+{item.added}", item.added), (f"-{item.withdrawn}", item.withdrawn),
            (f"改期 {item.redated}", item.redated),
        ) if item else ()  # fmt: skip
        told = " ".join(text for text, count in moved if count)
        again = "确认分解" if code in unit.confirms else ""
        yield name, code, was or "—", becomes or "—", told, again
        name = ""
