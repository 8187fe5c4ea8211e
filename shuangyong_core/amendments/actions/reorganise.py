"""Reorganises units (组织调整): a preview as plain values, then exactly that in one audited act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actions import rename_below
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.amendments.actions.reorganise_plan import reorganise_plan
from shuangyong_core.amendments.actions.reorganise_units import reorganise_units
from shuangyong_core.amendments.queries.playing_out import work_out
from shuangyong_core.amendments.queries.previewing import describe
from shuangyong_core.amendments.rules.acts import ActList
from shuangyong_core.amendments.rules.reorganisation import Preview, digest_of, what_moved
from shuangyong_core.audit.actions import record
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Conflict
from shuangyong_core.rollups.actions.alone import FOLD, take_turn
from shuangyong_core.units.models import Reorganisation


class PreviewMoved(Conflict):
    """Something changed between the preview and its confirmation."""

    message = "预览之后，{what}又有变化，什么都没有写入。请重新预览、核对后再确认。"
    code = "preview_moved"


@dataclass(frozen=True, slots=True)
class Reorganised:
    """What was done; a repeat of the same acts changes nothing and says so."""

    preview: Preview
    is_new: bool


def preview_reorganisation(
    session: Session, listed: ActList, *, actor: Actor, at: datetime
) -> Preview:
    """This function will tell what acts would do, and write nothing.

    Raises MayNotReorganise, Problems.
    """
    if _applied(session, listed) is not None:
        return _nothing(listed)
    today = shanghai_date(at)
    return describe(session, work_out(session, listed, actor=actor, today=today), today=today)


def reorganise(
    session: Session, listed: ActList, *, seal: str | None = None, actor: Actor, at: datetime
) -> Reorganised:
    """This function will apply acts to units and running plans, all of them or none.

    It waits for a fold in hand. Raises MayNotReorganise, Problems; PreviewMoved when `seal` is
    broken.
    """
    take_turn(session, job=FOLD, at=at)
    if _applied(session, listed) is not None:
        return Reorganised(_nothing(listed), is_new=False)
    today = shanghai_date(at)
    worked = work_out(session, listed, actor=actor, today=today)
    preview = describe(session, worked, today=today)
    if seal is not None and seal != preview.seal:
        raise PreviewMoved(what=what_moved(seal, preview.seal))
    if preview.is_empty:
        return Reorganised(preview, is_new=False)
    ids = reorganise_units(session, worked, actor=actor, at=at)
    for one in worked.plans:
        reorganise_plan(session, worked, one, ids=ids, actor=actor, at=at)
    for act, unit in worked.resolved.renames:
        rename_below(session, unit.code, name=act.name, actor=actor, at=at)
    _keep(session, listed, preview, actor=actor, at=at)
    return Reorganised(preview, is_new=True)


def _applied(session: Session, listed: ActList) -> int | None:
    kept = select(Reorganisation.id).where(Reorganisation.digest == digest_of(_plain(listed)))
    return session.scalar(kept)


def _nothing(listed: ActList) -> Preview:
    return Preview(listed.file, (), (), tuple(act.row for act in listed.acts), "")


def _plain(listed: ActList) -> list[dict[str, str]]:
    return [
        {"act": str(act.kind), "code": act.code, "to": act.to, "territory": act.territory}
        | {"name": act.name, "effective": act.effective.isoformat()}
        | ({"bases": repr(act.bases)} if act.bases else {})
        for act in listed.acts
    ]


def _keep(
    session: Session, listed: ActList, preview: Preview, *, actor: Actor, at: datetime
) -> None:
    acts = _plain(listed)
    row = {"digest": digest_of(acts), "file": listed.file[:160], "acts": acts}
    session.execute(insert(Reorganisation).values(**row, at=at, actor=actor.key))
    detail = {"acts": len(preview.changes), "plans": len(preview.plans), "seal": preview.seal}
    record(session, act="units.reorganise", subject=listed.file, actor=actor.key, at=at,
           detail=detail)  # fmt: skip
