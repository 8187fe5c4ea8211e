"""`shuangyong audit`: does the record hold, and give it out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.rules import require_administrator
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.audit.sealer import count_unsealed, plain, verify_chain
from shuangyong_core.cli.desk import Desk, desk_of
from shuangyong_core.cli.files import read_file, write_file
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.keys import get_key

app = typer.Typer(help="审计：核对、导出", no_args_is_help=True)
KEPT = "audit-checkpoints.jsonl"


class RecordBroken(Problems):
    """The record is not what was signed."""

    message = "审计记录有 {count} 处对不上。请不要再动数据库，报告安全管理员。"
    code = "record_broken"


@app.command()
def verify(context: typer.Context) -> None:
    """核对审计链和库外的签名。"""
    desk = desk_of(context)
    with desk.reading() as session:
        require_administrator(desk.actor(session), Role.AUDIT_ADMIN)
        kept = _kept(desk)
        faults = verify_chain(session, key=get_key(desk.settings.data), kept=kept)
        unsealed = count_unsealed(session)
    if faults:
        raise RecordBroken([Problem("audit", fault) for fault in faults])
    answer = {"faults": 0, "checkpoints": len(kept), "unsealed": unsealed}
    waiting = f"另有 {unsealed} 条等待签名（网页开着时每分钟签一次）。" if unsealed else ""
    desk.answer(answer, shown=f"审计记录完好，{len(kept)} 次签名都相符。{waiting}")


def _kept(desk: Desk) -> list[Mapping[str, Any]]:
    path = desk.settings.data / KEPT
    if not path.exists():
        return []
    kept: list[Mapping[str, Any]] = []
    problems = []
    for row, line in enumerate(read_file(path).split(b"\n"), start=1):
        try:
            kept += [_checkpoint(json.loads(line))] if line.strip() else []
        except (ValueError, KeyError, TypeError):
            problems.append(Problem("audit", "这一行签名读不出来。", file=KEPT, row=row))
    if problems:
        raise RecordBroken(problems)
    return kept


def _checkpoint(line: Mapping[str, Any]) -> Mapping[str, Any]:
    bytes.fromhex(line["head"])
    return {"at": str(line["at"]), "count": int(line["count"]), "head": line["head"],
            "signature": line["signature"]}  # fmt: skip


@app.command()
def export(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="要写的文件（jsonl）")]
) -> None:
    """导出审计记录，一行一条 JSON。"""
    desk = desk_of(context)
    with desk.reading() as session:
        require_administrator(desk.actor(session), Role.AUDIT_ADMIN)
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        lines = [json.dumps(plain(entry), ensure_ascii=False) for entry in entries]
    write_file(file, "".join(line + "\n" for line in lines))
    desk.answer({"entries": len(lines)}, shown=f"已导出 {len(lines)} 条：{file}")
