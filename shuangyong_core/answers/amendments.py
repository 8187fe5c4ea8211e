"""An amendment as a script reads it: what changes, unit by unit; numbers as decimal text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typing_extensions import TypedDict

from shuangyong_core.amendments.queries.versions import VersionRow
from shuangyong_core.amendments.rules.preview import Preview, QuotaChange, UnitChange
from shuangyong_core.answers.plain import plain
from shuangyong_core.guard.numbers import format_scaled


class AmendmentAnswer(TypedDict):
    """A preview, or what was done; `seal` is sent back with the act."""

    plan: str
    dry_run: bool
    version: int
    next_version: int
    reason: str
    seal: str
    head: list[dict[str, Any]]
    rounds: list[dict[str, Any]]
    targets: list[dict[str, Any]]
    units: list[dict[str, Any]]
    due_before: int
    due_after: int
    accepted: int
    pending: int
    confirms: int
    warnings: list[str]


class VersionList(TypedDict):
    """The versions of a plan."""

    items: list[dict[str, Any]]


def amendment(found: Preview, *, dry_run: bool) -> AmendmentAnswer:
    """This function will answer a preview, or an amendment that was done."""
    return AmendmentAnswer(
        plan=found.plan,
        dry_run=dry_run,
        version=found.version,
        next_version=found.next_version,
        reason=found.reason,
        seal=found.seal,
        head=plain(found.head),
        rounds=plain(found.rounds),
        targets=plain(found.targets),
        units=[_unit(one) for one in found.units],
        due_before=found.due_before,
        due_after=found.due_after,
        accepted=found.accepted,
        pending=found.pending,
        confirms=len(found.confirming),
        warnings=list(found.warnings),
    )


def versions(rows: Sequence[VersionRow]) -> VersionList:
    """This function will answer the versions of a plan, the latest first."""
    return {
        "items": [
            {
                "no": row.no,
                "applied_at": plain(row.applied_at),
                "reason": row.reason,
                "changes": plain({k: v for k, v in row.told.items() if k != "actor"}),
            }
            for row in rows
        ]
    }


def number(value: int | None, decimals: int) -> str | None:
    """This function will write a quota as decimal text."""
    return None if value is None else format_scaled(value, decimals)


def _unit(unit: UnitChange) -> dict[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "depth": unit.depth,
        "quotas": [_quota(one) for one in unit.quotas],
        "items": plain(unit.items),
        "confirms": list(unit.confirms),
        "due_before": unit.due_before,
        "due_after": unit.due_after,
    }


def _quota(one: QuotaChange) -> dict[str, Any]:
    values = {"held": one.held, "own": one.own, "new_held": one.new_held, "new_own": one.new_own}
    return {
        "target": one.target,
        **{name: number(value, one.decimals) for name, value in values.items()},
    }
