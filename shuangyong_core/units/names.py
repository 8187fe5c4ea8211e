"""Which name a unit bore when: of today at the unit itself, former ones kept until an instant."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.units.models import Unit, UnitName


def list_former_names(session: Session, unit: int) -> Sequence[tuple[str, datetime]]:
    """This function will list a unit's former names and until when each held, the latest first."""
    found = select(UnitName.name, UnitName.valid_to).where(UnitName.unit == unit)
    return [
        (name, until) for name, until in session.execute(found.order_by(UnitName.valid_to.desc()))
    ]


def names_at(session: Session, units: Collection[int], *, at: datetime) -> dict[int, str]:
    """This function will give the names that units bore at an instant, by id."""
    names = dict(
        session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))).tuples().all()
    )
    former = select(UnitName.unit, UnitName.name).where(
        UnitName.unit.in_(units), UnitName.valid_to > at
    )
    # The earliest that had not ended yet is written last.
    names.update(session.execute(former.order_by(UnitName.valid_to.desc())).tuples().all())
    return names
