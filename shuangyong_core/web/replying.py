"""Who typed a report for a unit, and what the unit says about it, as pages tell it."""

from __future__ import annotations

from shuangyong_core.reports.queries.conversation import LatestSubmission
from shuangyong_core.reports.rules.reply import Reply
from shuangyong_core.web.lights import channel_of
from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.rendering import moment


def typed_by(latest: LatestSubmission) -> str:
    """This function will say how a submission came in: 石桥街道代填, 网页填报."""
    acting_unit = latest.acting_unit
    return channel_of(latest.channel, on_behalf=latest.on_behalf, acting_unit=acting_unit)


def reply_notices(latest: LatestSubmission) -> tuple[Notice, ...]:
    """This function will tell who typed it, and what its unit has said, the reason with it."""
    reply = latest.reply
    if not latest.on_behalf:
        return ()
    if reply is None:
        return (
            Notice(f"由{latest.name}于 {moment(latest.at)}填写。", f"{typed_by(latest)}：", "b"),
        )
    who = f"（{reply.name}，{moment(reply.at)}）"
    if reply.status is Reply.CONFIRMED:
        return (Notice(f"单位已确认{who}。", f"{typed_by(latest)}：", "o", "circle-check"),)
    objection = Notice(f"{reply.reason}{who}", "单位提出异议：", "w", "alert-triangle")
    if reply.status is Reply.OBJECTED or reply.answered_at is None:
        return (objection,)
    answered = f"{reply.answer}（{reply.answered_name}，{moment(reply.answered_at)}）"
    return (objection, Notice(answered, "审核的人答复：", "b"))
