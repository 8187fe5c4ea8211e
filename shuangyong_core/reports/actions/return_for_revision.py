"""Returns a submission (退回修改): one reason and every field to mend, all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.reports.actions.decide import Decision, check_decidable, hold_for_review
from shuangyong_core.reports.actions.move import move
from shuangyong_core.reports.models import ReviewReturn
from shuangyong_core.reports.queries.fields import required_figures
from shuangyong_core.reports.rules.review import check_fields, check_reason
from shuangyong_core.reports.rules.status import Act, Status


def return_for_revision(
    session: Session,
    report: int,
    *,
    no: int,
    reason: str,
    fields: Mapping[str, str],
    actor: Actor,
    at: datetime,
) -> Decision:
    """This function will return the submission seen; ReasonMissing, ContentChanged, OwnReport …"""
    held, place = hold_for_review(session, report, actor=actor)
    codes = {item.code for item in required_figures(session, place.unit, place.round)}
    said = check_reason(reason, act="退回")
    mends = check_fields(fields, codes=codes)
    first = session.scalar(
        select(ReviewReturn).where(
            ReviewReturn.report == report, ReviewReturn.no == no, ReviewReturn.actor == actor.key
        )
    )
    if first is not None and (first.reason, first.fields) == (said, mends):
        return Decision(report, no, Status.RETURNED, first.at)
    check_decidable(session, held, act=Act.RETURN, no=no, actor=actor)
    detail = {"fields": sorted(mends)}
    status = move(session, held, place, act=Act.RETURN, actor=actor, at=at, note=said,
                  detail=detail)  # fmt: skip
    session.execute(
        insert(ReviewReturn).values(
            report=report, no=no, at=at, actor=actor.key, reason=said, fields=mends
        )
    )
    return Decision(report, no, status, at)
