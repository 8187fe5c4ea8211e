"""Sample views beside the plan: the register and a hand-out, problems, notices."""

from __future__ import annotations

from dataclasses import replace

from shuangyong_core.web.pages.beside_view import (
    AnswerShown,
    HandoutView,
    NoticeLine,
    NoticesView,
    PartState,
    PartView,
    ProblemShown,
    ProblemsView,
    ProblemView,
    RegisterRow,
    RegisterView,
    TypedHandout,
)
from shuangyong_core.web.pages.shell import Attached, Choice, Happened
from tests.web.samples import at

ROWS = (
    RegisterRow(
        "双拥交办〔2026〕3号", "八一走访安排落实", "/handouts/990106-2026-3", "临江区", "7月29日",
        "办理中",
        (PartState("石桥街道", "ok", "已签收"), PartState("北固街道", "warn", "待签收")), 4,
    ),
    RegisterRow(
        "双拥交办〔2026〕1号", "清明祭扫烈士墓保障", "/handouts/990106-2026-1", "临江区", "3月31日",
        "已全部销号", (PartState("江滨街道", "ok", "已销号"),),
    ),
)  # fmt: skip
STREETS = (Choice("990106001", "江滨街道", is_chosen=True), Choice("990106002", "文昌街道"))
RECEIVERS = (("街道", STREETS), ("区总工会", (Choice("990106-GH", "区总工会"),)))
ANSWERED = AnswerShown(
    "走访 3 户。", "望江社区联络员 7月17日 10:00",
    (Attached("走访记录.pdf", "0.3 MB", "/handouts/990106-2026-3/files/0"),),
)  # fmt: skip
PARTS = (
    PartView("990106007", "石桥街道", "临江区", "ok", "已签收", "剩 7 个工作日", "7月29日", (),
             ("answer", "pass_on", "withdraw"), (Choice("990106007001", "石桥社区"),)),
    PartView("990106010", "北固街道", "临江区", "warn", "待签收", "剩 2 个工作日", "7月22日", (),
             ("acknowledge", "withdraw")),
    PartView("990106001001", "望江社区", "江滨街道", "rev", "待销号", "", "7月22日", (ANSWERED,),
             ("close", "return"), typed="请写明日期"),
)  # fmt: skip
PROBLEM = ProblemShown(
    "需协调〔2026〕3号", "国防教育场地不足", "辖区没有合适场地，请区里协调借用。",
    "/problems/990106-2026-3", "石桥街道", "临江区", "8月14日前", "石桥街道 7月16日 10:00", "warn",
    "待协调", "", "", ("answer", "pass_up"),
)  # fmt: skip
ANSWERED_PROBLEM = replace(
    PROBLEM, light="ok", state="已答复", answer="已列入八月计划。",
    answered="区双拥办联络员 7月17日 09:00", may=("close", "reopen"),
)  # fmt: skip


def register(*, is_wrong: bool = False) -> RegisterView:
    """交办登记 with the form: shut, or opened with what is wrong."""
    typed = TypedHandout("慰问参加抢险救灾的民兵", "逐户走访。", "7月底") if is_wrong else None
    wrong = ("办结时限填的“7月底”不能用：要写到哪一天。", "请至少选一个承办单位。")
    return RegisterView(
        ROWS, True, RECEIVERS, typed or TypedHandout(), "key", is_wrong, wrong if is_wrong else ()
    )


def handout() -> HandoutView:
    """One hand-out with everything that may be done."""
    return HandoutView(
        "双拥交办〔2026〕3号", "八一走访安排落实", "按走访安排落实到户，29日前报办理情况。",
        "临江区", "7月29日", "2026-07-29", "区双拥办联络员 7月15日 09:00", "办理中", PARTS, True,
        "/handouts/990106-2026-3",
    )  # fmt: skip


def problems(*rows: ProblemShown, is_wrong: bool = False) -> ProblemsView:
    """需协调事项 with the form."""
    errors = ("请写明情况和请求。",) if is_wrong else ()
    return ProblemsView(
        rows, True, "江滨街道", "住房漏雨" if is_wrong else "", "", "", "key", is_wrong, errors
    )


def problem() -> ProblemView:
    """One problem that was answered."""
    history = (
        Happened("答复", at(7, 17, 9, 0), "区双拥办联络员"),
        Happened("提出", at(7, 16, 10, 0), "石桥街道联络员"),
    )
    return ProblemView(ANSWERED_PROBLEM, history)


def notices() -> NoticesView:
    """通知: one not seen, one seen."""
    line = NoticeLine(
        "1", "报来办结", "望湖街道报办结：慰问抢险民兵（双拥交办〔2026〕2号），请核对后销号。",
        "/handouts/990106-2026-2", "7月7日 11:00", "临江区", True,
    )  # fmt: skip
    return NoticesView((line, replace(line, key="2", is_unread=False)), 1)
