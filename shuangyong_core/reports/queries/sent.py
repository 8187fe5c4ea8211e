"""What stands where reports are about to be sent: the report, and what a key was used for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select, tuple_
from sqlalchemy.orm import Session

from shuangyong_core.db import table_of
from shuangyong_core.reports.models import Report, Submission

_report, _sent = table_of(Report).c, table_of(Submission)
HELD = select(_report.id, _report.status, _report.version, _report.latest_no)
AT_MANY = HELD.add_columns(_report.unit, _report.round).where(
    tuple_(_report.unit, _report.round).in_(bindparam("places", expanding=True))
)
OF_KEY = select(_sent).where(
    _sent.c.actor == bindparam("of_actor"), _sent.c.idempotency_key == bindparam("of_key")
)
OF_KEYS = select(_sent).where(
    tuple_(_sent.c.actor, _sent.c.idempotency_key).in_(bindparam("keys", expanding=True))
)


def reports_at(
    session: Session, places: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], Row[Any] | None]:
    """This function will find the reports of many units in rounds; nothing where there is none."""
    found: dict[tuple[int, int], Row[Any] | None] = dict.fromkeys(places)
    if places:
        for row in session.execute(AT_MANY, {"places": places}):
            found[(row.unit, row.round)] = row
    return found


def submissions_of(
    session: Session, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Row[Any] | None]:
    """This function will find what each actor has sent with a key; nothing for a new key."""
    found: dict[tuple[str, str], Row[Any] | None] = dict.fromkeys(keys)
    if keys:
        for row in session.execute(OF_KEYS, {"keys": keys}):
            found[(row.actor, row.idempotency_key)] = row
    return found
