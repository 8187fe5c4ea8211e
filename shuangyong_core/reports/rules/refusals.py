"""Whether an act may be done now: each refusal holds the sentence the user reads."""

from __future__ import annotations

from datetime import date

from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.reports.rules.status import STATUS_WORDS, Act, Status, next_status

RUNNING = frozenset({"launching", "active", "closing"})


class PlanNotRunning(Refused):
    """The plan is not launched yet, or closed."""

    message = "这个年度计划还没有下达，或者已经办结，不能填报。"
    code = "plan_not_running"


class NothingDue(Refused):
    """The unit has nothing to report in the round."""

    message = "本单位在“{round}”没有要报的项目。"
    code = "nothing_due"


class RoundNotOpen(Refused):
    """The round opens later."""

    message = "“{round}”从 {opens_on} 起填报，{due_date} 前报送，现在还不能报。"
    code = "round_not_open"


class RoundLocked(Refused):
    """The round is closed: even late submissions are over."""

    message = "“{round}”应于 {due_date} 前报送，已于 {locks_on} 截止；确需补报请联系上级。"
    code = "round_locked"


class WaitsForReview(Conflict):
    """A submission waits for review: it must be withdrawn before it can be changed."""

    message = "这一期{status}。要改，请先撤回。"
    code = "waits_for_review"


class NothingToWithdraw(Conflict):
    """Nothing waits that could be withdrawn."""

    message = "这一期现在是“{status}”，没有等待审核的报送可以撤回。"
    code = "nothing_to_withdraw"


def check_writable(
    status: Status,
    *,
    plan_status: str,
    round_title: str,
    opens_on: date,
    due_date: date,
    locks_on: date,
    is_backfill: bool,
    today: date,
) -> None:
    """This function will refuse to write or submit when the plan, round or review forbids it."""
    if plan_status not in RUNNING:
        raise PlanNotRunning
    if next_status(status, Act.SUBMIT) is None:
        raise WaitsForReview(status=STATUS_WORDS[status])
    if today < opens_on:
        raise RoundNotOpen(round=round_title, opens_on=opens_on, due_date=due_date)
    # Whoever reviews may ask after the lock; then the answer must be let in.
    is_answer = status in (Status.RETURNED, Status.REOPENED)
    # What was sent down after the lock (补录) stays open until the year is closed.
    if today > locks_on and not (is_answer or is_backfill):
        raise RoundLocked(round=round_title, due_date=due_date, locks_on=locks_on)


def check_withdrawable(status: Status) -> None:
    """This function will refuse to withdraw when nothing waits, or a reviewer has acted."""
    if next_status(status, Act.WITHDRAW) is None:
        raise NothingToWithdraw(status=STATUS_WORDS[status])
