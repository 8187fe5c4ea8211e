"""Acts that cross the year: a preview as plain values, then exactly that in one audited act."""

from shuangyong_core.amendments.actions.amend_plan import amend_plan, preview_amendment
from shuangyong_core.amendments.actions.load_holiday_notice import (
    MayNotLoadNotice,
    NoticeLoaded,
    load_holiday_notice,
)

__all__ = [
    "MayNotLoadNotice",
    "NoticeLoaded",
    "amend_plan",
    "load_holiday_notice",
    "preview_amendment",
]
