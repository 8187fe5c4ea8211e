"""Sample views of an amendment: nothing begun, a preview with something of everything, asked."""

from __future__ import annotations

from dataclasses import replace

from shuangyong_core.web.pages.amend_view import (
    AmendView,
    Aside,
    Cell,
    Change,
    Checked,
    Preview,
    UnitRow,
    Version,
)
from shuangyong_core.web.pages.shell import Confirm, Link
from tests.web.samples import at

CHANGES = (
    Change("chg", "任务", "D06", "为优抚对象解决实际困难", ("目标 258 件",), ("目标 280 件",),
           "13 个单位重新确认分解", "已审核 123 个，合计 143 件，不变"),
    Change("add", "任务", "H04", "军事设施保护宣传", ("—",), ("目标 每单位 1 次", "报送 R5"),
           "14 个单位", "无"),
    Change("del", "任务", "G07", "随军家属就业", ("谁报 13 个街道",), ("不再报送",), "14 个单位",
           "已审核 2 个，其中 1 个留存备查、不计入合计"),
)  # fmt: skip
ROWS = (
    UnitRow("江滨街道", (Cell("23", "25", "+2"), Cell(said="加 1 项")), "17 → 18",
            "确认分解（D06），12 个下级随之调整"),
    UnitRow("没有变化的单位", (Cell(said="2"), Cell(said="—")), "—", "不用做什么"),
)  # fmt: skip
PREVIEW = Preview(
    "v1.0.D06:1",
    2,
    CHANGES,
    ("D06", "H04"),
    ("为优抚对象解决实际困难（件）", "军事设施保护宣传（次）"),
    ROWS,
    (Cell("258", "280", "+22"), Cell(said="加 13 项")),
    "只列有变化的：13 个直接下级",
    (("计划", "第1版 → 第2版"), ("应报", "2,167 → 2,178 项")),
    (Checked("ok", "D06 分解守恒：280 = 各下级之和"), Checked("warn", "G07 要写原因")),
    (Aside("G07", "随军家属就业", ("江滨街道 R5 2 人",), "", 1),),
)
VERSIONS = (
    Version(2, at(7, 20, 9, 28), "区双拥办联络员", "领导小组会议纪要", ("改 D06 目标",), ("留存",)),
    Version(1, at(1, 12, 9, 0), "", "", ("下达时的计划",)),
)
VIEW = AmendView(
    "linjiang-2026", "2026年度双拥工作计划", 2026, 1, "/a", True, "会议纪要", "",
    (Link("去改任务和目标", "/t"),), VERSIONS, PREVIEW,
)  # fmt: skip
CONFIRM = Confirm("确认调整，只问这一次：", "计划调整为第2版。", "确认调整", "apply", "/a")


def amend(*, asks: bool = False) -> AmendView:
    """A preview, or the same when it is asked once."""
    return replace(VIEW, preview=replace(PREVIEW, confirm=CONFIRM)) if asks else VIEW


def nothing() -> AmendView:
    """Nothing is being changed, and what was refused."""
    return replace(VIEW, preview=None, is_amending=False, may_not="没有打开的修改。",
                   errors=("R1 已经截止，不能再改。",))  # fmt: skip
