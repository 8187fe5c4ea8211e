"""Finds a hand-out and a unit's part in it, each only where the actor reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach, units_in_reach
from shuangyong_core.supervision.models import Handout, HandoutUnit
from shuangyong_core.supervision.queries.acting import units_acted_for
from shuangyong_core.supervision.rules.handouts import UnitStatus
from shuangyong_core.units.models import Unit

GIVERS = (Role.ISSUER, Role.MANAGER)
STRIKERS = (Role.ISSUER, Role.MANAGER, Role.REVIEWER)
ANSWERERS = (Role.MANAGER, Role.REPORTER)


class HandoutNotFound(NotFound):
    """There is none of this number, or it is not yours to see."""

    message = "没有找到这个编号的交办，或者不在您的范围内。"
    code = "handout_not_found"


class OnlyGiver(Refused):
    """Another than who handed it out would decide over it."""

    message = "由谁交办、由谁{act}：这件是{giver}交办给{unit}的，要由{giver}办理。"
    code = "only_giver"


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part in a hand-out, held for the transaction."""

    id: int
    handout: int
    reference: str
    number: str
    title: str
    plan: int
    unit: int
    unit_code: str
    unit_name: str
    giver: int
    giver_name: str
    due_date: date
    answer_by: date
    status: UnitStatus
    version: int
    latest_no: int
    was_late: bool

    @property
    def subject(self) -> str:
        """The address as the audit keeps it."""
        return f"handout:{self.reference}/{self.unit_code}"


def find_handout(session: Session, name: str, *, actor: Actor) -> Handout:
    """This function will find a hand-out by its address or number; raises HandoutNotFound."""
    named = select(Handout).where(or_(Handout.reference == name, Handout.number == name))
    # An address is one hand-out's alone; a number may stand in the registers of two namesakes.
    for handout in session.scalars(named.order_by(Handout.reference != name, Handout.id)):
        if session.scalar(select(_seen(handout, actor))):
            return handout
    raise HandoutNotFound


def hold_handout(session: Session, name: str, *, actor: Actor) -> Handout:
    """This function will hold a hand-out until the end of the transaction: one act at a time."""
    found = find_handout(session, name, actor=actor)
    held = select(Handout).where(Handout.id == found.id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def hold_part(session: Session, name: str, unit: str, *, actor: Actor) -> Part:
    """This function will hold a hand-out and give one unit's part in it; HandoutNotFound."""
    handout = hold_handout(session, name, actor=actor)
    found = parts_of(handout.id).where(Unit.code == unit)
    row = session.execute(found.where(HandoutUnit.unit.in_(_reached(handout, actor)))).first()
    if row is None:
        raise HandoutNotFound
    return part_of(handout, row._tuple())


def list_parts(session: Session, handouts: Sequence[Handout], *, actor: Actor) -> list[Part]:
    """This function will list the parts an actor sees of a plan's hand-outs, by hand-out, each
    street before what it passed on."""
    by_id = {each.id: each for each in handouts}
    if not by_id:
        return []
    reached = units_in_reach(handouts[0].plan, actor)
    found = parts_of(*by_id).where(HandoutUnit.unit.in_(reached))
    rows = session.execute(found.order_by(HandoutUnit.handout, Unit.code)).all()
    return [part_of(by_id[row[0].handout], row._tuple()) for row in rows]


def passed_on_by(part: Part, parts: Sequence[Part]) -> Iterator[Part]:
    """This function will pick from a hand-out's parts what one unit passed on, however far."""
    for each in parts:
        if each.giver == part.unit:
            yield each
            yield from passed_on_by(each, parts)


def parts_of(*handouts: int) -> Select[tuple[HandoutUnit, str, str, str]]:
    """This function will select every part of hand-outs with the names that belong to it."""
    giver = aliased(Unit)
    return (
        select(HandoutUnit, Unit.code, Unit.name, giver.name)
        .join(Unit, Unit.id == HandoutUnit.unit)
        .join(giver, giver.id == HandoutUnit.giver)
        .where(HandoutUnit.handout.in_(handouts))
        .execution_options(populate_existing=True)
    )


def part_of(handout: Handout, row: tuple[HandoutUnit, str, str, str]) -> Part:
    """This function will give a part as plain values."""
    kept, code, name, giver_name = row
    return Part(
        id=kept.id, handout=handout.id, reference=handout.reference, number=handout.number,
        title=handout.title, plan=handout.plan, unit=kept.unit, unit_code=code, unit_name=name,
        giver=kept.giver, giver_name=giver_name, due_date=kept.due_date,
        answer_by=kept.answer_by, status=UnitStatus(kept.status), version=kept.version,
        latest_no=kept.latest_no, was_late=kept.was_late,
    )  # fmt: skip


def require_answerer(session: Session, part: Part, *, actor: Actor) -> None:
    """This function will refuse whoever may not answer for the unit: NotFound, NotAllowed."""
    plan = session.get_one(Plan, part.plan)
    require_reach(session, plan, part.unit, actor, *ANSWERERS)


def require_answerer_of(session: Session, name: str, unit: str, *, actor: Actor) -> None:
    """This function will refuse whoever may not answer a hand-out there, before a file is kept."""
    handout = find_handout(session, name, actor=actor)
    here = [part for part in list_parts(session, [handout], actor=actor) if part.unit_code == unit]
    if not here:
        raise HandoutNotFound
    require_answerer(session, here[0], actor=actor)


def require_giver(
    session: Session, part: Part, *, actor: Actor, act: str, roles: tuple[Role, ...]
) -> None:
    """This function will refuse with OnlyGiver whoever is not of the unit that handed it out."""
    if actor.is_unlimited:
        return
    if part.giver not in units_acted_for(session, part.plan, actor, *roles):
        raise OnlyGiver(act=act, giver=part.giver_name, unit=part.unit_name)


def _seen(handout: Handout, actor: Actor) -> ColumnElement[bool]:
    mine = HandoutUnit.unit.in_(_reached(handout, actor))
    return exists().where(HandoutUnit.handout == handout.id, mine)


def _reached(handout: Handout, actor: Actor) -> Select[tuple[int]]:
    return units_in_reach(handout.plan, actor)
