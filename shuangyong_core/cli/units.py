"""`shuangyong units`: take units in, print the trees, give the file back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree as Drawing

from shuangyong_core.answers import items
from shuangyong_core.cli.desk import desk_of, out, read_file
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Tree
from shuangyong_core.units.queries import TreeLine, get_bases, get_links, list_tree
from shuangyong_core.units.reading import read_units

app = typer.Typer(help="单位：导入、导出、两棵树", no_args_is_help=True)


class _DryRun(Exception):
    """Undoes the transaction of a dry run."""


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="csv：UTF-8、GB18030 都可以")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
) -> None:
    """导入单位：全部写入，或者什么都不写。"""
    desk = desk_of(context)
    listed = read_units(read_file(file), file.name)
    try:
        with desk.writing("units.import", file.name) as session:
            done = import_units(session, listed, actor=desk.actor(session).key, at=desk.now())
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    for note in done.notes:
        if not desk.as_json:
            out.print(escape(note), soft_wrap=True)
    word = "检查通过（没有写入）" if dry_run else "已导入"
    desk.answer(
        done,
        shown=f"{word}：新增 {done.new}，改名 {done.renamed}，不变 {done.same}，"
        f"更新基数 {done.bases}。",
    )


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="要写的 csv")],
) -> None:
    """把单位写成导入用的 csv（UTF-8）。"""
    desk = desk_of(context)
    with desk.reading() as session:
        links, bases = get_links(session), get_bases(session)
    keys = sorted({key for each in bases.values() for key in each})
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(
            ["code", "name", "kind", "parent_code", "territory_code", *(f"base:{k}" for k in keys)]
        )
        for unit in links.values():
            site = "" if unit.territory == unit.parent else unit.territory
            numbers = [bases.get(unit.code, {}).get(key, "") for key in keys]
            writer.writerow([unit.code, unit.name, unit.kind, unit.parent, site, *numbers])
    desk.answer({"units": len(links)}, shown=f"已写出 {len(links)} 个单位：{file}")


@app.command()
def tree(
    context: typer.Context,
    code: Annotated[str | None, typer.Argument(help="从哪个单位往下；不填是全部")] = None,
    depth: Annotated[int | None, typer.Option(min=0, help="往下几层")] = None,
    by: Annotated[Tree, typer.Option(help="按责任关系还是属地")] = Tree.RESPONSIBILITY,
) -> None:
    """画出单位的树。"""
    desk = desk_of(context)
    with desk.reading() as session:
        lines = list_tree(session, root=code, tree=by, depth=depth)
    if desk.as_json:
        desk.answer(items(lines))
        return
    for drawing in _drawings(lines):
        out.print(drawing, soft_wrap=True)


def _drawings(lines: Sequence[TreeLine]) -> list[Drawing]:
    roots: list[Drawing] = []
    branch: list[Drawing] = []
    for line in lines:
        below = f" [dim]{line.below}[/dim]" if line.below else ""
        word = WORD_OF_KIND.get(line.kind, line.kind)
        label = f"{escape(line.name)} [dim]{line.code} {word}[/dim]{below}"
        del branch[line.depth :]
        if branch:
            branch.append(branch[-1].add(label))
        else:
            branch.append(Drawing(label))
            roots.append(branch[0])
    return roots
