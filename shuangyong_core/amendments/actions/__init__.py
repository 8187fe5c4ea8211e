"""Acts that cross the year: a preview as plain values, then exactly that in one audited act."""

from shuangyong_core.amendments.actions.amend_plan import amend_plan, preview_amendment
from shuangyong_core.amendments.actions.load_holiday_notice import (
    MayNotLoadNotice,
    NoticeLoaded,
    load_holiday_notice,
)
from shuangyong_core.amendments.actions.reorganise import (
    PreviewMoved,
    Reorganised,
    preview_reorganisation,
    reorganise,
)

__all__ = [
    "MayNotLoadNotice",
    "NoticeLoaded",
    "PreviewMoved",
    "Reorganised",
    "amend_plan",
    "load_holiday_notice",
    "preview_amendment",
    "preview_reorganisation",
    "reorganise",
]
