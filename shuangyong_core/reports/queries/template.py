"""What a workbook is made of: the units of a round, their figures with last value and goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.plans.queries.authority import subtree_of
from shuangyong_core.reports.queries.figures import OtherRound, other_rounds_of
from shuangyong_core.reports.queries.form import FormItem, form_item
from shuangyong_core.reports.queries.place import Place, find_place
from shuangyong_core.reports.queries.reach import require_reader
from shuangyong_core.reports.queries.unit_rounds import UnitRound, Units, list_unit_rounds
from shuangyong_core.reports.rules.refusals import NothingDue
from shuangyong_core.reports.rules.required import RequiredFigure
from shuangyong_core.reports.rules.workbook.cells import Value, cells_of
from shuangyong_core.reports.rules.workbook.layout import (
    OWN,
    OWN_TITLES,
    SETTLED,
    Beside,
    Standing,
    Template,
    TemplateRow,
    TemplateSheet,
    order_items,
)
from shuangyong_core.units.kinds import WORD_OF_KIND


def get_template(
    session: Session,
    plan: str,
    round_code: str,
    unit: str,
    *,
    below: bool,
    actor: Actor,
    at: datetime,
) -> Template:
    """This function will give a unit's workbook, or one for all below it; NotFound, NothingDue."""
    place = find_place(session, plan, round_code, unit)
    require_reader(session, place, actor)
    found = list_unit_rounds(session, place, units_of(place, below=below), actor=actor)
    if not found:
        raise NothingDue(round=place.round_title)
    return Template(
        plan=place.plan_code,
        round=place.round_code,
        round_title=place.round_title,
        year=place.year,
        due_date=place.due_date,
        locks_on=place.locks_on,
        unit=place.unit_code,
        unit_name=place.unit_name,
        below=below,
        made_at=at,
        sheets=_sheets(session, place, found, below=below),
    )


def units_of(place: Place, *, below: bool) -> Units:
    """This function will give the units of a workbook: one, or all under it with itself."""
    found: Select[tuple[int]] = subtree_of(place.plan, place.unit)
    return found if below else [place.unit]


def sheet_key(standing: Standing, *, own: str) -> str:
    """This function will say on which sheet a unit stands."""
    return OWN if standing.code == own else standing.kind


def title_of(key: str, *, below: bool) -> str:
    """This function will say what a sheet is called."""
    return OWN_TITLES[below] if key == OWN else WORD_OF_KIND[key]


def _sheets(
    session: Session, place: Place, found: Sequence[UnitRound], *, below: bool
) -> tuple[TemplateSheet, ...]:
    codes = {item.required.code for each in found for item in each.due}
    units = [each.standing.unit for each in found]
    others = other_rounds_of(session, units, codes=codes, but=place.round)

    def key(each: UnitRound) -> str:
        return sheet_key(each.standing, own=place.unit_code)

    order = [OWN, *WORD_OF_KIND]
    ranked = sorted(found, key=lambda each: order.index(key(each)))
    sheets = []
    for name, group in groupby(ranked, key=key):
        members = list(group)
        items = order_items([each.standing for each in members])
        rows = [_row(each, others.get(each.standing.unit, {}), place) for each in members]
        sheets.append(TemplateSheet(name, title_of(name, below=below), items, tuple(rows)))
    return tuple(sheets)


def _row(each: UnitRound, others: Mapping[str, list[OtherRound]], place: Place) -> TemplateRow:
    standing = each.standing
    here = replace(place, unit=standing.unit, unit_code=standing.code, unit_name=standing.name)
    items = [form_item(item, others.get(item.required.code, []), here, None) for item in each.due]
    return TemplateRow(
        unit=standing.code,
        name=standing.name,
        version=standing.version,
        state=standing.state,
        is_settled=standing.status in SETTLED,
        due=frozenset(item.code for item in standing.items),
        cells=shown_cells(standing),
        beside={item.due.required.code: _beside(item, each.fixes) for item in items},
        note=standing.note if standing.is_sent else "",
    )


def shown_cells(standing: Standing) -> dict[str, dict[str, Value]]:
    """This function will give what the cells show: what was sent last, never somebody's draft."""
    if not standing.is_sent or standing.values is None:
        return {}
    return {
        item.code: cells_of(standing.values.get(item.indicator), item) for item in standing.items
    }


def _beside(item: FormItem, fixes: Mapping[str, str]) -> Beside:
    required = item.due.required
    code = required.code
    goal = "" if item.due.goal.kind == "none" else item.goal_text
    fix = (fixes[code] or "请核对") if code in fixes else ""
    return Beside(
        last=_bare(item.last.text, required) if item.last else "",
        goal=_bare(goal, required),
        left=_bare(item.left_text, required),
        fix=fix,
    )


def _bare(text: str, item: RequiredFigure) -> str:
    return text.removesuffix(f" {item.display_unit}") if item.display_unit else text
