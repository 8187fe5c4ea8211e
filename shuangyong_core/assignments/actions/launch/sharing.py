"""What stands in the way of an exact split: found in the work, told all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.actions.launch.content import TargetContent
from shuangyong_core.assignments.actions.launch.work import WORK
from shuangyong_core.errors import Problem
from shuangyong_core.plans.rules.limits import LARGEST_WEIGHT


def find_unshareable(
    session: Session, contents: Sequence[TargetContent], *, top: int
) -> list[Problem]:
    """This function will find the totals in the work that cannot be shared out exactly."""
    connection = session.connection()
    cascaded = {content.id: content for content in contents if not content.is_automatic}
    lacking = (
        select(WORK.c.target, WORK.c.code)
        .where(WORK.c.weight.is_(None), WORK.c.holds == 0)
        .order_by(WORK.c.target, WORK.c.code)
    )
    missing = [(cascaded[target], code) for target, code in connection.execute(lacking)]
    weights = select(WORK.c.target, WORK.c.weight).where(
        WORK.c.depth == top, WORK.c.counted == 0, WORK.c.is_own == 0
    )
    tops = {target: weight for target, weight in connection.execute(weights)}
    problems = [_base_missing(content, unit) for content, unit in missing]
    without_base = {content.id for content, _ in missing}
    for content in cascaded.values():
        if content.id not in without_base:
            problems += _check_sum(content, tops)
    return problems


def _base_missing(content: TargetContent, unit: str) -> Problem:
    why = f"单位 {unit} 没有基数“{content.base}”，请补上或改用别的分解方式。"
    return Problem("base_missing", why, field=content.code, value=unit)


def _check_sum(content: TargetContent, tops: Mapping[int, int | None]) -> list[Problem]:
    if content.id not in tops:
        why = "没有单位填报这项任务，请核对填报单位的类型或编码。"
        return [Problem("nobody_reports", why, field=content.code)]
    weight = tops[content.id] or 0
    if content.has_total and weight == 0:
        why = "所有填报单位的基数都是 0，总数分不下去。"
        return [Problem("all_zero", why, field=content.code)]
    if weight >= LARGEST_WEIGHT:
        why = "基数合计超过 30 亿，请换成较大的计数单位。"
        return [Problem("base_too_large", why, field=content.code)]
    return []
