"""What happened to the workbook of a unit in a round: fetched, refused, passed, written."""

from __future__ import annotations

from enum import StrEnum


class WorkbookStep(StrEnum):
    """One thing that was done with a workbook; nothing of it is ever owed."""

    FETCHED = "fetched"  # 下载
    REFUSED = "refused"  # 检查未通过
    PASSED = "passed"  # 检查通过
    WRITTEN = "written"  # 已写入


STEP_WORDS = {
    WorkbookStep.FETCHED: "下载工作簿",
    WorkbookStep.REFUSED: "检查未通过，{count} 处要改",
    WorkbookStep.PASSED: "检查通过，可写入 {count} 个单位",
    WorkbookStep.WRITTEN: "已写入 {count} 个单位",
}
