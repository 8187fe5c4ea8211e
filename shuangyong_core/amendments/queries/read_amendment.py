"""An amendment as a file brings it: the whole plan as it shall be, or only what changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.amendments.rules.preview import Wanted
from shuangyong_core.errors import Problem, Problems
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.queries.known import get_indicators, get_unit_list
from shuangyong_core.plans.rules.nodes import Entry, nodes_of, read_nodes
from shuangyong_core.plans.rules.read_plan import read_body
from shuangyong_core.plans.rules.small_amendment import is_small, lay_over
from shuangyong_core.plans.rules.units_under import see_from
from shuangyong_core.plans.workbook import read_plan_file
from shuangyong_core.plans.workbook.read import BOOKS


def read_amendment(
    session: Session,
    plan: Plan,
    data: bytes,
    *,
    file: str,
    reason: str = "",
    set_aside: Mapping[str, str] | None = None,
) -> Wanted:
    """This function will read a whole plan (xlsx, yaml) or a small amendment; raises Problems."""
    if not data.startswith(BOOKS):
        entry = read_nodes(data, file=file)
        if is_small(entry):
            return _small(session, plan, entry, reason=reason, set_aside=set_aside)
    text, _ = read_plan_file(data, file=file, known=get_indicators(session))
    return Wanted(text, reason, dict(set_aside or {}))


def read_amendment_body(
    session: Session,
    plan: Plan,
    body: Mapping[str, Any],
    *,
    reason: str = "",
    set_aside: Mapping[str, str] | None = None,
) -> Wanted:
    """This function will read an amendment as a script or a page sends it; raises Problems."""
    entry = nodes_of(body)
    if is_small(entry):
        return _small(session, plan, entry, reason=reason, set_aside=set_aside)
    text = read_body(body, known=get_indicators(session))
    return Wanted(text, reason, dict(set_aside or {}))


def _small(
    session: Session,
    plan: Plan,
    entry: Entry,
    *,
    reason: str,
    set_aside: Mapping[str, str] | None,
) -> Wanted:
    body = plan_body(session, plan)
    listed = get_unit_list(session)
    under = see_from(str(body["plan"]["issuer"]), listed) if listed else None
    kinds = {code: unit.kind for code, unit in under.units.items()} if under else {}
    small = lay_over(body, entry, units=kinds)
    text = read_body(small.body, known=get_indicators(session))
    aside = {code: str(why or "") for code, why in small.set_aside.items()} | dict(set_aside or {})
    unknown = sorted(aside.keys() - {one["code"] for one in body["targets"]})
    if unknown:
        why = "计划里没有这项任务，请核对编码。"
        raise Problems([Problem("unknown_target", why, field=f"set_aside[{unknown[0][:20]}]")])
    return Wanted(text, reason or small.reason, aside)
