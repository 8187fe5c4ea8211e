"""Keeps what the product counted by itself for automatic targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.db import insert_into
from shuangyong_core.reports.models import Counted


@dataclass(frozen=True, slots=True)
class Count:
    """A unit's count for an automatic target in a round."""

    target: int
    unit: int
    round: int
    numerator: int
    denominator: int


def record_counts(session: Session, counts: Iterable[Count], *, at: datetime) -> None:
    """This function will keep counts over the ones before; whoever calls outside the fold marks."""
    rows = [asdict(count) | {"at": at} for count in counts]
    if not rows:
        return
    statement = insert_into(session, Counted)
    fresh = {name: statement.excluded[name] for name in ("numerator", "denominator", "at")}
    keys = ["target", "unit", "round"]
    session.execute(statement.on_conflict_do_update(index_elements=keys, set_=fresh), rows)
