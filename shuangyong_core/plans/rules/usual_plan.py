"""The plan a district begins with when it has none: its head, and the rounds of a usual year."""

from __future__ import annotations

from typing import Any

from shuangyong_core.calendar.rules import Calendar
from shuangyong_core.plans.rules.workdays import to_workdays

ROUNDS = (
    ("R1", "开年和春节", "春节+2wd", "春节+10wd", "春节-1wd"),
    ("R2", "上半年", "", "{year}-07-10", "{year}-06-30"),
    ("R3", "八一", "", "{year}-08-07", "八一-1d"),
    ("R4", "国防教育", "", "{year}-10-15", "烈士纪念日"),
    ("R5", "全年", "", "{year}-12-10", "{year}-11-30"),
)
LIMITS = {
    "inflation_limit": "1.05",
    "lead_workdays": "5",
    "review_levels": "1",
    "max_rounds": "6",
    "within": {"acknowledge": "3", "decompose": "5", "review": "3", "correct": "2"},
}


def usual_plan(
    year: int, calendar: Calendar, *, issuer: str = ""
) -> tuple[dict[str, Any], list[str]]:
    """This function will give the body of an empty plan, and what was moved off rest days."""
    names = ("code", "title", "opens_on", "due_date", "done_by")
    rounds = [
        {name: word.format(year=year) for name, word in zip(names, one, strict=True) if word}
        for one in ROUNDS
    ]
    head = {
        "code": f"{issuer}-{year}" if issuer else "",
        "year": str(year),
        "issuer": issuer,
        "title": f"{year}年度双拥工作计划",
        **LIMITS,
    }
    return to_workdays({"plan": head, "rounds": rounds, "indicators": [], "targets": []}, calendar)
