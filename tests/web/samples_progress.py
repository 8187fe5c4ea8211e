"""Sample view of the progress page: numbers that add up, 746 of 771 on 20 July."""

from __future__ import annotations

from datetime import date

from shuangyong_core.web.charts import RoundDates, bar, stacked, year_line
from shuangyong_core.web.pages.progress_view import (
    Excess,
    Hand,
    KeyNumber,
    MatrixCell,
    MatrixRow,
    ProgressView,
    RoundBox,
    StripCell,
    TreeNode,
)
from shuangyong_core.web.pages.shell import Choice, Link
from shuangyong_core.web.trend import Point, trend
from tests.web.samples import at, day
from tests.web.samples_units import CATEGORIES, TODAY, matrix, summed, tree


def hands() -> tuple[Hand, ...]:
    """Who holds the 83 open items."""
    return (
        Hand("late", "未报", Link("5 个社区、北固街道", "/h"), 6, 25, "6 个工作日"),
        Hand("na", "待街道审核", Link("4 个街道", "/h"), 8, 32, "4 个工作日"),
        Hand("na", "待区核对", Link("区双拥办", "/h"), 3, 14, "3 个工作日"),
        Hand("warn", "退回修改", Link("望湖、金沙各 1 社区", "/h"), 2, 8, "2 个工作日"),
        Hand("rev", "复核中", Link("江滨街道 1 社区", "/h"), 1, 4, "1 个工作日"),
    )


def strip() -> tuple[StripCell, ...]:
    """The five numbers on top."""
    return (
        StripCell("应报", 771, foot="街道 117 · 社区 645 · 直属 9"),
        StripCell("已报", 746, foot="746/771，96.8%"),
        StripCell("已审核", 688, foot="688/771，89.2%"),
        StripCell("待我汇总核对", 14, "项 · 3 份", "江滨、东门街道，区总工会", "/review"),
        StripCell("滞后", 25, "项 · 6 份", "石桥、北固街道", is_bad=True),
    )


def boxes() -> tuple[RoundBox, ...]:
    """The five rounds."""
    return (
        RoundBox("R1", "开年和春节", day(3, 6), "ok", "185/185", "已全部审核"),
        RoundBox("R2", "上半年", day(7, 10), "late", "561/586", "7月24日前可补报", is_now=True),
        RoundBox("R3", "八一", day(8, 7), "na", "157 项", "7月29日开放，7月31日前办理"),
        RoundBox("R4", "国防教育", day(10, 15), "na", "510 项", "9月30日前办理"),
        RoundBox("R5", "全年", day(12, 10), "na", "729 项", "12月1日开放"),
    )


def year() -> tuple[RoundDates, ...]:
    """Their dates."""
    return (
        RoundDates("R1", date(2026, 2, 25), date(2026, 3, 6), date(2026, 2, 14), "done"),
        RoundDates("R2", date(2026, 7, 1), date(2026, 7, 10), None, "late"),
        RoundDates("R3", date(2026, 7, 29), date(2026, 8, 7), date(2026, 7, 31), "na"),
        RoundDates("R4", date(2026, 9, 30), date(2026, 10, 15), date(2026, 9, 30), "na"),
        RoundDates("R5", date(2026, 12, 1), date(2026, 12, 10), None, "na"),
    )


def plan_points() -> tuple[Point, ...]:
    """What should be there by each report-by date."""
    return (
        Point(date(2026, 3, 6), 185, "R1 185"),
        Point(date(2026, 7, 10), 771, "R2 771"),
        Point(date(2026, 8, 7), 928, "R3 928"),
        Point(date(2026, 10, 15), 1438, "R4 1,438"),
        Point(date(2026, 12, 10), 2167, "R5 2,167"),
    )


def accepted_points() -> tuple[Point, ...]:
    """What was accepted, day by day."""
    days = ((3, 2, 60), (3, 5, 150), (3, 10, 185), (7, 6, 320), (7, 10, 520), (7, 17, 688))
    return tuple(Point(date(2026, month, number), count) for month, number, count in days)


def progress(*, is_pending: bool = False) -> ProgressView:
    """The district on the pretend day."""
    parts = (
        ("已审核", 688, ""),
        ("待审核", 46, "wait"),
        ("复核中", 4, "rev"),
        ("退回修改", 8, "warn"),
        ("滞后", 25, "late"),
    )
    total = summed("合计", matrix())
    return ProgressView(
        plan="2026年度双拥工作计划（第1版）",
        unit="临江区",
        path=(),
        at=at(7, 20, 9, 32),
        rounds=(Choice("", "本年至今", True), Choice("R2", "上半年")),
        trees=(Choice("responsibility", "按责任关系", True), Choice("territory", "按属地")),
        strip=strip(),
        segments=stacked(parts, 771),  # type: ignore[arg-type]
        tree=tree(),
        categories=CATEGORIES,
        matrix=matrix(),
        matrix_total=total,
        trend=trend(plan_points(), accepted_points(), year=2026, today=TODAY),
        hands=hands(),
        year_line=year_line(year(), year=2026, today=TODAY),
        round_boxes=boxes(),
        key_numbers=(
            KeyNumber(
                "春节走访户数", "/t", "1,306", "1,290", bar(1306, 1290, label="满", planned=1290)
            ),
            KeyNumber(
                "宣传教育活动", "/t", "371", "572", bar(371, 572, label="371/572", planned=286)
            ),
        ),
        excesses=(
            Excess("望湖街道", "D06", "解决实际困难", "23/21", "109.5%", "年初摸底新增 2 件"),
        ),
        form_href="/progress",
        unit_code="990106",
        differences=0,
        verified_at=at(7, 20, 8, 10),
        is_pending=is_pending,
    )


def quiet() -> ProgressView:
    """A plan just launched: nothing expected yet."""
    nothing = MatrixCell("na", 0, 0)
    return ProgressView(
        "2027年度双拥工作计划",
        "临江区",
        (Link("临江市", "/p"),),
        at(1, 4, 9, 0),
        (),
        (),
        tuple(StripCell(name, 0) for name in ("应报", "已报", "已审核", "待我汇总核对", "滞后")),
        (),
        TreeNode("临江区", "/", "na", 0, 0, True),
        (),
        (),
        MatrixRow("合计", "", (), nothing),
        trend((), (), year=2026, today=TODAY),
        (),
        None,
        (),
    )
