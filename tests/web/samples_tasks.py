"""Sample view of the list of a unit's tasks."""

from __future__ import annotations

from shuangyong_core.web.charts import bar
from shuangyong_core.web.pages.shell import Choice, Link
from shuangyong_core.web.pages.tasks_view import Task, TaskGroup, TasksView

DONE = bar(124, 126, label="124/126", planned=126)
VISITS = Task(
    "C03", "春节走访优抚对象、烈军属", "/t", "124 户", "126", "98.4%", DONE, 12, 12, 12, "ok"
)
LAW = Task("B06", "职工国防法学习覆盖率", "/t", "—", "90.0%", "", None, 0, 255, 0, "na")
CONFIRMED = Task(
    "A06", "年度任务确认", "/t", "1/1 个单位", "全部完成", "100.0%", DONE, 0, 0, 0, "ni",
    is_automatic=True,
)  # fmt: skip


def tasks() -> TasksView:
    """Two categories of a street, and one total of the district."""
    some = (Choice("", "各类任务", True), Choice("1", "双拥活动"))
    return TasksView(
        unit="江滨街道",
        plan="2026年度双拥工作计划",
        path=(Link("临江区", "/p"),),
        scope="本年至今",
        groups=(TaskGroup("组织领导", (CONFIRMED,)), TaskGroup("双拥活动", (VISITS, LAW))),
        shared=(VISITS,),
        shared_by="临江区",
        categories=some,
        rounds=some,
        unit_code="990106001",
        by="responsibility",
    )
