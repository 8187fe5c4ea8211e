"""The facts of a plan as they stood right before an instant, laid over the kept ones by name."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    FromClause,
    Index,
    Insert,
    Integer,
    MetaData,
    Select,
    Table,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
)

from shuangyong_core.assignments.models import DUE_ITEM_WAS, Assignment, DueItem, Quota
from shuangyong_core.before import as_they_were
from shuangyong_core.db import Base, UtcDateTime, table_of
from shuangyong_core.marks.models import Step
from shuangyong_core.plans.models import ROUND_WAS, Edition, Node, Round, Target, TargetVersion
from shuangyong_core.reports.models import (
    COUNTED_WAS,
    Acceptance,
    Counted,
    Report,
    ReviewReturn,
    Submission,
)
from shuangyong_core.reports.queries.happened import SUBJECT
from shuangyong_core.reports.rules.status import Status
from shuangyong_core.rollups.models import Cell, CellYtd, LeafState, LeafYtd
from shuangyong_core.units.models import UnitSuccession

# A schema that stands for the temporary tables; unqualified names find them first.
THEN = "then"
END = bindparam("of_end", type_=UtcDateTime())
PLAN = bindparam("of_plan", type_=BigInteger())
EDITION = bindparam("of_edition", type_=Integer())
VERSION = bindparam("of_version", type_=Integer())
ONE = bindparam("of_target", type_=BigInteger())
BUILT = (LeafState, LeafYtd, Cell, CellYtd)


@cache
def tables() -> dict[str, Table]:
    """This function will give the tables that hide the kept ones, with their keys and indexes."""
    kept = (Edition, Node, Round, TargetVersion, Quota, DueItem, Assignment, Report, Acceptance,
            Counted, ReviewReturn, UnitSuccession, *BUILT)  # fmt: skip
    return {model.__tablename__: _over(table_of(model)) for model in kept}


@cache
def copies(*, of_one: bool) -> list[Insert]:
    """This function will fill them from what is kept; of one target, or of all."""
    picked = {DueItem: _due_items(), Quota: _quotas(), Counted: _counted(), Assignment: _given()}
    whole: dict[type[Base], Any] = {
        Edition: select(Edition.__table__).where(Edition.plan == PLAN, Edition.applied_at < END),
        Node: _until(Node, "edition", EDITION).where(Node.plan == PLAN),
        TargetVersion: _until(TargetVersion, "version", VERSION).where(_in_plan(TargetVersion)),
        Round: _rounds(),
        Report: _reports(),
        Acceptance: _acceptances(),
        ReviewReturn: _returns(),
        UnitSuccession: _successions(),
    }
    if of_one:
        picked = {model: _of_one(rows) for model, rows in picked.items()}
    return [_fill(model, rows) for model, rows in (picked | whole).items()]


def _over(kept: Table) -> Table:
    columns = [Column(c.name, c.type, primary_key=c.primary_key) for c in kept.columns]
    over = Table(kept.name, MetaData(), *columns, schema=THEN, prefixes=["TEMPORARY"])
    for number, index in enumerate(sorted(kept.indexes, key=lambda index: str(index.name))):
        Index(f"then_{kept.name}_{number}", *(over.c[each.name] for each in index.columns))
    return over


def _fill(model: type[Base], rows: Any) -> Insert:
    return insert(tables()[model.__tablename__]).from_select(table_of(model).c.keys(), rows)


def _with(table: FromClause, **changed: Any) -> Select[Any]:
    return select(*(changed.get(column.name, column).label(column.name) for column in table.c))


def _in_plan(row: Any) -> Any:
    return row.target.in_(select(Target.id).where(Target.plan == PLAN))


def _as_of(model: Any, was: Table) -> Any:
    return as_they_were(table_of(model), was, END).subquery()


def _of_one(rows: Select[Any]) -> Select[Any]:
    return rows.where(rows.selected_columns.target == ONE)


def _until(model: Any, what: str, number: Any) -> Select[Any]:
    """Rows from/to a number: those that had begun, and had not ended."""
    ended, table = getattr(model, f"to_{what}"), table_of(model)
    changed = {f"to_{what}": case((ended <= number, ended))}
    return _with(table, **changed).where(getattr(model, f"from_{what}") <= number)


def _rounds() -> Select[Any]:
    rows = _as_of(Round, ROUND_WAS)
    closed = case((rows.c.closed_edition <= EDITION, rows.c.closed_edition))
    return _with(rows, closed_edition=closed).where(rows.c.plan == PLAN)


def _begun(table: Any) -> Select[Any]:
    """What had ended by then has its end: a round that had closed shows the quotas of its close."""
    ended = case((table.c.valid_to < END, table.c.valid_to))
    return _with(table, valid_to=ended).where(_in_plan(table.c), table.c.valid_from < END)


def _due_items() -> Select[Any]:
    return _begun(_as_of(DueItem, DUE_ITEM_WAS))


def _quotas() -> Select[Any]:
    return _begun(table_of(Quota))


def _counted() -> Select[Any]:
    rows = _as_of(Counted, COUNTED_WAS)
    return select(*rows.c).where(_in_plan(rows.c), rows.c.at < END)


def _given() -> Select[Any]:
    """An assignment was there as soon as anything was held or due by it; or nothing ever is."""
    ever, since = [], []
    for table in (table_of(Quota), table_of(DueItem), DUE_ITEM_WAS):
        same = (table.c.target == Assignment.target, table.c.unit == Assignment.unit)
        rows = select(table.c.target).where(*same)
        ever.append(rows.exists())
        since.append(rows.where(table.c.valid_from < END).exists())
    began = or_(*since, ~or_(*ever))
    return select(Assignment.__table__).where(_in_plan(Assignment), began)


def _reports() -> Select[Any]:
    """Where a report stood is told by its last step; its submissions never change."""
    step = (
        select(Step.to_status)
        .where(Step.subject_kind == SUBJECT, Step.subject_id == Report.id, Step.at < END)
        .order_by(Step.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    sent = Submission.__table__.alias("sent").c
    last = select(func.max(sent.no)).where(sent.report == Report.id, sent.at < END)
    status = func.coalesce(step, Status.DRAFT.value)
    changed = {"status": status, "latest_no": func.coalesce(last.scalar_subquery(), 0)}
    return _with(table_of(Report), **changed).where(_of_plan(Report.round))


def _acceptances() -> Select[Any]:
    """What had been taken back by then has its end: the course of the year shows it until then."""
    revoked = case((Acceptance.revoked_at < END, Acceptance.revoked_at))
    rows = _with(table_of(Acceptance), revoked_at=revoked)
    return rows.where(_of_report(Acceptance.report), Acceptance.accepted_at < END)


def _returns() -> Select[Any]:
    rows = select(ReviewReturn.__table__)
    return rows.where(_of_report(ReviewReturn.report), ReviewReturn.at < END)


def _of_report(report: Any) -> Any:
    return report.in_(select(Report.id).where(_of_plan(Report.round)))


def _of_plan(round_: Any) -> Any:
    return round_.in_(select(Round.id).where(Round.plan == PLAN))


def _successions() -> Select[Any]:
    """Who was gone from the plan by then: its node only kept its figures."""
    gone = select(Node.unit).where(
        Node.plan == PLAN, Node.from_edition <= EDITION, Node.is_silent,
        or_(Node.to_edition.is_(None), Node.to_edition > EDITION),
    )  # fmt: skip
    return select(UnitSuccession.__table__).where(UnitSuccession.old.in_(gone))
