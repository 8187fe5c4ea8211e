"""Whether a due item is reported: a figure of it was sent and stands, or was accepted."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import Target
from shuangyong_core.reports.models import Acceptance, Figure, Report, Status

_item = table_of(DueItem)


def is_reported() -> ColumnElement[bool]:
    """This function will tell of a due item that a figure stands for it."""
    report, figure, target = table_of(Report), table_of(Figure), table_of(Target).alias("of_item")
    accepted = table_of(Acceptance).alias("accepted_now")
    counts = exists().where(
        accepted.c.report == report.c.id,
        accepted.c.no == figure.c.no,
        accepted.c.revoked_at.is_(None),
    )
    is_sent = and_(figure.c.no == report.c.latest_no, report.c.status != str(Status.DRAFT))
    return (
        exists()
        .where(report.c.unit == _item.c.unit, report.c.round == _item.c.round)
        .where(target.c.id == _item.c.target)
        .where(figure.c.report == report.c.id, figure.c.indicator == target.c.indicator)
        .where(figure.c.state != "missing", or_(is_sent, counts))
        .correlate(_item)
    )
