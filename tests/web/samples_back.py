"""Sample views of 报送反馈, of the page on which its use is told, and of 填报负担."""

from __future__ import annotations

from shuangyong_core.documents.back import BackSheet
from shuangyong_core.documents.back.sheet import BackLine
from shuangyong_core.web.charts import bar
from shuangyong_core.web.pages.back_view import BackView, UseRow, UseView
from shuangyong_core.web.pages.burden_view import BurdenView, KindRow, UnitRow
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.planning.panel import columns_of

PLAN = "2026年度双拥工作计划"
FILES = (Link("PDF", "/f?format=pdf"), Link("Word", "/f?format=docx"))


def back() -> BackView:
    """A street after the first half-year."""
    sheet = BackSheet(
        code="990106001",
        name="江滨街道",
        heading=f"临江区双拥办 · {PLAN}",
        printed="2026-07-20 的数",
        title="2026年上半年报送反馈",
        summary="应报 45 项，已报 25 项，已审核 17 项。",
        note="7月24日前仍可补报。",
        whole="临江区合计",
        own="本单位和下级",
        lines=(
            BackLine("宣传教育活动", "11 次（4/11 已审核）", "—", "308 次", "123/143"),
            BackLine("双拥宣传报道", "1 篇", "接近中间水平", "24 篇", "10/14"),
        ),
        used="已报市双拥办（临双拥报〔2026〕2 号）。",
        explained="不排名次。",
    )
    path = (Link("临江区", "/back/p/990106/R2"),)
    return BackView("江滨街道", PLAN, sheet, FILES, 13, FILES, path, "/use/p/990106")


def nothing() -> BackView:
    """A unit that was asked nothing in the round."""
    return BackView("区文联", PLAN, None, (), 0, (), ())


def uses(*, is_wrong: bool = False) -> UseView:
    """Two rounds, one told."""
    errors = ("请用一句话写这次报送的数用在哪里。",) if is_wrong else ()
    first = ("R1", "开年和春节", "3月6日前报送，3月20日截止")
    told = ("走访户数已报市双拥办", "临双拥报〔2026〕2 号", "7月1日 09:00 双拥办联络员")
    second = ("R2", "上半年", "7月10日前报送，7月24日截止")
    return UseView(
        PLAN,
        (
            UseRow(*first, *told, "R1", "/back/p/u/R1"),
            UseRow(*second, "", "", "", "R2", "/back/p/u/R2", errors),
        ),
        100,
        40,
    )


def burden() -> BurdenView:
    """Two kinds of unit, one of them above the limit."""
    few, many = bar(4, 8, label="4 次", planned=6), bar(7, 8, label="7 次", planned=6)
    return BurdenView(
        plan=PLAN,
        limit=6,
        kinds=(
            KindRow("社区", 129, 4, 11, 10, 1419, few, False),
            KindRow("街道", 13, 7, 30, 15, 390, many, True),
        ),
        total=1809,
        columns=columns_of({"R1": 186, "R2": 586, "R3": 157}),
        busiest="上半年 144 个单位报 586 个数",
        units=(UnitRow("江滨街道", "/year/p/990106001", 7, 30),),
    )


def no_burden() -> BurdenView:
    """A plan of which nothing was sent down."""
    return BurdenView(PLAN, 6, (), 0, (), "", ())
