"""One draft at one of its steps as a page, with the check beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound, Refused
from shuangyong_core.plans.models import PlanStatus
from shuangyong_core.plans.rules.status import WORDS
from shuangyong_core.web.pages.plan_view import PlanView, StepTab
from shuangyong_core.web.pages.shell import Link
from shuangyong_core.web.planning.head_and_rounds import head_fields, round_rows
from shuangyong_core.web.planning.one_target import target_view
from shuangyong_core.web.planning.opened import Opened
from shuangyong_core.web.planning.panel import panel_of
from shuangyong_core.web.planning.sending import NOTHING, Wish, launch_view
from shuangyong_core.web.planning.ticking import targets_view, wanted_of
from shuangyong_core.web.planning.units_step import units_view

STEPS = {
    "basis": "1 依据",
    "rounds": "2 报送次数",
    "targets": "3 选任务、定目标",
    "units": "4 单位与基数",
    "launch": "5 下达",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The step that is asked for, with its filter or what was ticked so far."""

    step: str
    query: Mapping[str, str] = field(default_factory=dict)
    target: str = ""  # one target on its own page
    wish: Wish = NOTHING


def plan_view(
    session: Session,
    opened: Opened,
    asked: Asked,
    *,
    today: date,
    refused: Refused | None = None,
) -> PlanView:
    """This function will make the page of a step; raises NotFound for one there is not."""
    if asked.step not in STEPS:
        raise NotFound
    frame = frame_of(opened, asked.step, refused=refused)
    if asked.step == "basis":
        return replace(frame, heads=head_fields(opened))
    if asked.step == "rounds":
        return replace(frame, rounds=round_rows(opened))
    if asked.target:
        href = f"{frame.post_href}/{asked.target}"
        return replace(frame, target=target_view(opened, asked.target), post_href=href)
    if asked.step == "targets":
        return replace(frame, targets=targets_view(opened, wanted_of(asked.query)))
    if asked.step == "units":
        return replace(frame, units=units_view(opened))
    shown = launch_view(session, opened, asked.wish, today=today)
    return replace(frame, launch=shown)


def frame_of(opened: Opened, step: str, *, refused: Refused | None = None) -> PlanView:
    """This function will make what every step shares."""
    head, draft = opened.body.get("plan", {}), opened.draft
    following = list(STEPS)[list(STEPS).index(step) + 1 :] if step in STEPS else []
    return PlanView(
        code=opened.code,
        title=str(head.get("title") or opened.code),
        year=draft.year,
        origin=draft.origin,
        saved_at=draft.saved_at if draft.version else None,
        version=draft.version,
        key=step,
        steps=tuple(
            StepTab(label, f"{opened.here}/{key}", key == step) for key, label in STEPS.items()
        ),
        post_href=f"{opened.here}/{step}",
        panel=panel_of(opened),
        is_open=opened.is_open,
        is_down=opened.plan is not None and opened.plan.status != PlanStatus.DRAFT,
        is_amending=opened.is_amending,
        status=WORDS[opened.plan.status if opened.plan else PlanStatus.DRAFT.value],
        errors=refused.lines if refused else (),
        next=Link(STEPS[following[0]], f"{opened.here}/{following[0]}") if following else None,
    )
