"""`shuangyong audit`: does the record hold, and give it out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.audit.sealer import plain, verify_chain
from shuangyong_core.cli.desk import desk_of
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.keys import get_key

app = typer.Typer(help="审计：核对、导出", no_args_is_help=True)


@app.command()
def verify(context: typer.Context) -> None:
    """核对审计链和库外的签名。"""
    desk = desk_of(context)
    folder = desk.settings.data
    kept_file = folder / "audit-checkpoints.jsonl"
    lines = kept_file.read_text(encoding="utf-8").splitlines() if kept_file.exists() else []
    kept = [json.loads(line) for line in lines]
    with desk.reading() as session:
        faults = verify_chain(session, key=get_key(folder), kept=kept)
    if faults:
        raise Problems([Problem("audit", fault) for fault in faults])
    desk.answer({"faults": 0, "checkpoints": len(kept)}, shown=f"完好，{len(kept)} 次签名都相符。")


@app.command()
def export(context: typer.Context, file: Annotated[Path, typer.Argument()]) -> None:
    """导出审计记录，一行一条 JSON。"""
    desk = desk_of(context)
    with desk.reading() as session, file.open("w", encoding="utf-8") as target:
        count = 0
        for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id)):
            target.write(json.dumps(plain(entry), ensure_ascii=False) + "\n")
            count += 1
    desk.answer({"entries": count}, shown=f"已导出 {count} 条：{file}")
