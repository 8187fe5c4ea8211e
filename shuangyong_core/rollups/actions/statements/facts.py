"""The facts a state is read from: what is due, what was sent, what of it counts now."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.plans.models import Indicator, Target
from shuangyong_core.reports.models import Acceptance, Figure, Report, Submission
from shuangyong_core.units.models import Unit


def is_live() -> ColumnElement[bool]:
    """This function will say that an acceptance of a report counts now; at most one does."""
    newest = Acceptance.__table__.alias("newest")
    return and_(
        Acceptance.report == Report.id,
        Acceptance.revoked_at.is_(None),
        Acceptance.no
        == select(func.max(newest.c.no))
        .where(newest.c.report == Report.id, newest.c.revoked_at.is_(None))
        .scalar_subquery(),
    )


DUE_AND_SENT = (
    DueItem.__table__.join(Target, Target.id == DueItem.target)
    .join(Indicator, Indicator.id == Target.indicator)
    .join(Unit, Unit.id == DueItem.unit)
    .outerjoin(Report, and_(Report.unit == DueItem.unit, Report.round == DueItem.round))
    .outerjoin(Acceptance, is_live())
    .outerjoin(
        Submission,
        and_(Submission.report == Acceptance.report, Submission.no == Acceptance.no),
    )
    .outerjoin(
        Figure,
        and_(
            Figure.report == Acceptance.report,
            Figure.no == Acceptance.no,
            Figure.indicator == Target.indicator,
        ),
    )
)
