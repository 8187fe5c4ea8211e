"""A plan's content as it is kept now, as rows to compare a file with."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from shuangyong_core.plans.actions.content import (
    DATES,
    HEAD,
    REPORTER,
    REPORTER_DATES,
    ROUND,
    VERSION,
    Content,
)
from shuangyong_core.plans.models import (
    Indicator,
    Plan,
    Round,
    Target,
    TargetReporter,
    TargetVersion,
)


def kept_content(session: Session, plan: Plan) -> Content:
    """This function will read a plan's content as it is kept now."""
    rounds = session.execute(
        select(*(getattr(Round, name) for name in (*ROUND, *DATES)))
        .where(Round.plan == plan.id, Round.dropped_at.is_(None))
        .order_by(Round.due_date)
    ).mappings()
    targets = session.execute(
        select(
            Target.code,
            Indicator.code.label("indicator"),
            *(getattr(TargetVersion, name) for name in VERSION),
        )
        .join(TargetVersion, TargetVersion.target == Target.id)
        .join(Indicator, Indicator.id == Target.indicator)
        .where(Target.plan == plan.id, TargetVersion.to_version.is_(None))
        .order_by(TargetVersion.position)
    ).mappings()
    reporters = session.execute(
        select(
            Target.code.label("target"),
            Round.code.label("round"),
            *(getattr(TargetReporter, name) for name in (*REPORTER, *REPORTER_DATES)),
        )
        .join(Target, Target.id == TargetReporter.target)
        .join(
            TargetVersion,
            and_(
                TargetVersion.target == TargetReporter.target,
                TargetVersion.from_version == TargetReporter.from_version,
            ),
        )
        .join(Round, Round.id == TargetReporter.round)
        .where(Target.plan == plan.id, TargetVersion.to_version.is_(None))
    ).mappings()
    return Content(
        plan.issuer,
        {name: getattr(plan, name) for name in HEAD},
        tuple(map(dict, rounds)),
        tuple(map(dict, targets)),
        tuple(map(dict, reporters)),
    )
