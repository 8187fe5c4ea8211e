"""What a reviewer has said so far, and the one question before a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from shuangyong_core.reports.queries.review_page import ReviewPage
from shuangyong_core.web.address import Address
from shuangyong_core.web.pages.shell import Confirm
from shuangyong_core.web.rendering import monthday

HELD = "像是部队番号、证件号一类内容。请核对，有问题的退回修改。"
CLEARED = "accept_cleared"


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer has ticked and written so far, and what is asked or wrong."""

    fixes: Mapping[str, str] = field(default_factory=dict)  # target code: what to mend
    reason: str = ""
    asks: str = ""  # return | accept
    errors: tuple[str, ...] = ()


def confirm(address: Address, seen: ReviewPage, said: Said, limit: date) -> Confirm | None:
    """This function will ask once more before a decision, if one is asked for."""
    total, wrong = len(seen.rows), len(said.fixes)
    if said.asks == "return":
        named = f"{wrong} 处要改、{total - wrong} 处没有问题。" if wrong else ""
        text = f"{named}{seen.place.unit_name}须在 {monthday(limit)}前再报。"
        return Confirm(
            "退回修改，确认一次：", text, "确认退回", "return", address.review, is_stop=True
        )
    if said.asks == "accept":
        text = f"{total} 项计入合计。"
        if seen.latest.held:
            text = f"已核对待核查的内容，不涉密、不含个人信息；{text}"
            return Confirm("通过，确认一次：", text, "已核对，确认通过", CLEARED, address.review)
        return Confirm("通过，确认一次：", text, "确认通过", "accept", address.review)
    return None
