"""Sample views of 本单位今年要报什么."""

from __future__ import annotations

from shuangyong_core.documents.year import YearSheet
from shuangyong_core.documents.year.sheet import SheetRound, SheetRow
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.pages.year_view import YearView

FILES = (Link("PDF", "/f?format=pdf"), Link("Word", "/f?format=docx"))
VISITS = SheetRow("春节走访优抚对象、烈军属", "户", "10", "2月14日前", "11 户")
TALKS = SheetRow("宣传教育活动", "次", "4", "6月30日前", "—")
HELPED = SheetRow("为优抚对象解决实际困难", "件", "不设", "6月30日前", "—")
ROUNDS = (
    SheetRound("开年和春节", "3月6日前报", "ok", "已审核", "", (VISITS,)),
    SheetRound("上半年", "7月10日前报", "late", "未报", "7月24日前可补报", (TALKS, HELPED)),
)


def year() -> YearView:
    """A street with pages for its communities."""
    return YearView(
        unit="江滨街道",
        plan="2026年度双拥工作计划",
        sheet=YearSheet(
            code="990106001",
            name="江滨街道",
            heading="临江区双拥办 · 2026年度双拥工作计划（第1版）",
            printed="打印日期 2026-07-20",
            summary="全年报 2 次、3 个数，每次约 10 分钟。",
            link="http://10.0.0.8/u/990106001",
            rounds=ROUNDS,
            how=("登录右上角的网址填报。", "照片最多 1 张，可以不传。"),
            never="姓名、身份证号、手机号。",
            ask="有问题问：临江区双拥办",
            used="“开年和春节”报送的用途：已报市双拥办（临双拥报〔2026〕2 号）",
        ),
        files=FILES,
        backs=(Link("开年和春节报送反馈", "/back/p/u/R1"),),
        below=11,
        below_files=FILES,
        children=(Link("望江社区", "/year/p/990106001001"),),
        path=(Link("临江区", "/year/p/990106"),),
    )


def nothing() -> YearView:
    """The issuer, which reports nothing itself and has too many below for one file."""
    plan = "2026年度双拥工作计划"
    return YearView("临江区", plan, None, (), (), 399, (), (Link("江滨街道", "/year/p/1"),), ())
