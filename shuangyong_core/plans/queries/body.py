"""A plan that is kept, as the body a plan file holds: what is copied, exported and edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.plans.models import Plan, Round, Target, TargetReporter, TargetVersion
from shuangyong_core.plans.queries.known import get_indicators
from shuangyong_core.plans.queries.plan import TargetRow, list_targets
from shuangyong_core.plans.rules.regrouping import regroup
from shuangyong_core.plans.rules.text import IndicatorText
from shuangyong_core.plans.rules.words import REQUESTS_BY, UNIT_KINDS
from shuangyong_core.units.models import Unit

Body = dict[str, Any]
WITHIN = ("acknowledge", "decompose", "review", "correct")
GOAL = ("goal_kind", "goal", "goal_den")


def plan_body(session: Session, plan: Plan) -> Body:
    """This function will give the body of a plan as it stands: read again, it is the same plan."""
    targets = list_targets(session, plan.id)
    used = {one.indicator_code for one in targets}
    known = get_indicators(session)
    reporters = _reporters(session, plan)
    return {
        "plan": _head(plan, issuer=session.get_one(Unit, plan.issuer).code),
        "rounds": _rounds(session, plan),
        "indicators": [indicator_body(known[code]) for code in known if code in used],
        "targets": [_target(one, reporters[one.id]) for one in targets],
    }


def indicator_body(one: IndicatorText) -> Body:
    """This function will write an indicator as a plan file does."""
    fields = {
        "code": one.code,
        "name": one.name,
        "kind": one.kind,
        "unit": one.display_unit,
        "decimals": str(one.decimals),
        "over_units": one.over_units,
        "over_time": one.over_time,
        "hint": one.hint,
        "parts": {key: list(words) for key, words in one.parts.items()},
    }
    return _without_blanks(fields)


def _head(plan: Plan, *, issuer: str) -> Body:
    fields = {
        "code": plan.code,
        "year": str(plan.year),
        "issuer": issuer,
        "title": plan.title,
        "basis": plan.basis,
        "approved_by": plan.approved_by,
        "filing_no": plan.filing_no,
        "inflation_limit": f"{Decimal(plan.inflation_bp).scaleb(-4).normalize():f}",
        "lead_workdays": str(plan.lead_workdays),
        "review_levels": str(plan.review_levels),
        "max_rounds": str(plan.max_rounds),
        "within": {key: str(getattr(plan, f"within_{key}")) for key in WITHIN},
        # Left out where it is as usual: files written before it existed stay as they are.
        "requests_by": "" if plan.requests_by == REQUESTS_BY[0] else plan.requests_by,
    }
    return _without_blanks(fields)


def _rounds(session: Session, plan: Plan) -> list[Body]:
    stands = (Round.plan == plan.id, Round.dropped_at.is_(None))
    rows = session.scalars(select(Round).where(*stands).order_by(Round.due_date))
    return [
        _without_blanks(
            {
                "code": one.code,
                "title": one.title,
                "opens_on": one.opens_rule,
                "due_date": one.due_rule,
                "locks_on": one.locks_rule,
                "done_by": one.done_rule,
            }
        )
        for one in rows
    ]


def _reporters(session: Session, plan: Plan) -> dict[int, list[Mapping[str, Any]]]:
    """Who reports each target in which round, in the order of kinds and rounds."""
    columns = ("target", "who", *GOAL, "for_kind", "done_rule", "done_by")
    named = (getattr(TargetReporter, name) for name in columns)
    rows = session.execute(
        select(*named, Round.code.label("round"), Round.due_date)
        .join(Round, Round.id == TargetReporter.round)
        .join(Target, Target.id == TargetReporter.target)
        .join(
            TargetVersion,
            (TargetVersion.target == TargetReporter.target)
            & (TargetVersion.from_version == TargetReporter.from_version),
        )
        .where(Target.plan == plan.id, TargetVersion.to_version.is_(None))
        .order_by(Round.due_date)
    ).mappings()
    kinds = list(UNIT_KINDS)
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["target"], []).append(dict(row))
    for listed in found.values():
        listed.sort(
            key=lambda row: (
                kinds.index(row["who"]) if row["who"] in kinds else len(kinds),
                row["who"],
            )
        )
    return found


def _target(target: TargetRow, reporters: Sequence[Mapping[str, Any]]) -> Body:
    groups = _groups(target, reporters)
    fields: Body = {
        "code": target.code,
        "indicator": target.indicator_code,
        "category": target.category,
        "heading": str(target.heading),
        "title": target.title,
        "on_behalf_of": target.on_behalf_of,
        "shown_to": list(target.shown_to),
        "supporting": list(target.supporting),
        "goal": _goal_of(target, groups, reporters),
        "per": target.per if target.per != "year" else "",
        "weight": str(target.weight) if target.weight != 1 else "",
        "evidence": {key: str(value).lower() for key, value in target.evidence.items()},
        "source": target.source,
    }
    if target.automatic:
        fields["automatic"] = {"rule": target.automatic, "who": groups[0]["who"]}
        fields |= {key: groups[0][key] for key in ("rounds", "done_by")}
    elif len(groups) == 1 and "goal" not in groups[0] and "on_behalf_of" not in groups[0]:
        fields["reported_by"] = groups[0]["who"]
        fields |= {key: groups[0][key] for key in ("rounds", "done_by")}
    else:
        fields["reported_by"] = [_without_blanks(group) for group in groups]
    return _without_blanks(fields)


def _groups(target: TargetRow, reporters: Sequence[Mapping[str, Any]]) -> list[Body]:
    of: dict[str, list[Mapping[str, Any]]] = {}
    for row in reporters:
        of.setdefault(row["who"], []).append(row)
    groups: dict[str, Body] = {}
    for rows in (part for listed in of.values() for part in regroup(listed)):
        group: Body = {
            "rounds": [row["round"] for row in rows],
            "done_by": list(dict.fromkeys(row["done_rule"] for row in rows if row["done_rule"])),
        }
        if rows[0]["goal_kind"] and target.split != "manual":
            group["goal"] = _goal(target, *(rows[0][name] for name in GOAL))
        if rows[0]["for_kind"] and rows[0]["for_kind"] != target.on_behalf_of:
            group["on_behalf_of"] = rows[0]["for_kind"]
        groups.setdefault(repr(group), {"who": [], **group})["who"].append(rows[0]["who"])
    return list(groups.values())


def _goal_of(
    target: TargetRow, groups: Sequence[Body], reporters: Sequence[Mapping[str, Any]]
) -> Body:
    if all("goal" in group for group in groups) and target.goal is None:
        return {}
    goal = _goal(target, target.goal_kind, target.goal, target.goal_den)
    if target.split == "manual":
        shares = {row["who"]: format_scaled(row["goal"], target.decimals) for row in reporters}
        goal["shares"] = shares
    return goal


def _goal(target: TargetRow, kind: str, goal: int | None, goal_den: int | None) -> Body:
    if kind == "ratio":
        share = Decimal(goal or 0) / Decimal(goal_den or 1)
        written: Body = {"ratio": f"{share.normalize():f}"}
    elif kind in ("done", "none"):
        written = {kind: "true"}
    else:
        written = {kind: format_scaled(goal or 0, target.decimals)}
        if kind == "total":
            written["split"] = target.split
    return written | ({"note": target.goal_note} if target.goal_note else {})


def _without_blanks(fields: Mapping[str, Any]) -> Body:
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}
