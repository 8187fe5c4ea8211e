"""A unit's own state of a target in a round, from what stands in the reports and was accepted."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.types import Date

from shuangyong_core.assignments.models import DueItem
from shuangyong_core.db import table_of
from shuangyong_core.plans.models import Indicator, Target, TargetVersion
from shuangyong_core.reports.models import (
    Acceptance,
    Counted,
    Figure,
    FigureKey,
    Report,
    Status,
    Submission,
)
from shuangyong_core.rollups.actions.statements.dialects import shanghai_date_of
from shuangyong_core.rollups.actions.statements.dirty import only_dirty
from shuangyong_core.rollups.actions.statements.facts import DUE_AND_SENT
from shuangyong_core.rollups.actions.statements.tables import (
    COUNTED_NOW,
    PLANS,
    VALUES,
    Tables,
)
from shuangyong_core.rollups.models import COUNTS
from shuangyong_core.units.models import Unit

Expression = ColumnElement[Any]
COLUMNS = ("unit", "target", "round", *COUNTS, *VALUES)


def flag(condition: ColumnElement[bool]) -> Expression:
    """This function will give 1 when a condition holds, else 0; a NULL does not hold."""
    return case((condition, 1), else_=0)


@cache
def from_reports(tables: Tables) -> Insert:
    """This function will fill the states of all that is due, reported or not."""
    first = Submission.__table__.alias("first_submission")
    source = DUE_AND_SENT.outerjoin(first, and_(first.c.report == Report.id, first.c.no == 1))
    sent = Figure.__table__.alias("figure_sent")
    is_sent = (sent.c.report == Report.id, sent.c.no == Report.latest_no)
    source = source.outerjoin(sent, and_(*is_sent, sent.c.indicator == Target.indicator))
    counts = _counts_of_reports(_first_at(first.c.at), is_there=_is_there(sent.c.state))
    has_value = and_(Acceptance.no.is_not(None), Figure.state == "reported")
    as_of = shanghai_date_of(Submission.at)
    values = _values(
        has_value, Figure.numerator, Figure.denominator, as_of, 1 - counts["not_involved"]
    )
    columns = {**counts, **values}
    statement = (
        select(DueItem.unit, DueItem.target, DueItem.round)
        .add_columns(*(columns[name] for name in (*COUNTS, *VALUES)))
        .select_from(source)
        .where(DueItem.valid_to.is_(None), Target.plan.in_(PLANS))
    )
    statement = only_dirty(statement, tables, table_of(DueItem))
    return insert(tables.by_round.leaf).from_select(COLUMNS, statement)


@cache
def from_counted(tables: Tables) -> Insert:
    """This function will fill the states of what the product counts by itself."""
    source = _counted(tables)
    counted = source.c
    # A rate says something as soon as there is what it is a rate of.
    is_rate = Indicator.kind == "ratio"
    done = flag(case((is_rate, counted.denominator > 0), else_=counted.numerator > 0))
    counts: dict[str, Expression] = {name: literal(0) for name in COUNTS}
    counts |= {"expected": literal(1), "reported": done, "accepted": done}
    as_of = shanghai_date_of(counted.at)
    always = counted.unit.is_not(None)
    whole = case((is_rate, counted.denominator))
    values = _values(always, counted.numerator, whole, as_of, literal(1))
    statement = (
        select(counted.unit, counted.target, counted.round)
        .add_columns(*({**counts, **values}[name] for name in (*COUNTS, *VALUES)))
        .select_from(source)
        .join(Target, Target.id == counted.target)
        .join(Indicator, Indicator.id == Target.indicator)
        .join(Unit, Unit.id == counted.unit)
        .join(
            TargetVersion,
            and_(TargetVersion.target == Target.id, TargetVersion.to_version.is_(None)),
        )
        .where(TargetVersion.automatic.is_not(None), Target.plan.in_(PLANS))
    )
    return insert(tables.by_round.leaf).from_select(COLUMNS, statement)


def _counted(tables: Tables) -> FromClause:
    """What was counted: beside the writers, what this fold counts and will write down is newer."""
    kept, now = table_of(Counted), COUNTED_NOW
    if not tables.only_dirty:
        return kept
    same = (now.c[name] == kept.c[name] for name in ("target", "unit", "round"))
    older = only_dirty(select(*kept.c), tables, kept).where(~exists().where(*same))
    return union_all(only_dirty(select(*now.c), tables, now), older).subquery("counted")


def _is_there(sent_state: Expression) -> ColumnElement[bool]:
    """An item with a granted later date may be left out; then nothing was said of it yet."""
    return func.coalesce(sent_state, "") != "missing"


def _first_at(first_at: Expression) -> Expression:
    """When an item was reported first: with the report, unless it was granted a later date."""
    figure, sent = Figure.__table__.alias("figure_first"), Submission.__table__.alias("with_it")
    joined = figure.join(sent, and_(sent.c.report == figure.c.report, sent.c.no == figure.c.no))
    of_item = (figure.c.report == Report.id, figure.c.indicator == Target.indicator)
    brought = (
        select(func.min(sent.c.at))
        .select_from(joined)
        .where(*of_item, figure.c.state != "missing")
        .correlate(Report, Target)
        .scalar_subquery()
    )
    return case((DueItem.due > DueItem.first_due, brought), else_=first_at)


def _counts_of_reports(
    first_at: Expression, *, is_there: ColumnElement[bool]
) -> dict[str, Expression]:
    has_acceptance = and_(Acceptance.no.is_not(None), func.coalesce(Figure.state, "") != "missing")
    # A 更正 may be taken back to a draft while the accepted one before it still counts.
    is_reported = or_(and_(Report.status != Status.DRAFT.value, is_there), has_acceptance)
    is_waiting = Report.status.in_([Status.SUBMITTED.value, Status.CHECKED.value])
    is_accepted = and_(has_acceptance, Figure.state.in_(["reported", "not_involved"]))
    in_time = or_(shanghai_date_of(first_at) <= type_coerce(DueItem.due, Date), DueItem.is_backfill)
    return {
        "expected": literal(1),
        "reported": flag(is_reported),
        "accepted": flag(is_accepted),
        "pending": flag(and_(is_waiting, is_there, ~has_acceptance)),
        "returned": flag(and_(Report.status == Status.RETURNED.value, is_there)),
        "reviewing": flag(and_(Report.status == Status.REOPENED.value, is_there)),
        "on_time": flag(and_(is_reported, in_time)),
        "not_involved": flag(and_(has_acceptance, Figure.state == "not_involved")),
    }


def _values(
    has_value: ColumnElement[bool],
    numerator: Any,
    denominator: Any,
    as_of: Expression,
    involved: Expression,
) -> dict[str, Expression]:
    over = Indicator.over_units
    is_done = and_(has_value, or_(Indicator.kind != "yes_no", numerator == 1))
    keys = (
        select(func.count())
        .where(
            FigureKey.report == Figure.report,
            FigureKey.no == Figure.no,
            FigureKey.indicator == Figure.indicator,
        )
        .correlate(Figure)
        .scalar_subquery()
    )
    return {
        "numerator": case(
            (over == "none", null()),
            (over == "all_done", flag(is_done)),
            (and_(over == "distinct", has_value), keys),
            (has_value, numerator),
        ),
        "denominator": case(
            (over == "all_done", involved),
            (over.in_(["none", "distinct", "max"]), null()),
            (has_value, denominator),
        ),
        "as_of": case((has_value, as_of)),
        "as_of_code": case((and_(has_value, over == "latest"), Unit.code)),
    }
