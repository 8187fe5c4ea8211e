"""`shuangyong users`, many at once: a workbook of accounts, slips to print, who is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shuangyong_core.accounts.actions import hand_over
from shuangyong_core.accounts.actions.import_accounts import (
    ImportedAccounts,
    fresh_accounts,
    import_accounts,
)
from shuangyong_core.accounts.blank_list import blank_list
from shuangyong_core.accounts.passwords import draw_one_time_passwords
from shuangyong_core.accounts.reading import AccountList, AccountText, read_accounts
from shuangyong_core.accounts.rules import ONE_TIME_FOR
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.cli.files import private_files, read_file, write_bytes
from shuangyong_core.cli.missing import Below, list_missing
from shuangyong_core.cli.users import Login, app
from shuangyong_core.clock import shanghai_date
from shuangyong_core.documents.slips import Credential, slip_sheets, slips_docx, slips_pdf
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.units.queries import get_links

__all__ = ["app"]


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="xlsx 或 csv，表头见 users template")],
    slips: Annotated[Path | None, typer.Option(help="口令条写到哪个文件夹，一个街道一份")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
) -> None:
    """导入账号和联络员：全部写入，或者什么都不写；已有的账号不动。"""
    desk = desk_of(context)
    if slips is None and not dry_run:
        message = "后面要写文件夹：口令只在口令条上出现一次。"
        raise Problems([Problem("slips", message, field="--slips")])
    listed = read_accounts(read_file(file), file.name)
    with desk.reading() as session:
        fresh = fresh_accounts(session, listed, actor=desk.actor(session))
    if dry_run or slips is None:
        same = len(listed.accounts) - len(fresh)
        _tell(desk, ImportedAccounts(len(fresh), same), "检查通过（没有写入）")
        return
    done, sheets = _import(desk, listed, fresh, slips)
    _tell(desk, done, "已导入")
    if sheets:
        desk.say(f"口令条 {sheets} 份（docx 和 pdf）在 {slips}，打印后请删去。")


def _import(
    desk: Desk, listed: AccountList, fresh: tuple[AccountText, ...], folder: Path
) -> tuple[ImportedAccounts, int]:
    # Hashing is slow on purpose, and printing is slow too: both before the transaction.
    drawn = draw_one_time_passwords(len(fresh))
    pairs = list(zip(fresh, drawn, strict=True))
    at = desk.now()
    with desk.reading() as session:
        links = get_links(session)
    sheets = slip_sheets(
        [Credential(each.unit, each.login, each.name, password) for each, (password, _) in pairs],
        links,
        until=shanghai_date(at + ONE_TIME_FOR),
        printed_on=shanghai_date(at),
        home=desk.settings.home,
    )
    files = {f"{sheet.code}-口令条.docx": slips_docx(sheet) for sheet in sheets}
    files |= {f"{sheet.code}-口令条.pdf": slips_pdf(sheet) for sheet in sheets}
    hashes = {each.login: hashed for each, (_, hashed) in pairs}
    with (
        private_files(folder, files),
        desk.writing("users.import", listed.file) as session,
    ):
        actor = desk.actor(session)
        return import_accounts(session, listed, hashes=hashes, actor=actor, at=at), len(sheets)


def _tell(desk: Desk, done: ImportedAccounts, word: str) -> None:
    desk.answer(done, shown=f"{word}：新增 {done.new}，不变 {done.same}。")


@app.command()
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="要写的 xlsx")],
    unit: Below = None,
) -> None:
    """写一份账号表，把还没有账号的单位都列好，核对后用 users import 导入。"""
    desk = desk_of(context)
    with desk.reading() as session:
        lacking = list_missing(session, desk, unit)
    write_bytes(file, blank_list(lacking))
    desk.answer({"units": len(lacking)}, shown=f"已写出 {len(lacking)} 个单位：{file}")


@app.command("hand-over")
def hand_over_(
    context: typer.Context,
    login: Login,
    unit: Annotated[str, typer.Option(help="单位编码")],
    new_login: Annotated[str, typer.Option(help="另开的新账号；不填沿用原账号")] = "",
    name: Annotated[str, typer.Option(help="岗位名称，不写人名；不填不变")] = "",
) -> None:
    """换联络员：原来的登录立即退出，打印新的一次性口令。"""
    desk = desk_of(context)
    with desk.writing("users.hand_over", login) as session:
        given = hand_over(
            session,
            unit,
            login,
            new_login=new_login,
            name=name,
            actor=desk.actor(session),
            at=desk.now(),
        )
    desk.answer(
        {"login": given.login, "password": given.password},
        shown=f"账号 {given.login}，一次性口令 {given.password}",
    )
