"""What is kept about reports, in files: the conversation, its figures, decisions, replies, use."""

from shuangyong_core.reports.models.decision import (
    COUNTED_WAS,
    Acceptance,
    Counted,
    ReviewReturn,
)
from shuangyong_core.reports.models.figure import Figure, FigureKey, FigurePart
from shuangyong_core.reports.models.reply import Reply, UnitReply
from shuangyong_core.reports.models.report import (
    Draft,
    DraftFile,
    Report,
    ReportFile,
    Status,
    Submission,
)
from shuangyong_core.reports.models.support import SupportFile
from shuangyong_core.reports.models.use import RoundUse

__all__ = [
    "COUNTED_WAS",
    "Acceptance",
    "Counted",
    "Draft",
    "DraftFile",
    "Figure",
    "FigureKey",
    "FigurePart",
    "Reply",
    "Report",
    "ReportFile",
    "ReviewReturn",
    "RoundUse",
    "Status",
    "Submission",
    "SupportFile",
    "UnitReply",
]
