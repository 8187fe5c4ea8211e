"""The numbers on top: five of them, and one bar whose parts add up to 应报."""

from __future__ import annotations

from collections.abc import Sequence

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.rollups.queries import Holding, Stage, Strip, UnitRef
from shuangyong_core.rollups.rules.lights import Tally
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Kind
from shuangyong_core.web.charts import Segment, Tone, stacked
from shuangyong_core.web.pages.progress_view import StripCell
from shuangyong_core.web.progress.asked import Asked
from shuangyong_core.web.rendering import rate

LINE = (Kind.STREET, Kind.COMMUNITY)
REVIEWERS = (Role.REVIEWER, Role.ISSUER)


def strip_of(
    asked: Asked, strip: Strip, hands: Sequence[Holding], actor: Actor, *, is_inner: bool
) -> tuple[StripCell, ...]:
    """This function will give the five numbers of a unit."""
    items = strip.items
    return (
        StripCell("应报", items.expected, foot=_kinds(strip)),
        StripCell("已报", items.reported, foot=rate(items.reported, items.expected)),
        StripCell("已审核", items.accepted, foot=rate(items.accepted, items.expected)),
        _waiting(asked, strip, actor) if is_inner else StripCell("待上级审核", strip.items.pending),
        StripCell(
            "滞后",
            items.overdue,
            f"项 · {strip.overdue_reports} 份" if strip.overdue_reports else "项",
            join_names(_names(asked, hands, Stage.OVERDUE), most=2),
            is_bad=True,
        ),
    )


def _waiting(asked: Asked, strip: Strip, actor: Actor) -> StripCell:
    word = "汇总核对" if asked.is_issuer else "审核"
    mine = not asked.as_of and asked.node.unit in actor.units_with(*REVIEWERS)
    return StripCell(
        f"待我{word}" if mine else f"待{word}",
        strip.waiting_items,
        f"项 · {strip.waiting_reports} 份" if strip.waiting_reports else "项",
        join_names([unit.name for unit in strip.waiting_units if asked.may_name(unit.id)]),
        "/review" if mine else "",
    )


def segments_of(items: Tally) -> tuple[Segment, ...]:
    """This function will part what is expected by where it stands; the parts add up."""
    parts: list[tuple[str, int, Tone]] = [
        ("已审核", items.accepted, ""),
        ("待审核", items.pending, "wait"),
        ("复核中", items.reviewing, "rev"),
        ("退回修改", items.returned, "warn"),
        ("滞后", items.overdue, "late"),
    ]
    rest = items.expected - sum(count for _, count, _ in parts)
    return stacked([*parts, ("未到时限", rest, "na")], items.expected)


def _kinds(strip: Strip) -> str:
    counts = dict(strip.expected_by_kind)
    line = [kind for kind in LINE if kind in counts]
    named = [f"{WORD_OF_KIND[kind]} {counts[kind]:,}" for kind in line]
    rest = sum(count for kind, count in counts.items() if kind not in line)
    if rest and line:
        named.append(f"其他 {rest:,}")
    return " · ".join(named)


def _names(asked: Asked, hands: Sequence[Holding], stage: Stage) -> list[str]:
    found = [unit for hand in hands if hand.stage is stage for unit in hand.units]
    return name_units(asked, found)


def name_units(asked: Asked, units: Sequence[UnitRef]) -> list[str]:
    """This function will name single units and count those of a kind: 5 个社区、北固街道."""
    by_kind: dict[str, list[UnitRef]] = {}
    for unit in units:
        by_kind.setdefault(unit.kind, []).append(unit)
    return [
        found[0].name
        if len(found) == 1 and asked.may_name(found[0].id)
        else f"{len(found)} 个{WORD_OF_KIND[kind]}"
        for kind, found in by_kind.items()
    ]


def join_names(names: Sequence[str], *, most: int = 3) -> str:
    """This function will name a few and count the rest."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等 {len(names)} 个"
