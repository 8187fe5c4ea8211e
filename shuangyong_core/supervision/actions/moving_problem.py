"""The one way a problem moves: held, by the table, a step, a notice and an audit entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.accounts.queries.names import name_of
from shuangyong_core.audit import actions as audit
from shuangyong_core.errors import Conflict
from shuangyong_core.marks import actions as marks
from shuangyong_core.marks.models import Step
from shuangyong_core.marks.queries import list_steps
from shuangyong_core.reports.queries.happened import shown_instant
from shuangyong_core.supervision.actions.notify import Word, end_notices, notify
from shuangyong_core.supervision.models import Problem
from shuangyong_core.supervision.queries.problems import find_problem
from shuangyong_core.supervision.rules import notices
from shuangyong_core.supervision.rules.notices import Rung
from shuangyong_core.supervision.rules.problems import (
    PROBLEM_ACT_WORDS,
    PROBLEM_WORDS,
    ProblemAct,
    ProblemStatus,
    next_problem_status,
)

SUBJECT = "problem"


class CannotDo(Conflict):
    """The table has no such move: somebody was first, or a step is missing before it."""

    message = "现在不能{act}：{number}是“{status}”（{who}，{when}）。请刷新后再看。"
    code = "problem_moved_on"


def hold_problem(session: Session, name: str, *, actor: Actor) -> Problem:
    """This function will hold a problem until the end of the transaction; ProblemNotFound."""
    found = find_problem(session, name, actor=actor)
    held = select(Problem).where(Problem.id == found.id).with_for_update()
    return session.scalars(held.execution_options(populate_existing=True)).one()


def move_problem(
    session: Session,
    problem: Problem,
    *,
    act: ProblemAct,
    actor: Actor,
    at: datetime,
    note: str = "",
    **changed: Any,
) -> ProblemStatus:
    """This function will move a held problem by the table; raises CannotDo if it cannot."""
    now = ProblemStatus(problem.status)
    to = next_problem_status(now, act)
    if to is None:
        raise _cannot_do(session, problem, act)
    moved = update(Problem).where(Problem.id == problem.id)
    session.execute(moved.values(status=to.value, version=problem.version + 1, **changed))
    step_of(session, problem, came_from=now, to=to, actor=actor, at=at, note=note)
    end_notices(session, notices.PROBLEM, problem.id, at=at)
    audit.record(session, act=f"problem.{act}", subject=f"problem:{problem.reference}",
                 actor=actor.key, at=at)  # fmt: skip
    return to


def step_of(
    session: Session,
    problem: Problem,
    *,
    came_from: ProblemStatus | None,
    to: ProblemStatus,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> None:
    """This function will write the step of a problem."""
    marks.take_step(
        session, subject_kind=SUBJECT, subject_id=problem.id, unit=problem.unit,
        from_status=came_from, to_status=to, at=at, actor=actor.key, note=note,
    )  # fmt: skip


def tell_holder(session: Session, problem: Problem, raiser: str, *, at: datetime) -> None:
    """This function will tell the unit with which a problem lies now."""
    by = problem.wished_by
    wish = f"，希望 {by.month}月{by.day}日前答复" if by else ""
    text = f"{raiser}报来需协调事项：{problem.title}（{problem.number}）{wish}。"
    _tell(session, problem, Rung.RAISED, problem.holder, text, at=at)


def tell_raiser(session: Session, problem: Problem, said: str, *, at: datetime) -> None:
    """This function will tell the unit that raised a problem what became of it."""
    text = f"{problem.title}（{problem.number}）：{said}"
    _tell(session, problem, Rung.SETTLED, problem.unit, text, at=at)


def _tell(
    session: Session, problem: Problem, rung: Rung, recipient: int, text: str, *, at: datetime
) -> None:
    word = Word(notices.PROBLEM, problem.id, rung, problem.version, recipient, text,
                problem.reference)  # fmt: skip
    notify(session, [word], at=at)


def last_step(session: Session, problem: Problem) -> Step:
    """This function will give what was done to a problem last, and by whom."""
    return list_steps(session, subject_kind=SUBJECT, subject_id=problem.id)[-1]


def _cannot_do(session: Session, problem: Problem, act: ProblemAct) -> CannotDo:
    step = last_step(session, problem)
    return CannotDo(
        act=PROBLEM_ACT_WORDS[act], number=problem.number,
        status=PROBLEM_WORDS[ProblemStatus(problem.status)],
        who=name_of(session, step.actor), when=shown_instant(step.at),
    )  # fmt: skip
