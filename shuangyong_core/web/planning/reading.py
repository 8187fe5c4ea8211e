"""What a posted step changes, and where its page goes on."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.datastructures import FormData

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.actions.drafts import Change
from shuangyong_core.web.planning.booked import change_all
from shuangyong_core.web.planning.head_and_rounds import change_head, change_rounds
from shuangyong_core.web.planning.opened import Opened
from shuangyong_core.web.planning.ticking import change_targets, wanted_of

CHANGES = {
    "basis": change_head,
    "rounds": change_rounds,
    "targets": change_targets,
    "upload": change_all,
}
ONWARD = {"basis": "rounds", "rounds": "targets", "targets": "units"}


def read_back(opened: Opened, step: str, form: FormData) -> tuple[Change, str]:
    """This function will read a step's form; raises NotFound where a step has none."""
    if step not in CHANGES:
        raise NotFound
    change = CHANGES[step](opened, form)
    if step == "upload":
        return change, "targets?said=read"
    if str(form.get("act", "")) == "next":
        return change, ONWARD[step]
    return change, f"{step}{_filter(form)}" if step == "targets" else step


def _filter(form: FormData) -> str:
    wanted = wanted_of({key: form.get(key, "") for key in ("show", "q", "kind")})
    asked = {"show": wanted.show, "q": wanted.search, "kind": wanted.kind}
    query = urlencode({key: value for key, value in asked.items() if value})
    return f"?{query}" if query else ""
