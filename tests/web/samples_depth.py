"""Sample views one click deeper: report, split, target."""

from __future__ import annotations

from dataclasses import replace

from shuangyong_core.web.charts import bar
from shuangyong_core.web.pages.report_view import ReportAct, ReportView, Shown
from shuangyong_core.web.pages.shell import Attached, Confirm, Happened, Link
from shuangyong_core.web.pages.split_view import (
    SplitCell,
    SplitRow,
    SplitTarget,
    SplitView,
    Unsplit,
)
from shuangyong_core.web.pages.target_view import TargetChild, TargetRound, TargetView
from tests.web.samples import at, day

COMMUNITIES = [
    "望江",
    "滨河",
    "码头",
    "新港",
    "沙湾",
    "渡口",
    "临江里",
    "听涛",
    "白鹭",
    "东堤",
    "船厂",
    "芦荡",
]
HISTORY = (
    Happened("街道审核通过，12 户", at(3, 5, 9, 20), "江滨街道审核岗"),
    Happened("社区更正后再报，12 户", at(3, 4, 15, 12), "望江社区联络员"),
    Happened("街道退回修改：与活动记录差 1 户", at(3, 4, 10, 5)),
)
FACTS = (("报送", "第 2 次，3月4日 15:12"), ("途径", "社区填报"), ("校验号", "9f3a…c41d"))


def report(*, asks: bool = False) -> ReportView:
    """A report that may still be withdrawn."""
    ask = Confirm(
        "撤回，确认一次：", "撤回后可以改，改完要重新报送。", "确认撤回", "withdraw", "/r", True
    )
    rows = (
        Shown(
            "C03", "春节走访优抚对象、烈军属", "12 户", "其中首次走访 2 户", "10 户", "3月5日 09:20"
        ),
        Shown("D06", "为优抚对象解决实际困难", "不涉及", "没有优抚对象提出困难"),
    )
    return ReportView(
        "2026年开年和春节报送",
        "望江社区",
        "na",
        "待审核",
        FACTS,
        rows,
        HISTORY,
        (Attached("登记表", "社区档案柜 2 号盒，第 6 页"),),
        "/r",
        4,
        (ReportAct("ask_withdraw", "撤回"),),
        ask if asks else None,
    )


def split(*, asks: bool = False) -> SplitView:
    """Two targets for twelve communities."""
    shares = {"C04": (11, 10, 9, 12, 10, 11, 13, 10, 8, 10, 12, 10), "G03": (30,) * 12}
    rows = tuple(
        SplitRow(
            f"{name}社区",
            tuple(
                SplitCell(f"{code}.{i}", str(shares[code][i]), str(shares[code][i] + (i == 1)))
                for code in shares
            ),
            (str(20 + i),),
        )
        for i, name in enumerate(COMMUNITIES)
    )
    own = SplitRow(
        "本级承办", (SplitCell("C04.own", "6", "6"), SplitCell("G03.own", "0", "0", False)), ("",)
    )
    ask = Confirm(
        "确认下达，确认一次：",
        "2 项分到 12 个社区，其余 3 项照旧。",
        "确认下达",
        "confirm",
        "/split",
    )
    return SplitView(
        "江滨街道",
        "2026年度双拥工作计划",
        day(1, 12),
        day(1, 22),
        "warn",
        "/split",
        "5:1f2e3d4c",
        "5:1:2",
        (
            SplitTarget(
                "C04",
                "八一走访优抚对象、烈军属",
                "户",
                "134",
                "140",
                "133",
                "warn",
                "还差 1",
                "126",
            ),
            SplitTarget("G03", "青少年等参加军民共建", "人次", "361", "378", "361", "ok", "正好"),
        ),
        (*rows, own),
        ("优抚对象（户）",),
        (
            Unsplit("A04", "调整充实领导小组", "只看办没办"),
            Unsplit("B03", "宣传教育活动", "每单位 4 次"),
        ),
        confirm=ask if asks else None,
        asks_reason=asks,
        may_not="C04 还差 1 户：分完即可下达",
    )


def target() -> TargetView:
    """One target of the district."""
    children = tuple(
        TargetChild(
            f"{name}街道",
            "/u",
            "122",
            "120",
            bar(122 - i * 9, 120, label="122/120"),
            12,
            12,
            12 - i,
            i,
            "ok",
        )
        for i, name in enumerate(("江滨", "文昌", "东门"))
    )
    rounds = (
        TargetRound(
            "R1", "开年和春节", day(3, 6), day(2, 14), "1,306 户", 129, 129, 129, 0, "ok", "已审核"
        ),
    )
    return TargetView(
        "C03",
        "春节走访优抚对象、烈军属",
        "临江区",
        (Link("临江市", "/p"),),
        "本年至今",
        "各单位相加",
        "1,306",
        "1,290",
        "户",
        "户",
        "1,306/1,290，101.2%",
        "1,290 户",
        129,
        129,
        129,
        "ok",
        rounds,
        children,
        "/source",
        clause="P2 三3",
    )


def total() -> TargetView:
    """The same where one may see the total alone."""
    return replace(target(), rounds=(), children=(), source_href="", path=(), is_total=True)
