"""`shuangyong units reorganise`: merge, split, move, rename and abolish units as a file says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core.amendments import actions
from shuangyong_core.amendments.actions import preview_reorganisation
from shuangyong_core.amendments.reading import read_acts
from shuangyong_core.amendments.rules.reorganisation import PlanChange, Preview, UnitChange
from shuangyong_core.answers import plain
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.cli.files import read_file


def reorganise(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="xlsx、csv 或 yaml")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只预览，不写入")] = False,
) -> None:
    """组织调整：合并、拆分、划转、更名、撤销；没办完的移交承接单位。"""
    desk = desk_of(context)
    listed = read_acts(read_file(file), file.name)
    if dry_run:
        with desk.reading() as session:
            preview = preview_reorganisation(
                session, listed, actor=desk.actor(session), at=desk.now()
            )
        desk.answer(_plain(preview), shown=_told(preview, "预览（没有写入）"))
        return
    with desk.writing("units.reorganise", file.name) as session:
        done = actions.reorganise(session, listed, actor=desk.actor(session), at=desk.now())
    desk.answer(_plain(done.preview) | {"is_new": done.is_new}, shown=_told(done.preview, "已调整"))


def _plain(preview: Preview) -> dict[str, object]:
    return dict(plain(preview)) | {"is_empty": preview.is_empty}


def _told(preview: Preview, word: str) -> str:
    if preview.is_empty:
        return "没有变化：文件里的事项以前都办过了。"
    lines = [f"{word}：{len(preview.changes)} 项。"]
    for change in preview.changes:
        lines += _of_unit(change)
    for plan in preview.plans:
        lines += _of_plan(plan)
    if preview.done_rows:
        rows = "、".join(map(str, preview.done_rows))
        lines.append(f"第 {rows} 行以前办过，没有变化。")
    return "\n".join(lines)


def _of_unit(change: UnitChange) -> list[str]:
    to = f" → {'、'.join(change.to)}" if change.to else ""
    below = f"，连同下级 {change.below} 个单位" if change.below else ""
    lines = [f"{change.act} {change.name}（{change.code}）{to}{below}，{change.since} 起"]
    return (
        lines
        + [
            f"    {each.plan} {each.round}：{each.items} 项未完成的事项移交 {each.heir_name}"
            for each in change.handed_over
        ]
        + [f"    基数：{each.text}" for each in change.bases]
    )


def _of_plan(plan: PlanChange) -> list[str]:
    lines = [
        f"{plan.title}（{plan.code}）：单位树第 {plan.edition} 版，{plan.moved} 个单位换了位置，"
        f"{plan.quotas} 个任务数随之调整，移交 {plan.items_given} 项，收回 {plan.items_ended} 项"
    ]
    for each in plan.rounds:
        over = "（已结束，按当时）" if each.is_over else ""
        after = "" if each.expected == each.expected_after else f" → {each.expected_after}"
        lines.append(
            f"    {each.round}{over}：应报 {each.expected}{after}，"
            f"已审核 {each.accepted} → {each.accepted_after}"
        )
    return lines
