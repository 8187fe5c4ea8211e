"""Sample views of the form and of the list of rounds."""

from __future__ import annotations

from shuangyong_core.web.pages.form_view import (
    Fact,
    Field,
    FormView,
    Part,
    Returned,
    RoundListView,
    RoundRow,
)
from shuangyong_core.web.pages.shell import Attached, Choice, Confirm
from tests.web.samples import at, day

REASONS = (
    Choice("没有优抚对象提出困难", "没有优抚对象提出困难"),
    Choice("由街道统一办理", "由街道统一办理"),
    Choice("other", "其他（写一句）"),
)


def fields(*, with_error: bool = False) -> tuple[Field, ...]:
    """Four figures of a community."""
    facts = (
        Fact("上次", "2（2025年下半年）"),
        Fact("全年目标", "4"),
        Fact("本年已报", "0"),
        Fact("报后还差", "1", remainder_of="4"),
    )
    return (
        Field(
            "B03",
            "宣传教育活动",
            "count",
            "次",
            "1月1日至6月30日举办的场次，同一天同一主题算 1 次",
            facts,
            value="3",
            reasons=REASONS,
            prefilled="已按活动记录填入：3 次",
        ),
        Field(
            "D05",
            "对困难军人家属经常性服务",
            "count",
            "件",
            "上门服务、代办的件数，不写姓名",
            (Fact("上次", "5（2025年下半年）"), Fact("全年目标", "不设目标")),
            value="6件左右" if with_error else "6",
            reasons=REASONS,
            error="请填整数，例如 6" if with_error else "",
        ),
        Field(
            "D06",
            "为优抚对象解决实际困难",
            "count",
            "件",
            facts=(Fact("上次", "1（2025年下半年）"),),
            is_not_involved=True,
            reasons=(Choice("a", "没有优抚对象提出困难", is_chosen=True), *REASONS[1:]),
        ),
        Field(
            "F10",
            "优抚对象底数更新",
            "date",
            hint="与街道核对完底数的日期，名册留街道，不上传",
            facts=(Fact("上次", "2025-12-03"), Fact("办理时限", "6月30日")),
            value="2026-06-26",
            reasons=REASONS,
        ),
    )


def every_kind() -> tuple[Field, ...]:
    """One field of every kind there is."""
    ticks = (Part("同安排同部署同落实", "1"), Part("宣传纳入年度计划"))
    topics = tuple(Part(name, "1") for name in ("双拥", "国防", "征兵", "理论学习", "典型"))
    return (
        Field(
            "B06",
            "职工国防法学习覆盖率",
            "ratio",
            "人",
            numerator="180",
            denominator="200",
            numerator_label="学习过的职工",
            denominator_label="在册职工",
        ),
        Field("C06", "慰问金（含物资折价）", "money", "元", value="12,500.50"),
        Field("A05", "主要领导协调解决需协调事项", "yes_no", value="1", error="请选一项"),
        Field("A16", "同安排同部署同落实", "yes_no", ticks=ticks, may_be_not_involved=False),
        Field("B03", "宣传教育活动", "count", "次", value="5", ticks=topics),
        Field("B09", "分主题活动", "count", "次", parts=topics[:3]),
        Field("C01", "春节走访慰问驻军单位", "distinct", value="驻军单位A\n驻军单位B"),
        Field("G04", "与人武部联系对接", "text", value="每季度一次"),
        Field("D13", "看望特困优抚对象", "count", "人", value="7", covered="12"),
    )


def form(
    *,
    with_error: bool = False,
    is_returned: bool = False,
    confirm: bool = False,
    shown: tuple[Field, ...] | None = None,
) -> FormView:
    """The form of one round."""
    back = Returned("江滨街道审核岗", at(7, 14, 10, 5), "宣传活动少填 1 次，请核对。", ("B03",))
    ask = Confirm(
        "报送，确认一次：", "4 项报江滨街道审核，审核前可以撤回。", "确认报送", "confirm", "/f"
    )
    return FormView(
        title="2026年上半年报送",
        unit="柳塘社区",
        post_href="/rounds/linjiang-2026/R2/990106007003",
        draft_href="/rounds/linjiang-2026/R2/990106007003/draft",
        version=3,
        light="late",
        due=day(7, 10),
        locks=day(7, 24, is_provisional=True),
        minutes=5,
        fields=shown if shown is not None else fields(with_error=with_error),
        submit_label="报送街道审核",
        saved_at=at(7, 20, 9, 31),
        acting_for="您正在为柳塘社区代填，提交即视为已审核。柳塘社区可以确认或提出异议。"
        if is_returned
        else "",
        returned=back if is_returned else None,
        files=(Attached("慰问品清点.jpg", "拍摄于 2月10日", "/files/1", "k1"),)
        if is_returned
        else (),
        paper_place="社区档案柜 2 号盒，第 6 页" if is_returned else "",
        confirm=ask if confirm else None,
    )


def round_list() -> RoundListView:
    """The year of a community."""
    rows = (
        RoundRow(
            "R1",
            "开年和春节",
            "/r/1",
            day(2, 25),
            day(3, 6),
            day(2, 14),
            1,
            1,
            "ok",
            "已审核",
            "查看",
        ),
        RoundRow(
            "R2", "上半年", "/r/2", day(7, 1), day(7, 10), None, 4, 3, "late", "未报", "继续填报"
        ),
        RoundRow("R3", "八一", "/r/3", day(7, 29), day(8, 7), day(7, 31), 1, 0, "na", "未开始", ""),
        RoundRow("R5", "全年", "/r/5", day(12, 1), day(12, 10), None, 5, 0, "na", "未开始", ""),
    )
    return RoundListView("柳塘社区", (Choice("990106007003", "柳塘社区", True),), rows, 11, 2026)
