"""The sealed chain: an edit, a deletion, a cut tail and a restamped chain are each seen."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, update

from shuangyong_core import db
from shuangyong_core.audit.actions import record
from shuangyong_core.audit.models import AuditCheckpoint, AuditEntry, AuditSeal
from shuangyong_core.audit.sealer import count_unsealed, seal, verify_chain

KEY = b"k" * 32


@pytest.fixture
def kept(engine: Engine, at: datetime, tmp_path: Path) -> list[dict[str, Any]]:
    for round_ in range(3):
        with db.write(engine) as session:
            for number in range(5):
                subject = f"unit:{round_}-{number}"
                record(session, act="test", subject=subject, actor="system", at=at)
        with db.write(engine) as session:
            checkpoint = seal(session, key=KEY, at=at)
            assert checkpoint is not None
            checkpoint.write_to(tmp_path)
    lines = (tmp_path / "audit-checkpoints.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def faults(engine: Engine, kept: list[dict[str, Any]]) -> list[str]:
    with db.read(engine) as session:
        return verify_chain(session, key=KEY, kept=kept)


def test_an_untouched_chain_holds(engine: Engine, kept: list[dict[str, Any]]) -> None:
    with db.write(engine) as session:
        assert count_unsealed(session) == 0
    assert faults(engine, kept) == []
    assert [line["count"] for line in kept] == [5, 10, 15]


def test_an_edited_entry_is_named(engine: Engine, kept: list[dict[str, Any]]) -> None:
    with db.write(engine) as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 7).values(act="other"))

    assert faults(engine, kept) == ["第 7 条记录被改动或删去。"]


def test_a_cut_tail_is_seen_by_the_checkpoint(engine: Engine, kept: list[dict[str, Any]]) -> None:
    with db.write(engine) as session:
        session.execute(delete(AuditSeal).where(AuditSeal.no > 12))
        session.execute(delete(AuditEntry).where(AuditEntry.id > 12))
        session.execute(delete(AuditCheckpoint).where(AuditCheckpoint.count > 12))

    assert faults(engine, kept) == ["曾有 15 条记录，现在只剩 12 条，末尾被截去。"]


def test_a_restamped_chain_is_seen(
    engine: Engine, kept: list[dict[str, Any]], at: datetime
) -> None:
    with db.write(engine) as session:
        session.execute(update(AuditEntry).where(AuditEntry.id == 2).values(act="other"))
        session.execute(delete(AuditSeal))
        seal(session, key=KEY, at=at)

    assert faults(engine, kept) == [
        f"第 {n} 条以前的记录被重新写过，与当时的签名不符。" for n in (5, 10, 15)
    ]


def test_a_forged_checkpoint_is_seen(engine: Engine, kept: list[dict[str, Any]]) -> None:
    kept[1]["count"] = 9

    assert faults(engine, kept) == ["第 9 条处的签名不是本机签的。"]
