"""What has happened to a report: who decided last, told to whoever comes second."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.queries.acted_for import Acted, names_of_acts
from shuangyong_core.clock import SHANGHAI
from shuangyong_core.errors import Conflict
from shuangyong_core.marks.models import Step
from shuangyong_core.reports.rules.status import Status


class DecidedByAnother(Conflict):
    """Somebody else was first; says which post did what, and when."""

    message = "{who}已于 {when} {what}，您这次没有办成。请刷新后再看。"
    code = "decided_by_another"


SUBJECT = "report"
# Accepted again without a decision: only the note tells this step from an acceptance.
CORRECTION_WITHDRAWN = "correction_withdrawn"
DECIDED = (Status.CHECKED, Status.RETURNED, Status.ACCEPTED, Status.REOPENED)
DECIDERS = (Role.REVIEWER, Role.ISSUER)
WRITERS = (Role.REPORTER, Role.MANAGER)
# Accepted with the submission itself, for its reviewer typed it.
TYPED_BY_REVIEWER = "typed_by_reviewer"
TOKENS = (CORRECTION_WITHDRAWN, TYPED_BY_REVIEWER)  # notes that are no text to show
COUNTED_WORDS = "代填，视为已审核"
DONE_WORDS = {
    Status.DRAFT: "撤回",
    Status.SUBMITTED: "报送",
    Status.CHECKED: "初审通过",
    Status.RETURNED: "退回修改",
    Status.ACCEPTED: "审核通过",
    Status.REOPENED: "退回复核",
}


def latest_step(session: Session, report: int) -> Step | None:
    """This function will give the last move of a report."""
    found = select(Step).where(Step.subject_kind == SUBJECT, Step.subject_id == report)
    return session.scalar(found.order_by(Step.id.desc()).limit(1))


def decided_by_another(session: Session, report: int) -> DecidedByAnother:
    """This function will make the refusal that says who did what, and when."""
    step = latest_step(session, report)
    if step is None:
        return DecidedByAnother(who="别人", when="刚刚", what="先办")
    what = what_was_done(step)
    (who,) = names_of_acts(session, [acted(step)], unit=step.unit or 0)
    return DecidedByAnother(who=who, when=shown_instant(step.at), what=what)


def acted(step: Step) -> Acted:
    """This function will give a step as an act: decisions are the reviewers', all else writers'."""
    return Acted(step.actor, step.at, DECIDERS if step.to_status in DECIDED else WRITERS)


def what_was_done(step: Step) -> str:
    """This function will name the act that a step was."""
    if step.from_status is None:
        return "开始填写"
    if (step.from_status, step.to_status) == (Status.ACCEPTED, Status.SUBMITTED):
        return "报送更正"
    if step.note == CORRECTION_WITHDRAWN and step.to_status == Status.ACCEPTED:
        return "撤回更正"
    if step.note == TYPED_BY_REVIEWER:
        return COUNTED_WORDS
    return DONE_WORDS[Status(step.to_status)]


def shown_instant(at: datetime) -> str:
    """This function will write an instant as people in Shanghai read it."""
    local = at.astimezone(SHANGHAI)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
