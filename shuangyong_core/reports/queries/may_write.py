"""What a writer may do next with a report, and why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Refused
from shuangyong_core.reports.queries.conversation import Conversation
from shuangyong_core.reports.queries.place import Place
from shuangyong_core.reports.queries.reach import WRITERS, MayNotWrite
from shuangyong_core.reports.rules.refusals import (
    NothingDue,
    check_withdrawable,
    check_writable,
)
from shuangyong_core.reports.rules.status import Act


def why_not_write(
    place: Place,
    found: Conversation,
    *,
    actor: Actor,
    line: Sequence[int],
    at: datetime,
    is_due: bool,
    closed: str = "",
) -> dict[Act, str | None]:
    """This function will say for each act of a writer why it may not be done, or None."""
    if not actor.is_unlimited and not actor.units_with(*WRITERS) & set(line):
        return dict.fromkeys((Act.SAVE_DRAFT, Act.SUBMIT, Act.WITHDRAW), MayNotWrite.message)
    writing = _why_not_type(place, found, at=at, is_due=is_due)
    withdrawing = None
    try:
        check_withdrawable(found.status)
    except Refused as refused:
        withdrawing = refused.sentence
    return {
        Act.SAVE_DRAFT: writing, Act.SUBMIT: writing or closed or None, Act.WITHDRAW: withdrawing
    }  # fmt: skip


def _why_not_type(place: Place, found: Conversation, *, at: datetime, is_due: bool) -> str | None:
    try:
        if not is_due:
            raise NothingDue(round=place.round_title)
        check_writable(
            found.status,
            plan_status=place.plan_status,
            round_title=place.round_title,
            opens_on=place.opens_on,
            due_date=place.due_date,
            locks_on=place.locks_on,
            is_backfill=place.is_backfill,
            today=shanghai_date(at),
        )
    except Refused as refused:
        return refused.sentence
    return None
