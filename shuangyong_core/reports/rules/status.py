"""How a report moves: one table from a status and an act to the next status."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where the conversation stands."""

    DRAFT = "draft"  # 草稿
    SUBMITTED = "submitted"  # 已报送
    CHECKED = "checked"  # 已初审
    RETURNED = "returned"  # 退回修改
    ACCEPTED = "accepted"  # 已审核
    REOPENED = "reopened"  # 复核中


class Act(StrEnum):
    """What may be done with a report."""

    SAVE_DRAFT = "save_draft"  # 存草稿
    SUBMIT = "submit"  # 报送
    WITHDRAW = "withdraw"  # 撤回
    WITHDRAW_CORRECTION = "withdraw_correction"  # 撤回更正: the accepted submission still counts
    CHECK = "check"  # 初审
    ACCEPT = "accept"  # 审核通过
    RETURN = "return"  # 退回修改
    REOPEN = "reopen"  # 退回复核


NEXT_STATUS: dict[tuple[Status, Act], Status] = {
    (Status.DRAFT, Act.SUBMIT): Status.SUBMITTED,
    (Status.RETURNED, Act.SUBMIT): Status.SUBMITTED,
    (Status.REOPENED, Act.SUBMIT): Status.SUBMITTED,
    # 更正: the accepted submission counts until this one is accepted too.
    (Status.ACCEPTED, Act.SUBMIT): Status.SUBMITTED,
    (Status.SUBMITTED, Act.WITHDRAW): Status.DRAFT,
    (Status.SUBMITTED, Act.WITHDRAW_CORRECTION): Status.ACCEPTED,
    (Status.SUBMITTED, Act.CHECK): Status.CHECKED,
    (Status.SUBMITTED, Act.ACCEPT): Status.ACCEPTED,
    (Status.CHECKED, Act.ACCEPT): Status.ACCEPTED,
    (Status.SUBMITTED, Act.RETURN): Status.RETURNED,
    (Status.CHECKED, Act.RETURN): Status.RETURNED,
    (Status.ACCEPTED, Act.REOPEN): Status.REOPENED,
}

STATUS_WORDS = {
    Status.DRAFT: "草稿",
    Status.SUBMITTED: "已报送，待审核",
    Status.CHECKED: "已初审，待审核",
    Status.RETURNED: "退回修改",
    Status.ACCEPTED: "已审核",
    Status.REOPENED: "复核中",
}


def next_status(status: Status, act: Act) -> Status | None:
    """This function will give the status an act leads to, or nothing if it may not be done."""
    return NEXT_STATUS.get((status, act))


def is_writable(status: Status) -> bool:
    """This function will say whether the unit may type: not while a submission waits."""
    return (status, Act.SUBMIT) in NEXT_STATUS
