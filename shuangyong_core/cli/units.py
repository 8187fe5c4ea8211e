"""`shuangyong units`: take units in, print the trees, give the file back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.tree import Tree as Drawing
from sqlalchemy.orm import Session

from shuangyong_core.accounts import actions
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.queries import get_unit_within
from shuangyong_core.accounts.rules import require_administrator
from shuangyong_core.answers import items
from shuangyong_core.cli.desk import desk_of, out
from shuangyong_core.cli.files import read_file, write_bytes, write_file
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Tree, Unit
from shuangyong_core.units.queries import TreeLine, get_bases, get_links, list_tree
from shuangyong_core.units.reading import read_units
from shuangyong_core.units.writing import units_csv, units_xlsx

app = typer.Typer(help="单位：导入、导出、两棵树", no_args_is_help=True)


class _DryRun(Exception):
    """Undoes the transaction of a dry run."""


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="xlsx 或 csv（UTF-8、GB18030）")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
) -> None:
    """导入单位：全部写入，或者什么都不写。"""
    desk = desk_of(context)
    listed = read_units(read_file(file), file.name)
    with suppress(_DryRun), desk.writing("units.import", file.name) as session:
        actor = desk.actor(session)
        require_administrator(actor, Role.SYSTEM_ADMIN)
        done = import_units(session, listed, actor=actor.key, at=desk.now())
        if dry_run:
            raise _DryRun
    word = "检查通过（没有写入）" if dry_run else "已导入"
    counts = f"新增 {done.new}，改名 {done.renamed}，不变 {done.same}，更新基数 {done.bases}。"
    desk.answer(done, shown="\n".join([*done.notes, f"{word}：{counts}"]))


@app.command()
def export(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="要写的 csv 或 xlsx")]
) -> None:
    """写出单位和基数，改好后可以再导入。"""
    desk = desk_of(context)
    with desk.reading() as session:
        require_administrator(desk.actor(session), Role.SYSTEM_ADMIN)
        links, bases = get_links(session), get_bases(session)
    if file.suffix.lower() == ".xlsx":
        write_bytes(file, units_xlsx(links, bases))
    else:
        write_file(file, units_csv(links, bases), encoding="utf-8-sig")
    desk.answer({"units": len(links)}, shown=f"已写出 {len(links)} 个单位：{file}")


@app.command()
def rename(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="单位编码")],
    name: Annotated[str, typer.Argument(help="新名称")],
) -> None:
    """单位改名：编码不变，旧名称留存，过去的材料仍显示旧名称。"""
    desk = desk_of(context)
    with desk.writing("units.rename", code) as session:
        actor = desk.actor(session)
        is_new = actions.rename_below(session, code, name=name, actor=actor, at=desk.now())
    desk.answer({"renamed": is_new}, shown=f"{code} 现在叫“{name}”。")


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
        actor = desk.actor(session)
        lines: list[TreeLine] = []
        for root in _roots(session, actor, code, by):
            lines += list_tree(session, root=root, tree=by, depth=depth)
    if desk.as_json:
        desk.answer(items(lines))
        return
    for drawing in _drawings(lines):
        out.print(drawing, soft_wrap=True)
    if not lines:
        out.print("没有单位。")


def _roots(session: Session, actor: Actor, code: str | None, by: Tree) -> Sequence[str | None]:
    """Where to begin: the unit asked for, everything, or the actor's own subtrees."""
    if code is not None:
        return [get_unit_within(session, code, actor=actor, trees=[by]).code]
    if actor.is_unlimited:
        return [None]
    own = [session.get_one(Unit, unit).code for unit in actor.units_with(*Role)]
    below = {
        line.code for root in own for line in list_tree(session, root=root, tree=by) if line.depth
    }
    return sorted(set(own) - below)


def _drawings(lines: Sequence[TreeLine]) -> list[Drawing]:
    roots: list[Drawing] = []
    branch: list[Drawing] = []
    for line in lines:
        below = f"[dim]，下有 {line.below} 个[/dim]" if line.below else ""
        word = WORD_OF_KIND.get(line.kind, line.kind)
        label = f"{escape(line.name)} [dim]{line.code} {word}[/dim]{below}"
        del branch[line.depth :]
        if branch:
            branch.append(branch[-1].add(label))
        else:
            branch.append(Drawing(label))
            roots.append(branch[0])
    return roots
