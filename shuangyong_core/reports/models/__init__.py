"""What is kept about reports, in three files: the conversation, its figures, its decisions."""

from shuangyong_core.reports.models.decision import Acceptance, Counted, ReviewReturn
from shuangyong_core.reports.models.figure import Figure, FigureKey, FigurePart
from shuangyong_core.reports.models.report import (
    Draft,
    DraftFile,
    Report,
    ReportFile,
    Status,
    Submission,
)

__all__ = [
    "Acceptance",
    "Counted",
    "Draft",
    "DraftFile",
    "Figure",
    "FigureKey",
    "FigurePart",
    "Report",
    "ReportFile",
    "ReviewReturn",
    "Status",
    "Submission",
]
