"""Problems as the pages show them: the light, the sentences, the history."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.accounts.queries.names import names_of
from shuangyong_core.marks.queries import list_steps
from shuangyong_core.plans.queries.tree import get_node
from shuangyong_core.supervision.actions.moving_problem import SUBJECT
from shuangyong_core.supervision.queries.problems import RAISERS, ProblemRow
from shuangyong_core.supervision.rules.problems import PROBLEM_WORDS, ProblemStatus
from shuangyong_core.units.queries import get_card
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import home_of, plan_in_view
from shuangyong_core.web.pages.beside_view import ProblemShown
from shuangyong_core.web.pages.shell import Happened, Light
from shuangyong_core.web.rendering import moment, monthday

STEPS = {
    (None, "open"): "提出",
    ("open", "open"): "上报一级",
    ("open", "answered"): "答复",
    ("answered", "open"): "仍需协调",
    ("answered", "closed"): "办结",
    ("open", "closed"): "自行办结",
}


def above_of(session: Session, desk: Desk) -> str:
    """This function will name the unit a user's problem goes to; empty: they may raise none."""
    home, plan = home_of(session, desk), plan_in_view(session, desk)
    if home is None or plan is None or home.id not in desk.actor.units_with(*RAISERS):
        return ""
    parent = get_node(session, plan.id, home.id).parent
    return "" if parent is None else get_card(session, parent).name


def shown(row: ProblemRow, today: date) -> ProblemShown:
    """This function will give a problem as a line shows it."""
    return ProblemShown(
        number=row.number, title=row.title, text=row.text, href=f"/problems/{row.reference}",
        unit=row.unit_name, holder=row.holder_name,
        wish=f"{monthday(row.wished_by)}前" if row.wished_by else "",
        raised=f"{row.unit_name} {moment(row.raised_at)}", light=_light(row, today),
        state=PROBLEM_WORDS[row.status], answer=row.answer,
        answered=f"{row.answered_by} {moment(row.answered_at)}" if row.answered_at else "",
        may=tuple(act.value for act in row.may),
    )  # fmt: skip


def _light(row: ProblemRow, today: date) -> Light:
    if row.status is not ProblemStatus.OPEN:
        return "ok"
    return "late" if row.wished_by is not None and row.wished_by < today else "warn"


def history_of(session: Session, row: ProblemRow) -> tuple[Happened, ...]:
    """This function will give what happened to a problem, newest first."""
    steps = list_steps(session, subject_kind=SUBJECT, subject_id=row.id)
    names = names_of(session, [step.actor for step in steps])
    return tuple(
        Happened(
            STEPS[step.from_status, step.to_status] + (f"：{step.note}" if step.note else ""),
            step.at, names[step.actor],
        )
        for step in reversed(steps)
    )  # fmt: skip
