"""Sample views of the to-do page: for a clerk, a street, and when nothing is to do."""

from __future__ import annotations

from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.pages.todo_view import (
    Below,
    BelowRow,
    TodoGroup,
    TodoRow,
    TodoView,
    YearRow,
)
from tests.web.samples import day

YEAR = (
    YearRow("开年和春节", "/r/1", day(3, 6), 1, "ok", "已审核"),
    YearRow("上半年", "/r/2", day(7, 10), 4, "late", "未报"),
    YearRow("八一", "/r/3", day(8, 7), 1, "na", "未开始"),
    YearRow("全年", "/r/5", day(12, 10, is_provisional=True), 5, "na", "未开始"),
)


def clerk() -> TodoView:
    """A community's two things."""
    late = TodoRow(
        "late",
        "超期 6 个工作日",
        "2026年上半年报送",
        "应于 7月10日报送，7月24日前仍可补报。草稿已填 3/4 项",
        "/r/2",
        "继续填报",
        True,
    )
    soon = TodoRow(
        "na",
        "未开放",
        "八一走访优抚对象、烈军属",
        "7月31日前走访，8月7日前报送。目标 10 户",
        "/r/3",
        percent=60,
        percent_label="已走访 6 户，目标 10 户",
    )
    groups = (
        TodoGroup("要我办", (late,)),
        TodoGroup("近期", (soon,), "办理和报送是两个时限"),
    )
    return TodoView("柳塘社区", "石桥街道 · 今天 7月20日 周一", groups, YEAR)


def street() -> TodoView:
    """A street's week."""
    today = tuple(
        TodoRow(
            "warn",
            "今天到期",
            f"审核：{name} 上半年报送",
            "7月15日报来，审核时限 3 个工作日",
            "/v",
            "审核",
        )
        for name in ("望江社区", "渡口社区")
    )
    week = (
        TodoRow("ok", "还有 2 天", "确认任务分解：26 项", "到期按默认方案下达", "/split", "去确认"),
    )
    mine = (
        TodoRow(
            "na",
            "待区核对",
            "本街道 上半年报送",
            "7月16日报出，在区双拥办 2 个工作日",
            "/r",
            "查看",
        ),
    )
    rows = tuple(
        BelowRow(f"{name}社区", "/b", "工作簿" if name == "码头" else "社区填报", light, state)
        for name, light, state in (
            ("望江", "na", "待审核"),
            ("滨河", "ok", "已审核"),
            ("码头", "ok", "已审核"),
            ("白鹭", "rev", "复核中"),
        )
    )
    groups = (
        TodoGroup("今天到期", today, link=Link("逐份审核", "/review")),
        TodoGroup("本周", week),
        TodoGroup("等别人办", mine),
    )
    below = Below("上半年报送", 12, 12, rows, "已审核 8，待审核 3，复核中 1")
    return TodoView(
        "待办", "江滨街道 · 今天 7月20日 周一 · 4 件要办", groups, YEAR, below, is_wide=True
    )


def nothing() -> TodoView:
    """A quiet day."""
    return TodoView("待办", "江滨街道", (), next_step="下一次报送 7月29日开放。", is_wide=True)
