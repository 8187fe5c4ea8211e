"""Whether a holder may give a unit under it an earlier date: the faults, as sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuangyong_core.assignments.rules.splits import check_reason
from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.errors import Problem


@dataclass(frozen=True, slots=True)
class DateFrame:
    """What an earlier date has to lie between, and how much earlier it may be without a reason."""

    round: str
    opens_on: date
    due_date: date  # the holder's own
    today: date
    lead_workdays: int


def check_child_date(
    wanted: date, frame: DateFrame, *, reason: str, calendar: Calendar
) -> tuple[int, list[Problem]]:
    """This function will give how many working days earlier a date is, and what is wrong."""
    lead = calendar.workdays_between(wanted, frame.due_date)
    problems = check_reason(reason)
    if frame.due_date < frame.today:
        why = f"{frame.round} 的报送时限 {frame.due_date} 已过，不能再提前。"
        return lead, [*problems, Problem("round_over", why, field="round")]
    shown = wanted.isoformat()
    if wanted > frame.due_date:
        why = f"不能晚于本单位的报送时限 {frame.due_date}。"
        problems.append(Problem("later_than_own", why, field="due", value=shown))
    elif wanted < max(frame.opens_on, frame.today):
        first = max(frame.opens_on, frame.today)
        why = f"最早可定 {first}：再早还没开放填报，或日子已过。"
        problems.append(Problem("too_early", why, field="due", value=shown))
    elif lead > frame.lead_workdays and not reason.strip():
        why = (
            f"比本单位的报送时限早 {lead} 个工作日，超过计划允许的 {frame.lead_workdays} 个，"
            "请写明理由。"
        )
        problems.append(Problem("reason_missing", why, field="reason"))
    return lead, problems
