"""What the product counted by itself for units that are asked no longer is forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment, ReportStatus
from shuangyong_core.before import leave
from shuangyong_core.db import table_of
from shuangyong_core.marks.models import Mark
from shuangyong_core.plans.models import Plan, Target, TargetReporter, TargetVersion
from shuangyong_core.reports.models import COUNTED_WAS, Counted
from shuangyong_core.units.models import Unit


def drop_counted(session: Session, plan: Plan, *, at: datetime) -> None:
    """This function will delete what was counted in places that are no more, with their marks."""
    group = and_(
        TargetReporter.target == TargetVersion.target,
        TargetReporter.from_version == TargetVersion.from_version,
        or_(TargetReporter.who == Unit.kind, TargetReporter.who == Unit.code),
    )
    asked = (
        select(Assignment.unit)
        .join(Unit, Unit.id == Assignment.unit)
        .join(TargetVersion, TargetVersion.target == Assignment.target)
        .join(TargetReporter, group)
        .where(TargetVersion.to_version.is_(None), TargetReporter.round == Counted.round)
        .where(Assignment.target == Counted.target, Assignment.unit == Counted.unit)
        .where(Assignment.report_status != ReportStatus.WITHDRAWN.value)
        .correlate(Counted)
    )
    of_plan = Counted.target.in_(select(Target.id).where(Target.plan == plan.id))
    lost = (of_plan, ~exists(asked))
    rows = select(Counted.unit, Counted.target, Counted.round).where(*lost)
    session.execute(insert(Mark).from_select(["unit", "target", "round"], rows))
    leave(session, table_of(Counted), COUNTED_WAS, *lost, at=at)
    session.execute(delete(Counted).where(*lost).execution_options(synchronize_session=False))
