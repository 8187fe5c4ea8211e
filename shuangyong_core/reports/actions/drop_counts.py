"""Takes away what the product counted as not done of units that are gone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shuangyong_core.before import leave
from shuangyong_core.clock import shanghai_date
from shuangyong_core.db import table_of
from shuangyong_core.marks.actions import mark
from shuangyong_core.plans.models import Round
from shuangyong_core.reports.models import COUNTED_WAS, Counted


def drop_counts(session: Session, plan: int, units: Collection[int], *, at: datetime) -> None:
    """This function will drop what is still to be done in rounds not over; what is done stays."""
    rounds = select(Round.id).where(Round.plan == plan, Round.locks_on >= shanghai_date(at))
    lost = (Counted.unit.in_(sorted(units)), Counted.numerator == 0, Counted.round.in_(rounds))
    leave(session, table_of(Counted), COUNTED_WAS, *lost, at=at)
    gone = delete(Counted).where(*lost).returning(Counted.unit, Counted.target, Counted.round)
    mark(session, [(u, t, r) for u, t, r in session.connection().execute(gone)])
