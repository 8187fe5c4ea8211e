"""Writing the record: an act's entry rides in its transaction, a refusal's in the door's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.db import table_of
from shuangyong_core.errors import Refused
from shuangyong_core.later import write_later

DONE = "done"  # 已办
REFUSED = "refused"  # 已拒绝
WRITE_ENTRY = insert(table_of(AuditEntry))


def record(
    session: Session,
    *,
    act: str,
    subject: str,
    actor: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """This function will write the entry of an act; ids, codes and counts only."""
    _write(session, act=act, subject=subject, actor=actor, at=at, result=DONE, detail=detail)


def record_refusal(
    session: Session, *, act: str, subject: str, actor: str, at: datetime, refused: Refused
) -> None:
    """This function will write the entry of a refusal: its code and how many problems, no text."""
    detail = {"code": refused.code, "problems": len(refused.problems)}
    _write(session, act=act, subject=subject, actor=actor, at=at, result=REFUSED, detail=detail)


def _write(
    session: Session,
    *,
    act: str,
    subject: str,
    actor: str,
    at: datetime,
    result: str,
    detail: Mapping[str, Any] | None,
) -> None:
    entry = {
        "act": act,
        "subject": subject[:160],
        "actor": actor,
        "at": at,
        "result": result,
        "detail": dict(detail or {}),
    }
    write_later(session, WRITE_ENTRY, [entry])
