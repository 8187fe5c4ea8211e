"""`audit`: an edit and a cut are seen, the record is given out whole."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, func, select, update

from shuangyong_core import db
from shuangyong_core.audit.models import AuditCheckpoint, AuditEntry, AuditSeal
from shuangyong_core.audit.sealer import seal
from shuangyong_core.keys import get_key
from tests.cli.conftest import Operator


@pytest.fixture
def sealed(operator: Operator, engine_of: Engine, at: datetime) -> Operator:
    """A record of five acts, the first four of them sealed in two steps."""
    for number in range(5):
        operator.done("users", "add", f"u{number}", "--name", "岗位")
        if number in (1, 3):
            with db.write(engine_of) as session:
                checkpoint = seal(session, key=get_key(operator.folder), at=at)
                assert checkpoint is not None
                checkpoint.write_to(operator.folder)
    return operator


def test_an_untouched_record_holds_and_says_what_waits(sealed: Operator) -> None:
    said = sealed.done("audit", "verify", "--json").json

    assert said == {"faults": 0, "checkpoints": 2, "unsealed": 1}
    assert "另有 1 条等待签名" in sealed.done("audit", "verify").out


def test_an_edited_row_is_named(sealed: Operator, engine_of: Engine) -> None:
    with db.write(engine_of) as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 2).values(actor="user:9"))

    assert "第 2 条记录被改动或删去" in sealed.refused("audit", "verify")


def test_a_cut_is_seen_though_the_database_agrees_with_itself(
    sealed: Operator, engine_of: Engine
) -> None:
    with db.write(engine_of) as session:
        session.execute(delete(AuditSeal).where(AuditSeal.no > 2))
        session.execute(delete(AuditCheckpoint).where(AuditCheckpoint.count > 2))
        session.execute(delete(AuditEntry).where(AuditEntry.id > 2))

    assert "曾有 4 条记录，现在只剩 2 条" in sealed.refused("audit", "verify")


def test_a_broken_line_outside_is_named(sealed: Operator) -> None:
    with (sealed.folder / "audit-checkpoints.jsonl").open("a") as kept:
        kept.write('{"count": "x"}\n')

    assert "audit-checkpoints.jsonl 第 3 行" in sealed.refused("audit", "verify")


def test_the_record_is_given_out_one_json_a_line(
    sealed: Operator, engine_of: Engine, tmp_path: Path
) -> None:
    sealed.refused("users", "add", "u0", "--name", "岗位")

    sealed.done("audit", "export", tmp_path / "record.jsonl")

    lines = [json.loads(line) for line in (tmp_path / "record.jsonl").open(encoding="utf-8")]
    with db.read(engine_of) as session:
        assert len(lines) == session.scalar(select(func.count()).select_from(AuditEntry))
    assert lines[-1]["result"] == "refused"
    assert lines[-1]["detail"] == {"code": "login_taken", "problems": 0}


def test_an_export_to_nowhere_leaves_what_was_there(sealed: Operator, tmp_path: Path) -> None:
    assert "没有这个文件或文件夹" in sealed.refused("audit", "export", tmp_path / "no" / "a.jsonl")
    assert "这是文件夹" in sealed.refused("audit", "export", tmp_path)
