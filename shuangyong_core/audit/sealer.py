"""The single sealer: chains the committed entries and signs a checkpoint, away from any act."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from shuangyong_core.audit.models import AuditCheckpoint, AuditEntry, AuditSeal
from shuangyong_core.audit.rules import GENESIS, link, sign

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed statement of the chain's head and length."""

    at: datetime
    count: int
    head: bytes
    signature: bytes

    def write_to(self, folder: Path) -> None:
        """This function will keep the checkpoint outside the database, one line each."""
        line = json.dumps(
            {
                "at": self.at.isoformat(),
                "count": self.count,
                "head": self.head.hex(),
                "signature": self.signature.hex(),
            }
        )
        with (folder / "audit-checkpoints.jsonl").open("a", encoding="utf-8") as kept:
            kept.write(line + "\n")


def seal(session: Session, *, key: bytes, at: datetime) -> Checkpoint | None:
    """This function will chain what is committed and not yet sealed; nothing new gives None."""
    count, head = _head(session)
    waiting = select(AuditEntry).where(AuditEntry.id.not_in(select(AuditSeal.entry)))
    entries = session.scalars(waiting.order_by(AuditEntry.id).limit(BATCH)).all()
    if not entries:
        return None
    seals = []
    for entry in entries:
        count, head = count + 1, link(head, plain(entry))
        seals.append({"no": count, "entry": entry.id, "hash": head})
    session.execute(insert(AuditSeal), seals)
    signature = sign(key, count=count, head=head, at=at.isoformat())
    session.execute(
        insert(AuditCheckpoint).values(at=at, count=count, head=head, signature=signature)
    )
    return Checkpoint(at, count, head, signature)


def verify_chain(session: Session, *, key: bytes, kept: list[Mapping[str, Any]]) -> list[str]:
    """This function will name what does not hold: an entry, a checkpoint, a length."""
    hashes, faults = _walk(session)
    for line in kept:
        count, head = int(line["count"]), bytes.fromhex(line["head"])
        good = sign(key, count=count, head=head, at=line["at"]).hex() == line["signature"]
        if not good:
            faults.append(f"第 {count} 条处的签名不是本机签的。")
        elif count > len(hashes):
            faults.append(f"曾有 {count} 条记录，现在只剩 {len(hashes)} 条，末尾被截去。")
        elif count and hashes[count - 1] != head:
            faults.append(f"第 {count} 条以前的记录被重新写过，与当时的签名不符。")
    return faults


def _walk(session: Session) -> tuple[list[bytes], list[str]]:
    hashes: list[bytes] = []
    faults: list[str] = []
    head = GENESIS
    rows = session.execute(
        select(AuditSeal, AuditEntry)
        .outerjoin(AuditEntry, AuditEntry.id == AuditSeal.entry)
        .order_by(AuditSeal.no)
    )
    for number, (sealed, entry) in enumerate(rows, start=1):
        if sealed.no != number:
            faults.append(f"审计链缺第 {number} 环。")
            break
        if entry is None or link(head, plain(entry)) != sealed.hash:
            faults.append(f"第 {sealed.entry} 条记录被改动或删去。")
        head = sealed.hash
        hashes.append(head)
    return hashes, faults


def plain(entry: AuditEntry) -> dict[str, Any]:
    """This function will give an entry as the plain values that are hashed."""
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "act": entry.act,
        "subject": entry.subject,
        "result": entry.result,
        "detail": entry.detail,
    }


def _head(session: Session) -> tuple[int, bytes]:
    latest = session.execute(
        select(AuditSeal.no, AuditSeal.hash).order_by(AuditSeal.no.desc()).limit(1)
    ).first()
    return (latest.no, latest.hash) if latest else (0, GENESIS)


def count_unsealed(session: Session) -> int:
    """This function will count the entries that wait for the sealer."""
    sealed = session.scalar(select(func.count()).select_from(AuditSeal)) or 0
    return (session.scalar(select(func.count()).select_from(AuditEntry)) or 0) - sealed
