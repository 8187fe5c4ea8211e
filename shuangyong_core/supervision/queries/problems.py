"""Problems as one sees them: one's own and those of the units below, the open ones first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.accounts.queries.names import names_of
from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import units_in_reach
from shuangyong_core.plans.queries.within import list_plans_within
from shuangyong_core.supervision.models import Problem
from shuangyong_core.supervision.queries.acting import units_acted_for
from shuangyong_core.supervision.rules.problems import (
    ProblemAct,
    ProblemStatus,
    next_problem_status,
)
from shuangyong_core.units.models import Unit

HOLDERS = frozenset({ProblemAct.ANSWER, ProblemAct.PASS_UP})
ANSWERERS = (Role.ISSUER, Role.MANAGER)
RAISERS = (Role.MANAGER, Role.REPORTER)


class ProblemNotFound(NotFound):
    """There is none of this number, or it is not yours to see."""

    message = "没有找到这个编号的需协调事项，或者不在您的范围内。"
    code = "problem_not_found"


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A problem with the names that belong to it, and what the reader may do."""

    id: int
    reference: str
    number: str
    plan: str
    title: str
    text: str
    unit: str
    unit_name: str
    holder: str
    holder_name: str
    wished_by: date | None
    status: ProblemStatus
    raised_at: datetime
    raised_by: str
    answer: str
    answered_at: datetime | None
    answered_by: str
    may: Collection[ProblemAct] = field(default=())


def find_problem(session: Session, name: str, *, actor: Actor) -> Problem:
    """This function will find a problem by its address or number; raises ProblemNotFound."""
    named = select(Problem).where(or_(Problem.reference == name, Problem.number == name))
    for problem in session.scalars(named.order_by(Problem.reference != name, Problem.id)):
        reached = units_in_reach(problem.plan, actor)
        seen = select(Problem.id).where(Problem.id == problem.id, Problem.unit.in_(reached))
        if session.scalar(seen) is not None:
            return problem
    raise ProblemNotFound


def get_problem(session: Session, name: str, *, actor: Actor) -> ProblemRow:
    """This function will give a problem as the actor sees it; raises ProblemNotFound."""
    found = find_problem(session, name, actor=actor)
    return _rows(session, _problems().where(Problem.id == found.id), actor=actor)[0]


def list_problems(
    session: Session, *, actor: Actor, plan: str | None = None, is_open: bool = False
) -> list[ProblemRow]:
    """This function will list the problems of the units an actor reaches, open ones first."""
    rows: list[ProblemRow] = []
    for each in list_plans_within(session, actor=actor):
        if plan in (None, each.code):
            reached = units_in_reach(each.id, actor)
            found = _problems().where(Problem.plan == each.id, Problem.unit.in_(reached))
            if is_open:
                found = found.where(Problem.status == ProblemStatus.OPEN.value)
            rows += _rows(session, found, actor=actor)
    return sorted(rows, key=lambda row: list(ProblemStatus).index(row.status))


def _problems() -> Select[tuple[Problem, str, str, str, str, str]]:
    holder = aliased(Unit)
    return (
        select(Problem, Plan.code, Unit.code, Unit.name, holder.code, holder.name)
        .join(Plan, Plan.id == Problem.plan)
        .join(Unit, Unit.id == Problem.unit)
        .join(holder, holder.id == Problem.holder)
        .order_by(Problem.id.desc())
        .execution_options(populate_existing=True)
    )


def _rows(
    session: Session, found: Select[tuple[Problem, str, str, str, str, str]], *, actor: Actor
) -> list[ProblemRow]:
    kept = session.execute(found).all()
    keys = [row[0].raised_by for row in kept]
    keys += [row[0].answered_by for row in kept if row[0].answered_by]
    names = names_of(session, keys)
    plans = {row[0].plan for row in kept}
    answers, raises = (
        {plan: units_acted_for(session, plan, actor, *roles) for plan in plans}
        for roles in (ANSWERERS, RAISERS)
    )

    def may(one: Problem) -> Sequence[ProblemAct]:
        return _may(
            ProblemStatus(one.status),
            answers=actor.is_unlimited or one.holder in answers[one.plan],
            raised=actor.is_unlimited or one.unit in raises[one.plan],
        )

    return [_row(*row._tuple(), names=names, may=may(row[0])) for row in kept]


def _row(
    kept: Problem, plan: str, unit: str, unit_name: str, holder: str, holder_name: str,
    *, names: dict[str, str], may: Sequence[ProblemAct],
) -> ProblemRow:  # fmt: skip
    return ProblemRow(
        id=kept.id, reference=kept.reference, number=kept.number, plan=plan, title=kept.title,
        text=kept.text, unit=unit, unit_name=unit_name, holder=holder, holder_name=holder_name,
        wished_by=kept.wished_by, status=ProblemStatus(kept.status), raised_at=kept.raised_at,
        raised_by=names[kept.raised_by], answer=kept.answer, answered_at=kept.answered_at,
        answered_by=names[kept.answered_by] if kept.answered_by else "",
        may=may,
    )  # fmt: skip


def _may(status: ProblemStatus, *, answers: bool, raised: bool) -> Sequence[ProblemAct]:
    return [
        act for act in ProblemAct
        if next_problem_status(status, act) and (answers if act in HOLDERS else raised)
    ]  # fmt: skip
