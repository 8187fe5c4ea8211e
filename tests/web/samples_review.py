"""Sample views of the review page."""

from __future__ import annotations

from shuangyong_core.web.pages.review_view import Compared, Reviewed, ReviewView, Tab, Waiting
from shuangyong_core.web.pages.shell import Attached, Confirm, Link, Notice


def queue() -> tuple[Waiting, ...]:
    """Three reports that wait."""
    title = "2026年上半年报送"
    return (
        Waiting("望江社区", title, "今天到期", "warn", "1 处请核对", "/review/1", True),
        Waiting("渡口社区", title, "今天到期", "ok", "与活动记录一致", "/review/2"),
        Waiting("听涛社区", title, "还有 1 天", "ni", "1 项不涉及", "/review/3"),
    )


def reviewed(confirm: str = "") -> Reviewed:
    """A report with two things to mend."""
    return_ask = Confirm(
        "退回修改，确认一次：",
        "2 处要改、2 处没有问题。社区须在 7月22日前再报。",
        "确认退回",
        "return",
        "/review/1",
        True,
    )
    accept_ask = Confirm("通过，确认一次：", "4 项计入合计。", "确认通过", "accept", "/review/1")
    rows = (
        Compared(
            "B03", "宣传教育活动", "3 次", "2 次", "2 次", "4 次", Link("1 个文件", "/files/1")
        ),
        Compared(
            "D05",
            "经常性服务",
            "18 件",
            "18 件",
            "6 件",
            check="去年同期 6 件",
            is_to_fix=True,
            reason="请与服务登记核对，只计上半年",
        ),
        Compared(
            "D06", "解决实际困难", "1 件", "1 件", "1 件", "2 件", Link("存社区 2 号盒第 9 页")
        ),
        Compared(
            "F10", "底数更新", "2026-07-02", "2026-07-02", "2025-12-04", "6月30日前", is_to_fix=True
        ),
    )
    notes = (
        Notice(
            "经常性服务 18 件，去年下半年 6 件。（只有审核岗看得到）",
            "请核对 1 处：",
            "w",
            "alert-triangle",
        ),
        Notice(
            "这份报送 7月14日退回过一次。再次退回会提示上级，请尽量一次说清。", icon="arrow-back-up"
        ),
    )
    return Reviewed(
        unit="望江社区",
        title="2026年上半年报送",
        position="第 1 份，共 3 份 · 社区填报，第 2 次报送（7月15日 16:20）",
        post_href="/review/1",
        version=5,
        rows=rows,
        notes=notes,
        usual_reasons=("请与服务登记核对，只计上半年", "日期在办理时限之后，请说明或更正"),
        files=(Attached("6月18日宣传摆台.jpg", "拍摄于 6月18日", "/files/2"),),
        previous_href="",
        next_href="/review/2",
        may_not_accept="有 2 处要改，不能通过" if confirm == "return" else "",
        confirm={"return": return_ask, "accept": accept_ask, "": None}[confirm],
    )


def review(confirm: str = "return") -> ReviewView:
    """The page of a street's reviewer."""
    tabs = (
        Tab("待审核", 3, "/review", True),
        Tab("复核中", 1, "/review?t=1"),
        Tab("已审核", 8, "/r"),
    )
    return ReviewView(tabs, queue(), reviewed(confirm))


def no_review() -> ReviewView:
    """Nothing waits."""
    return ReviewView((Tab("待审核", 0, "/review", True),), (), None)
