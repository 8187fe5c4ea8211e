"""Whether a due item is reported (a figure was sent and stands) or settled (accepted for good)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import Target
from shuangyong_core.reports.models import Acceptance, Figure, Report, Status

_item = table_of(DueItem)
# 更正 that is sent, or came back: the one before it counts meanwhile.
WAITING = tuple(map(str, (Status.SUBMITTED, Status.CHECKED, Status.RETURNED)))
# Names of their own: a statement around this may look at reports and targets too.
_report = table_of(Report).alias("report_of_item")
_figure = table_of(Figure).alias("figure_of_item")
_target = table_of(Target).alias("target_of_item")
_accepted = table_of(Acceptance).alias("accepted_of_item")


def is_reported() -> ColumnElement[bool]:
    """This function will tell of a due item that a figure stands for it."""
    is_sent = and_(_figure.c.no == _report.c.latest_no, _report.c.status != str(Status.DRAFT))
    return _has_figure(or_(is_sent, _counts()))


def is_settled() -> ColumnElement[bool]:
    """This function will tell of a due item that a figure of it was accepted and counts, and that
    no 更正 waits to take its place."""
    return and_(
        _has_figure(_counts()), ~_has_figure(_report.c.status.in_(WAITING), is_any_state=True)
    )


def _counts() -> ColumnElement[bool]:
    return (
        exists()
        .where(_accepted.c.report == _report.c.id, _accepted.c.no == _figure.c.no)
        .where(_accepted.c.revoked_at.is_(None))
        .correlate(_report, _figure)
    )


def _has_figure(which: ColumnElement[bool], *, is_any_state: bool = False) -> ColumnElement[bool]:
    found = (
        exists()
        .where(_report.c.unit == _item.c.unit, _report.c.round == _item.c.round)
        .where(_target.c.id == _item.c.target)
        .where(_figure.c.report == _report.c.id, _figure.c.indicator == _target.c.indicator)
        .where(which)
        .correlate(_item)
    )
    return found if is_any_state else found.where(_figure.c.state != "missing")
