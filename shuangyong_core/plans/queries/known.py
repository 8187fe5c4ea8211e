"""What a plan file is checked against: the installation's indicators and units of today."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.plans.models import Indicator
from shuangyong_core.plans.rules.text import IndicatorText
from shuangyong_core.units.queries import get_bases, get_links
from shuangyong_core.units.rules import UnitList, UnitText


def get_indicators(session: Session) -> dict[str, IndicatorText]:
    """This function will give the newest version of every indicator, by code."""
    rows = session.scalars(select(Indicator).order_by(Indicator.version))
    return {
        one.code: IndicatorText(
            code=one.code,
            name=one.name,
            kind=one.kind,
            display_unit=one.display_unit,
            decimals=one.decimals,
            over_units=one.over_units,
            over_time=one.over_time,
            hint=one.hint,
            parts=one.parts,
        )
        for one in rows
    }


def get_unit_list(session: Session) -> UnitList | None:
    """This function will give the units kept, as a check takes them; None when there are none."""
    bases = get_bases(session)
    units = [
        UnitText(
            row=0,
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            parent=unit.parent,
            territory=unit.territory,
            bases=bases.get(unit.code, {}),
        )
        for unit in get_links(session).values()
    ]
    return UnitList("", tuple(units)) if units else None
