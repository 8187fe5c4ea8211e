"""Sample views of the page of a workbook."""

from __future__ import annotations

from shuangyong_core.web.pages.not_involved_view import NotInvolvedView, TargetTick, UnitTick
from shuangyong_core.web.pages.shell import Confirm, Happened, Notice
from shuangyong_core.web.pages.workbook_view import (
    Checked,
    FaultRow,
    Grid,
    GridCell,
    GridRow,
    MendedKind,
    WorkbookView,
)
from tests.web.samples import at, day

HREF = "/workbook/linjiang-2026/990106007/R2"
ROWS = (
    ("石桥头", "已审核", "2 4 1 2026-06-22"),
    ("三元", "已审核", "3 5 0 2026-06-25"),
    ("柳塘", "代填", "3 6 不涉及 2026-06-26"),
    ("泉水", "代填", "2z 4z 1 2026-06-30z"),
    ("仓前", "代填", "3 12件左右x 1 2026-06-24"),
    ("西园", "代填", "4z 3 2 2026-6-31x"),
)
FAULTS = (
    FaultRow("社区!E9", "仓前社区", "D05", "经常性服务", "12件左右", "只填整数，例如 12；没有填 0"),
    FaultRow("社区!G11", "西园社区", "F10", "底数更新", "2026-6-31", "6月没有31日，请核对日期"),
)
KINDS = (
    MendedKind("全角数字", "２", "2", 3),
    MendedKind("中文日期", "2026年6月30日", "2026-06-30", 2),
    MendedKind("多余空格、单位", "“ 4 件”", "4", 2),
)
SCANNED = "已检查表内文字：没有发现证件号、手机号、部队番号。图片内容系统看不到，请自行把关。"


def workbook(shown: str = "wrong") -> WorkbookView:
    """The page: fresh, wrong or passed."""
    history = (
        Happened("检查未通过，2 处要改", at(7, 20, 9, 41), "石桥街道联络员"),
        Happened("下载工作簿", at(7, 17, 15, 20), "石桥街道联络员"),
    )
    is_fresh = shown == "fresh"
    return WorkbookView(
        title="2026年上半年",
        unit="石桥街道",
        rounds_href="/rounds",
        post_href=HREF,
        lead="一个工作簿填完 10 个社区。石桥街道代填记为代填，社区可确认或提出异议。",
        light="late",
        due=day(7, 10),
        locks=day(7, 24),
        amount="10 个社区 × 4 项，已报送或已审核的 20 格锁定，待填 20 格。含上次值和目标。",
        fetched_at=None if is_fresh else at(7, 17, 15, 20),
        history=() if is_fresh else history,
        checked=None if is_fresh else checked(passes=shown == "passed"),
        errors=("这不是本系统下载的工作簿。",) if is_fresh else (),
        set_aside_href=f"{HREF}/not-involved",
    )


def checked(*, passes: bool) -> Checked:
    """A verdict over twenty figures."""
    return Checked(
        heading="20 格全部通过，可以写入 5 个单位"
        if passes
        else "20 格里有 2 格要改，18 格通过。还没有写入任何数",
        detail="石桥街道-上半年.xlsx · 7月20日 09:41 检查，用时 0.8 秒 · 另有 7 格写法已自动更正",
        passes=passes,
        faults=() if passes else FAULTS,
        kinds=KINDS,
        grids=(grid(),),
        notes=(
            Notice("柳塘社区有未报送的草稿（3/4 项），写入后以工作簿为准。", kind="b"),
            Notice(SCANNED, icon="shield-check"),
        ),
        key="0" * 64,
        writes=5 if passes else 0,
        marked_href="" if passes else f"{HREF}/marked?key={'0' * 64}",
        cells="2 格",
    )


def grid() -> Grid:
    """The sheet of the communities."""
    headers = ("B03 宣传（次）", "D05 服务（件）", "D06 困难（件）", "F10 底数更新")
    rows = tuple(
        GridRow(
            number, f"{name}社区", state, "草稿（3/4）" if name == "柳塘" else "",
            tuple(GridCell(text.rstrip("xz"), text[-1] if text[-1] in "xz" else "")
                  for text in typed.split()),
            is_locked=state == "已审核",
        )
        for number, (name, state, typed) in enumerate(ROWS, start=5)
    )  # fmt: skip
    return Grid("社区", tuple("BCDEFG"), ("单位", "状态", *headers), rows)


def set_aside(*, asks: bool = False) -> NotInvolvedView:
    """The page that marks many units 不涉及."""
    names = ("临江造船厂工会", "望江医院工会", "滨河小学工会")
    ask = Confirm(
        "批量不涉及，确认一次：", "2 个单位的 B06 标为不涉及。", "确认标为不涉及", "do", HREF
    )
    return NotInvolvedView(
        title="2026年国防教育",
        unit="区总工会",
        post_href=f"{HREF}/not-involved",
        workbook_href=HREF,
        due=day(10, 15),
        units=tuple(
            UnitTick(f"990106-GH{number:03d}", name, "未报", "B06、B03", number < 3)
            for number, name in enumerate(names, start=1)
        ),
        targets=(
            TargetTick("B06", "职工国防法学习覆盖率", 3, True),
            TargetTick("B03", "宣传教育活动", 3),
        ),
        reasons=("没有这类对象", "本单位没有这项职责"),
        reason="没有职工",
        errors=() if asks else ("望江医院工会的 B03 已经填了数，没有改动。",),
        confirm=ask if asks else None,
    )
