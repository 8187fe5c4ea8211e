"""Sample views one click deeper: source, materials, refusals."""

from __future__ import annotations

from shuangyong_core.web.pages.materials_view import Heading, Material, MaterialsView
from shuangyong_core.web.pages.refusal_view import RefusalView, Status
from shuangyong_core.web.pages.shell import Attached, Link
from shuangyong_core.web.pages.source_view import (
    SourceColumn,
    SourcePart,
    SourceReport,
    SourceRow,
    SourceView,
)
from tests.web.samples import at
from tests.web.samples_depth import COMMUNITIES, FACTS, HISTORY


def source(*, deep: bool = True) -> SourceView:
    """Where 1,306 comes from."""
    streets = tuple(
        SourceRow(f"{name}街道", "/s", str(value), value / 1.3, name == "江滨")
        for name, value in (("江滨", 122), ("文昌", 112), ("东门", 101))
    )
    below = tuple(SourceRow(f"{name}社区", "/s", "10", 77, name == "望江") for name in COMMUNITIES)
    columns = (
        SourceColumn("临江区", "13 个街道相加", streets, "合计", "1,306"),
        SourceColumn("江滨街道", "12 个社区相加", below, "合计", "122"),
    )
    parts = (
        SourcePart(
            "2月10日 走访慰问",
            "7 户",
            "其中首次走访 2 户",
            (Attached("清点.jpg", "2月10日", "/f"),),
        ),
        SourcePart("2月12日 走访慰问", "5 户"),
    )
    return SourceView(
        "C03",
        "春节走访户数 1,306 户从哪里来",
        "春节走访优抚对象、烈军属",
        "1,306",
        "开年和春节报送",
        "1,290 户",
        columns if deep else columns[:1],
        SourceReport("望江社区", "目标 10 户，报 12 户", FACTS, HISTORY, "12", "/r")
        if deep
        else None,
        parts if deep else (),
        "7 + 5 = 12",
        "逐级相加一致：12（报送）→ 122（街道）→ 1,306（区）。" if deep else "",
    )


HEADINGS = (
    "组织领导坚强有力",
    "宣传教育深入扎实",
    "双拥活动坚持经常",
    "拥军支前有力有效",
    "拥政爱民成果显著",
    "政策法规落到实处",
    "军民共建富有成效",
    "军政军民关系融洽",
)


def materials(*, is_empty: bool = False) -> MaterialsView:
    """The third heading."""
    headings = tuple(
        Heading(i, title, 12 * i, f"/m/{i}", i == 3) for i, title in enumerate(HEADINGS, 1)
    )
    rows = (
        Material(
            "春节走访慰问登记",
            "",
            "C03",
            "望江社区",
            "纸质原件",
            "社区档案柜 2 号盒，第 6 页",
            at(3, 4, 15, 12),
        ),
        Material("慰问品清点.jpg", "/f/1", "C03", "江滨街道", "照片", "系统内", at(3, 4, 15, 12)),
    )
    return MaterialsView(
        2026,
        "临江区",
        headings,
        "三、双拥活动坚持经常",
        () if is_empty else rows,
        0 if is_empty else 431,
        search="沿江" if is_empty else "",
        page_number=2,
        pages=5,
        page_href="/m/3?page=",
    )


def refusal(status: Status) -> RefusalView:
    """A refusal of each kind."""
    sentences = {
        403: "不能审核自己报的数。请由本单位另一名审核岗办理。",
        404: "没有找到，或者不在您的范围内。",
        409: "江滨街道审核岗 09:30 已通过这份报送。",
        422: "有 2 处需要改，什么都没有写入。",
        500: "这次没有办成，什么都没有写入。",
    }
    problems = ("C03：请填整数，例如 6", "F10：日期写成 2026-06-26") if status == 422 else ()
    links = (Link("看最新的", "/r"),) if status == 409 else ()
    who = "江滨街道审核岗" if status == 403 else ""
    return RefusalView(
        status, sentences[status], problems, who, links, "a1b2" if status == 500 else ""
    )
