"""Gives out the numbers of a register: none twice, none left out, however many ask at once."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shuangyong_core.db import insert_into
from shuangyong_core.supervision.models import Register


def hold_register(session: Session, *, kind: str, unit: int, year: int) -> int:
    """This function will hold a register until the end of the transaction; gives its last number.

    Whoever holds it may look whether the same was asked before, and take the next or none.
    """
    here = {"kind": kind, "unit": unit, "year": year}
    opened = insert_into(session, Register).values(**here, last_no=0)
    session.execute(opened.on_conflict_do_nothing(index_elements=list(here)))
    held = select(Register.last_no).filter_by(**here).with_for_update()
    return session.execute(held).scalar_one()


def take_number(session: Session, *, kind: str, unit: int, year: int) -> int:
    """This function will give the next number of a register that is held."""
    here = {"kind": kind, "unit": unit, "year": year}
    taken = update(Register).filter_by(**here).values(last_no=Register.last_no + 1)
    return int(session.execute(taken.returning(Register.last_no)).scalar_one())
