"""Amendments of a running plan as a script makes them: a dry run with its seal, then the act."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from shuangyong_core import db
from shuangyong_core.amendments.actions import amend_plan, preview_amendment
from shuangyong_core.amendments.queries.read_amendment import read_amendment_body
from shuangyong_core.amendments.queries.versions import list_versions
from shuangyong_core.answers import amendments as answers
from shuangyong_core.api.asked import Amendment
from shuangyong_core.api.calls import Made
from shuangyong_core.api.doorway import Route
from shuangyong_core.plans.queries.within import get_plan_within, require_issuer

router = APIRouter(prefix="/plans/{plan}", route_class=Route, tags=["plans"])


@router.get("/amendments")
def show_versions(call: Made, plan: str) -> answers.VersionList:
    """计划的各版：改了什么，依据什么，哪些已审核的数留存备查。"""
    with db.read(call.engine) as session:
        found = get_plan_within(session, plan, actor=call.actor)
        return answers.versions(list_versions(session, found))


@router.post("/amendments")
def amend(call: Made, plan: str, body: Amendment, dry_run: bool = False) -> answers.AmendmentAnswer:
    """调整已下达的计划；dry_run 只看逐单位的影响，给出 seal，再带着它生效。"""
    said: dict[str, Any] = body.model_dump(exclude_unset=True, exclude={"seal"})
    reason, aside = said.pop("reason", ""), said.pop("set_aside", {})
    with db.write(call.engine) as session:
        found = require_issuer(session, plan, actor=call.actor)
        wanted = read_amendment_body(session, found, said, reason=reason, set_aside=aside)
        who: dict[str, Any] = {"actor": call.actor, "at": call.at}
        if dry_run:
            done = preview_amendment(session, found, wanted, **who)
        else:
            done = amend_plan(session, found, wanted, seal=body.seal or None, **who)
        return answers.amendment(done, dry_run=dry_run)
