"""How a report is answered: where it stands, what it asks, what is typed, what may be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typing_extensions import TypedDict

from shuangyong_core.answers.acts import instant
from shuangyong_core.guard.numbers import format_scaled
from shuangyong_core.reports.queries.conversation import LatestReturn, LatestSubmission
from shuangyong_core.reports.queries.files import AttachedFile
from shuangyong_core.reports.queries.form import Form, FormItem
from shuangyong_core.reports.queries.reply import ReplySeen
from shuangyong_core.reports.rules.status import STATUS_WORDS


class ItemAnswer(TypedDict):
    """One figure that is due, and what it must look like."""

    target: str
    title: str
    category: str
    kind: str  # count money ratio yes_no date text score
    unit: str
    decimals: int
    parts: dict[str, list[str]]  # count: a number each; tick: a box each
    asks_keys: bool  # aliases, each counted once
    asks_covered: bool  # 涉及 n 家
    due_date: str
    done_by: str
    goal: str  # as people read it
    left: str | None  # 还差
    closed: str  # 已办结: why the figure stays as it is; "" while it may be changed
    typed: Any


class ReplySaid(TypedDict):
    """The unit's word on what was typed for it, and its reviewer's answer."""

    status: str  # confirmed | objected | answered
    at: str
    by: str
    reason: str
    answer: str


class SubmissionAnswer(TypedDict):
    """What was sent last."""

    no: int
    number: str
    at: str
    by: str
    on_behalf: bool
    acting_unit: str  # who typed it for the unit
    reply: ReplySaid | None  # what the unit says about that
    channel: str
    note: str
    normalised: list[str]


class ReturnAnswer(TypedDict):
    """Why it came back, and what to mend."""

    no: int
    at: str
    by: str
    reason: str
    fields: dict[str, str]


class FileAnswer(TypedDict):
    """A file attached to what is being written."""

    sha256: str
    name: str
    media_type: str
    size: int


class ReportAnswer(TypedDict):
    """A unit's report in a round; `version` is what If-Match names."""

    plan: str
    round: str
    unit: str
    unit_name: str
    status: str
    status_name: str
    version: int
    opens_on: str
    due_date: str
    locks_on: str
    items: list[ItemAnswer]
    note: str
    saved_at: str | None
    submission: SubmissionAnswer | None
    returned: ReturnAnswer | None
    files: list[FileAnswer]
    may: list[str]
    may_not: dict[str, str]


def report(form: Form) -> ReportAnswer:
    """This function will answer a report as its writer sees it."""
    place = form.place
    return {
        "plan": place.plan_code,
        "round": place.round_code,
        "unit": place.unit_code,
        "unit_name": place.unit_name,
        "status": form.status.value,
        "status_name": STATUS_WORDS[form.status],
        "version": form.version,
        "opens_on": place.opens_on.isoformat(),
        "due_date": place.due_date.isoformat(),
        "locks_on": place.locks_on.isoformat(),
        "items": [_item(each) for each in form.items],
        "note": form.note,
        "saved_at": instant(form.saved_at) if form.saved_at else None,
        "submission": _submission(form.latest) if form.latest else None,
        "returned": _return(form.returned) if form.returned else None,
        "files": _files(form.files),
        "may": [*(act.value for act in form.may), *(act.value for act in form.may_say)],
        "may_not": {act.value: why for act, why in form.may_not.items()},
    }


def _item(item: FormItem) -> ItemAnswer:
    due = item.due
    asked = due.required
    parts: Mapping[str, Sequence[str]] = {"count": asked.count_parts, "tick": asked.tick_parts}
    return {
        "target": asked.code,
        "title": asked.title,
        "category": due.category,
        "kind": asked.kind,
        "unit": asked.display_unit,
        "decimals": asked.decimals,
        "parts": {name: list(kept) for name, kept in parts.items() if kept},
        "asks_keys": asked.asks_keys,
        "asks_covered": asked.is_on_behalf,
        "due_date": due.due.isoformat(),
        "done_by": due.done_by.isoformat(),
        "goal": item.goal_text,
        "left": None if item.left is None else format_scaled(item.left, asked.decimals),
        "closed": item.closed,
        "typed": item.typed,
    }


def _submission(sent: LatestSubmission) -> SubmissionAnswer:
    return {
        "no": sent.no,
        "number": sent.number,
        "at": instant(sent.at),
        "by": sent.name,
        "on_behalf": sent.on_behalf,
        "acting_unit": sent.acting_unit,
        "reply": _reply(sent.reply) if sent.reply else None,
        "channel": sent.channel,
        "note": sent.note,
        "normalised": list(sent.normalised),
    }


def _reply(said: ReplySeen) -> ReplySaid:
    return {
        "status": said.status.value,
        "at": instant(said.at),
        "by": said.name,
        "reason": said.reason,
        "answer": said.answer,
    }


def _return(returned: LatestReturn) -> ReturnAnswer:
    return {
        "no": returned.no,
        "at": instant(returned.at),
        "by": returned.name,
        "reason": returned.reason,
        "fields": dict(returned.fields),
    }


def _files(files: Sequence[AttachedFile]) -> list[FileAnswer]:
    return [
        {"sha256": each.sha256, "name": each.name, "media_type": each.media_type, "size": each.size}
        for each in files
    ]
