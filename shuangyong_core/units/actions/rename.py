"""Giving a unit another name: the code stays, and the old name is kept for papers of its time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.audit.actions import record
from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.guard.scanning import refuse_harm
from shuangyong_core.marks.actions import take_step
from shuangyong_core.units.models import Unit, UnitName

LONGEST_UNIT_NAME = 120
SUBJECT = "unit"


class UnitNameUnusable(Refused):
    """A unit's name that is empty, too long or unreadable."""

    message = "单位名称不能为空，最多 {longest} 个字，不能有换行等控制字符。"
    code = "unit_name_unusable"


class RenamedByAnother(Conflict):
    """The unit bears another name than the page showed."""

    message = "这个单位刚刚已改名为“{name}”，请刷新后再看。"
    code = "renamed_by_another"


def rename_unit(
    session: Session, unit: Unit, *, name: str, seen: str | None = None, actor: str, at: datetime
) -> bool:
    """This function will rename a unit and say whether anything changed.

    Raises UnitNameUnusable, Problems; RenamedByAnother when `seen` is not the name it bears.
    """
    new = name.strip()
    if not new or len(new) > LONGEST_UNIT_NAME or not new.isprintable():
        raise UnitNameUnusable(longest=LONGEST_UNIT_NAME)
    refuse_harm(new, field="name")
    # Of two at once the second sees what the first has written.
    session.refresh(unit, with_for_update=True)
    if new == unit.name:
        return False
    if seen is not None and seen != unit.name:
        raise RenamedByAnother(name=unit.name)
    session.add(UnitName(unit=unit.id, valid_to=at, name=unit.name))
    take_step(
        session,
        subject_kind=SUBJECT,
        subject_id=unit.id,
        unit=unit.id,
        from_status=None,
        to_status="renamed",
        at=at,
        actor=actor,
        note=f"{unit.name} → {new}",
    )
    subject = f"unit:{unit.id}"
    record(session, act="units.rename", subject=subject, actor=actor, at=at)
    unit.name = new
    session.flush()
    return True
