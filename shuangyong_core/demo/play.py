"""Plays the demo year up to the pretend day: each event is one act in its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from shuangyong_core import db
from shuangyong_core.assignments.models import DueItem, Quota
from shuangyong_core.clock import at_shanghai
from shuangyong_core.demo.beside import beside_events
from shuangyong_core.demo.confirm import confirm_events
from shuangyong_core.demo.conversation import Conversation, Event
from shuangyong_core.demo.figures import draw_figures
from shuangyong_core.demo.papers import NAME, WITHOUT, draw_paper
from shuangyong_core.demo.people import Cast, assemble
from shuangyong_core.demo.script import Ending, course_of
from shuangyong_core.demo.setting import LAUNCH_DAY, PLAN
from shuangyong_core.evidence.actions import store
from shuangyong_core.plans.models import Plan, Round, Target
from shuangyong_core.reports.actions import attach
from shuangyong_core.units.models import Unit, UnitLink

ROUNDS = ("R1", "R2")


def play(engine: Engine, *, folder: Path, tell: Callable[[int, int], None]) -> None:
    """This function will play all events in order; `tell` hears how many of how many are done.

    `folder` is where evidence files lie.
    """
    with db.write(engine) as session:
        cast = assemble(session, at=at_shanghai(LAUNCH_DAY, 9))
        events = [Event(at, act) for at, act in confirm_events(session, cast)]
        events += report_events(session, cast)
        events += paper_events(session, cast, folder)
        events += beside_events(cast)
    events.sort(key=lambda event: event.at)
    for number, event in enumerate(events, start=1):
        with db.write(engine) as session:
            event.act(session)
        tell(number, len(events))


def report_events(session: Session, cast: Cast) -> Iterator[Event]:
    """This function will give the events of every report of the rounds that have passed."""
    below = _units_below(session)
    for (unit, round_), goals in _due(session).items():
        course = course_of(unit, round_)
        if course.ending is not Ending.MISSING:
            figures = draw_figures(unit, round_, goals, below=below.get(unit, 0))
            yield from Conversation(unit, round_, figures, course, cast).events()


def paper_events(session: Session, cast: Cast, folder: Path) -> Iterator[Event]:
    """This function will give the events of streets that attach a paper to their first report."""
    streets = select(Unit.code).where(Unit.kind == "street", Unit.code.not_in(WITHOUT))
    for code in session.scalars(streets.order_by(Unit.code)):
        at = course_of(code, "R1").sent_at - timedelta(minutes=10)
        yield Event(at, partial(_attach, unit=code, folder=folder, cast=cast, at=at))


def _attach(session: Session, *, unit: str, folder: Path, cast: Cast, at: datetime) -> None:
    stored = store(draw_paper(unit), folder=folder, max_bytes=1_000_000)
    writer = cast.writer(unit)
    attach(session, PLAN, "R1", unit, stored=stored, name=NAME, actor=writer, at=at)


def _due(session: Session) -> dict[tuple[str, str], dict[str, int]]:
    found: dict[tuple[str, str], dict[str, int]] = {}
    rows = session.execute(
        select(Unit.code, Round.code, Target.code, func.coalesce(Quota.own, 0))
        .select_from(DueItem)
        .join(Unit, Unit.id == DueItem.unit)
        .join(Round, Round.id == DueItem.round)
        .join(Target, Target.id == DueItem.target)
        .join(Plan, Plan.id == Target.plan)
        .outerjoin(
            Quota,
            (Quota.target == DueItem.target)
            & (Quota.unit == DueItem.unit)
            & Quota.valid_to.is_(None),
        )
        .where(Plan.code == PLAN, Round.code.in_(ROUNDS))
        .order_by(Round.code, Unit.code, Target.code)
    )
    for unit, round_, target, goal in rows:
        found.setdefault((unit, round_), {})[target] = goal
    return found


def _units_below(session: Session) -> dict[str, int]:
    above = select(Unit.code, func.count()).join_from(Unit, UnitLink, UnitLink.parent == Unit.id)
    lines = above.where(UnitLink.tree == "responsibility").group_by(Unit.code)
    return {code: count for code, count in session.execute(lines)}
