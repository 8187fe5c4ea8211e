"""How a unit's word on what was typed for it moves: confirmed, objected, answered."""

from __future__ import annotations

from enum import StrEnum

from shuangyong_core.errors import Conflict, Refused
from shuangyong_core.reports.rules.status import Status


class Reply(StrEnum):
    """What a unit has said about a report typed for it; saying nothing is no lateness."""

    CONFIRMED = "confirmed"  # 单位已确认
    OBJECTED = "objected"  # 单位有异议
    ANSWERED = "answered"  # 异议已答复


class ReplyAct(StrEnum):
    """What may be said about a report typed for a unit."""

    CONFIRM = "confirm"  # 确认
    OBJECT = "object"  # 提出异议
    ANSWER = "answer"  # 答复异议: by the reviewer


NEXT_REPLY: dict[tuple[Reply | None, ReplyAct], Reply] = {
    (None, ReplyAct.CONFIRM): Reply.CONFIRMED,
    (None, ReplyAct.OBJECT): Reply.OBJECTED,
    (Reply.CONFIRMED, ReplyAct.OBJECT): Reply.OBJECTED,
    (Reply.OBJECTED, ReplyAct.CONFIRM): Reply.CONFIRMED,
    (Reply.OBJECTED, ReplyAct.ANSWER): Reply.ANSWERED,
    (Reply.ANSWERED, ReplyAct.CONFIRM): Reply.CONFIRMED,
    (Reply.ANSWERED, ReplyAct.OBJECT): Reply.OBJECTED,
}
UNIT_ACTS = (ReplyAct.CONFIRM, ReplyAct.OBJECT)
REPLY_WORDS = {
    None: "单位还没有看",
    Reply.CONFIRMED: "单位已确认",
    Reply.OBJECTED: "单位有异议",
    Reply.ANSWERED: "异议已答复",
}
# A draft is the unit's own again, and so is what came back to be mended.
STANDING = (Status.SUBMITTED, Status.CHECKED, Status.ACCEPTED)


class NothingTypedFor(Refused):
    """The latest submission is the unit's own, or is being mended anyway."""

    message = "最近一次报送不是代填的，或者正在修改，不用确认；有不对的直接修改后再报。"
    code = "nothing_typed_for"


class MayNotReply(Refused):
    """Only the unit itself confirms or objects."""

    message = "由{unit}自己的账号确认或提出异议。"
    code = "may_not_reply"


class NothingToAnswer(Conflict):
    """There is no open objection."""

    message = "现在没有待答复的异议（{now}）。"
    code = "nothing_to_answer"


class AlreadyReplied(Conflict):
    """Somebody else of the unit said the same before."""

    message = "{who}已于 {when} {what}，不用再办。"
    code = "already_replied"


def next_reply(reply: Reply | None, act: ReplyAct) -> Reply | None:
    """This function will give what an act leads to, or nothing if it may not be done."""
    return NEXT_REPLY.get((reply, act))


def stands_for_reply(status: Status, *, on_behalf: bool) -> bool:
    """This function will say whether there is something typed for the unit to look at."""
    return on_behalf and status in STANDING
