"""Steps 1 and 2: on what the plan rests, and when it is reported; shown and read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from shuangyong_core.plans.actions.drafts import Change
from shuangyong_core.plans.rules.drafting import with_head, with_rounds
from shuangyong_core.web.pages.plan_steps_view import Field, RoundRow
from shuangyong_core.web.pages.shell import Choice
from shuangyong_core.web.planning.opened import Opened
from shuangyong_core.web.rendering import monthday

HEAD = (
    ("title", "计划名称", "印在各单位看到的每一页上"),
    ("basis", "依据文件", "上级文件、上年度总结等，写文件名和文号"),
    ("approved_by", "批准会议或批准人", "还没有批准可以先空着，先行下达一部分"),
    ("filing_no", "报表备案号", "没有就不填"),
    ("max_rounds", "每个单位一年最多报几次", "超过时核对会提醒"),
    ("inflation_limit", "分解合计最多是下达数的几倍", "1.05 就是 105%，超过要写理由"),
    ("lead_workdays", "下级时限最多提前几个工作日", "再早要写理由"),
    ("review_levels", "审核几级", "1 街道审核；2 街道审核后区里再核"),
    ("requests_by", "延期、豁免由谁决定", ""),
)
WITHIN = (
    ("acknowledge", "几个工作日内签收"),
    ("decompose", "几个工作日内分解"),
    ("review", "几个工作日内审核"),
    ("correct", "退回后几个工作日内改好"),
)
USUAL = {"max_rounds": "6", "inflation_limit": "1.05", "lead_workdays": "5", "review_levels": "1",
         "requests_by": "issuer",
         "acknowledge": "3", "decompose": "5", "review": "3", "correct": "2"}  # fmt: skip
DECIDERS = {"issuer": "下达计划的单位", "superior": "上一级单位"}
ROUND = (
    ("code", "编码"),
    ("title", "名称"),
    ("due_date", "报送时限"),
    ("opens_on", "开放"),
    ("locks_on", "截止"),
    ("done_by", "办理时限"),
)


def head_fields(opened: Opened) -> tuple[Field, ...]:
    """This function will give the fields of step 1 with what is wrong at each."""
    head = opened.body.get("plan", {})
    within = head.get("within", {})
    wrong = {one.field: one.message for one in opened.found.problems}
    plain = [
        Field(key, label, _said(head, key), hint, wrong.get(f"plan.{key}", ""), _choices(head, key))
        for key, label, hint in HEAD
    ]
    days = [
        Field(key, label, _said(within, key), "", wrong.get(f"plan.within.{key}", ""))
        for key, label in WITHIN
    ]
    return (*plain, *days)


def change_head(opened: Opened, form: FormData) -> Change:
    """This function will read step 1 back."""
    fields: dict[str, Any] = {key: _typed(form, key) for key, *_ in HEAD}
    fields["within"] = {key: _typed(form, key) for key, _ in WITHIN if _typed(form, key)}
    body = with_head(opened.body, fields)
    return Change("plan.draft_head", body, {"fields": len(body["plan"])})


def round_rows(opened: Opened) -> tuple[RoundRow, ...]:
    """This function will give the rows of step 2, and an empty one to add another."""
    typed = opened.body.get("rounds", [])
    rows = [_row(opened, number, one) for number, one in enumerate(typed)]
    blank = tuple(Field(f"{key}.{len(typed)}", label, "") for key, label in ROUND)
    return (*rows, *((RoundRow(len(typed), blank, is_new=True),) if opened.is_open else ()))


def change_rounds(opened: Opened, form: FormData) -> Change:
    """This function will read step 2 back: rows ticked to be dropped and empty ones go."""
    count = len(opened.body.get("rounds", [])) + 1
    rows = [
        {key: _typed(form, f"{key}.{number}") for key, _ in ROUND}
        for number in range(count)
        if f"drop.{number}" not in form
    ]
    kept = [row for row in rows if any(row.values())]
    return Change("plan.draft_rounds", with_rounds(opened.body, kept), {"rounds": len(kept)})


def _row(opened: Opened, number: int, one: Mapping[str, Any]) -> RoundRow:
    code = str(one.get("code") or number + 1)
    wrong = {problem.field: problem.message for problem in opened.found.problems}
    fields = tuple(
        Field(
            f"{key}.{number}",
            label,
            str(one.get(key, "")),
            error=wrong.get(f"rounds[{code}].{key}", ""),
        )
        for key, label in ROUND
    )
    return RoundRow(number, fields, _dates(opened, code))


def _dates(opened: Opened, code: str) -> str:
    for one in opened.found.rounds:
        if one.code == code:
            done = f"{monthday(one.done_by)}前办完，" if one.done_by else ""
            unsure = "（暂定）" if one.is_provisional else ""
            span = f"{monthday(one.opens_on)}开放，{monthday(one.due_date)}前报送"
            return f"{done}{span}，{monthday(one.locks_on)}截止{unsure}"
    return ""


def _said(fields: Mapping[str, Any], key: str) -> str:
    return str(fields.get(key) or USUAL.get(key, ""))


def _choices(head: Mapping[str, Any], key: str) -> tuple[Choice, ...]:
    if key != "requests_by":
        return ()
    return tuple(Choice(one, name, one == _said(head, key)) for one, name in DECIDERS.items())


def _typed(form: FormData, name: str) -> str:
    return str(form.get(name, "")).strip()
