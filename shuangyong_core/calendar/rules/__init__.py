"""The calendar as plain values: which days are worked, and on which day a rule falls."""

from shuangyong_core.calendar.rules.days import Calendar
from shuangyong_core.calendar.rules.due import Resolved, RuleUnknown, label
from shuangyong_core.calendar.rules.notices import (
    NoticeDay,
    NoticeRefused,
    YearNotice,
    check_notice,
    parse_notice,
)

__all__ = [
    "Calendar",
    "NoticeDay",
    "NoticeRefused",
    "Resolved",
    "RuleUnknown",
    "YearNotice",
    "check_notice",
    "label",
    "parse_notice",
]
