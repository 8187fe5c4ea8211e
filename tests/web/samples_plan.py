"""Sample views of a plan's draft: the list, its steps with something wrong, one target."""

from __future__ import annotations

from dataclasses import replace

from shuangyong_core.web.charts import bar
from shuangyong_core.web.pages.plan_steps_view import (
    BaseRow,
    Chip,
    Field,
    GroupForm,
    HeadingRows,
    KindRow,
    LaunchRow,
    LaunchView,
    RoundRow,
    TargetRow,
    TargetsView,
    TargetView,
    UnitsView,
)
from shuangyong_core.web.pages.plan_view import (
    Found,
    Load,
    Panel,
    PlanRow,
    PlansView,
    PlanView,
    RoundLoad,
    StepTab,
)
from shuangyong_core.web.pages.shell import Choice, Confirm, Link
from tests.web.samples import at

CHIPS = tuple(Chip(code, code in ("R2", "R5")) for code in ("R1", "R2", "R3", "R4", "R5"))
STEPS = {"basis": "1 依据", "rounds": "2 报送次数", "targets": "3 选任务、定目标",
         "units": "4 单位与基数", "launch": "5 下达"}  # fmt: skip
WRONG = "“十二百”不能用：请填整数，例如 6。"
PANEL = Panel(
    1,
    1,
    (
        Found("late", "改了才能下达", f"任务 C03：{WRONG}", Link("去改 C03", "#row-C03-0")),
        Found("warn", "请看一下", "标准第五类还没有选任务，这一类将没有材料。"),
    ),
    (Load("社区", 4, 11, bar(4, 8, label="社区 4 次", planned=6), False),
     Load("街道", 7, 17, bar(7, 8, label="街道 7 次", planned=6), True)),
    "129 个社区 1,419 个数；全年合计 2,168 个",
    (RoundLoad("R1", 186, 8, 58.0, 18.0), RoundLoad("R2", 586, 64, 18.0, 58.0)),
)  # fmt: skip
CHOSEN = (
    TargetRow("C03", "春节走访优抚对象、烈军属", 0, True, "社区", "十二百", "户（合计）", "", CHIPS,
              "P2 三3", WRONG, "/t"),
    TargetRow("B03", "宣传教育活动", 1, True, "基层工会", "1", "次/单位", "", CHIPS, ""),
    TargetRow("C06", "慰问金", 0, True, "街道", "", "", "不设目标", CHIPS, "P1 四", "",
              "/t"),
)  # fmt: skip
REST = (
    TargetRow("C08", "召开八一军地座谈会", 0, False, "街道", "", "", "1 场/单位", CHIPS, "通行"),
)
SOME = (Choice("", "全部 88", True), Choice("on", "已选 25"))


def plans() -> PlansView:
    """A draft and a plan of an issuer."""
    rows = (
        PlanRow(
            "linjiang-2027", "2027年度双拥工作计划", 2027, "草拟", "na", "/p", "草稿 09:28 已存"
        ),
        PlanRow("linjiang-2026", "2026年度双拥工作计划", 2026, "执行中", "ok", "/p", "", "复制"),
    )
    return PlansView("临江区", rows, 2028, ("已有编码为 linjiang-2027 的计划或草稿。",))


def plan(step: str) -> PlanView:
    """A draft at a step, with a wrong goal in it."""
    frame = PlanView(
        "linjiang-2027", "2027年度双拥工作计划", 2027, "linjiang-2026", at(7, 20, 9, 28), 3, step,
        tuple(StepTab(label, f"/{key}", key == step) for key, label in STEPS.items()),
        f"/{step}", PANEL, True, "草拟", next=Link("5 下达", "/launch"),
    )  # fmt: skip
    shown = {
        "basis": {"heads": (Field("title", "计划名称", "2027年度计划", "印在每页上"),) * 4},
        "rounds": {"rounds": _rounds()},
        "targets": {"targets": _targets()},
        "units": {"units": _units()},
        "launch": {"launch": _launch(), "errors": ("没有勾选要下达的任务。",)},
    }
    return replace(frame, **shown[step])  # type: ignore[arg-type]


def one_target() -> PlanView:
    """A target of the office's own on its page."""
    group = GroupForm(0, SOME, "990106-CY16", CHIPS, SOME, "4", SOME)
    shown = TargetView(
        "Z01", False, (Field("title", "任务名称", "双拥歌咏活动"),), SOME, SOME,
        (Field("unit", "计量单位", "场", "次、户、人"),), "", (group, replace(group, number=1,
        is_new=True)), SOME, WRONG, (("说明", "各单位一年至少一次。"),),
    )  # fmt: skip
    return replace(plan("targets"), target=shown)


def _rounds() -> tuple[RoundRow, ...]:
    fields = (
        Field("code.0", "编码", "R1"),
        Field("due_date.0", "报送时限", "年底", error="没有这个日子。"),
    )
    return (RoundRow(0, fields, "3月6日前报送（暂定）"), RoundRow(1, fields, is_new=True))


def _targets() -> TargetsView:
    headings = (
        HeadingRows(3, "三、双拥活动坚持经常", CHOSEN, REST, "已选 3/14"),
        HeadingRows(5, "五、拥政爱民成果显著", (), REST, "已选 0/4", True),
    )
    return TargetsView(headings, SOME, SOME, "走访", "", "R1 3月6日 · R2 7月10日", "/own")


def _units() -> UnitsView:
    bases = (
        BaseRow("优抚对象", "C03、C04", 129, 2, "望江社区、滨河社区"),
        BaseRow("户数", "G03", 9, 0, ""),
    )
    return UnitsView((KindRow("社区", 129, "一年 4 次"),), bases, Link("在单位表里加一列。"))


def _launch() -> LaunchView:
    rows = (
        LaunchRow("C03", "春节走访优抚对象、烈军属", "社区", True, True, "已下达，129 个单位"),
        LaunchRow("C04", "八一走访优抚对象、烈军属", "社区", False, True, ""),
    )
    asks = Confirm("确认下达，只问这一次：", "先行下达 1 项。", "确认下达", "launch", "/launch")
    return LaunchView(rows, "", "R1、R2", True, asks, "正在下达 1 项。", True)
