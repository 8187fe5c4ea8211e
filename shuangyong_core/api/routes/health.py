"""Whether the product is up, and how many marks wait for the fold."""

from __future__ import annotations

from fastapi import APIRouter, Request
from typing_extensions import TypedDict

from shuangyong_core import __version__, db
from shuangyong_core.api.calls import house_of
from shuangyong_core.api.doorway import OpenRoute
from shuangyong_core.marks.queries import count_pending

router = APIRouter(route_class=OpenRoute, tags=["health"])


class HealthAnswer(TypedDict):
    """The product is up; `pending_fold` marks are not in the sums yet."""

    status: str
    version: str
    pending_fold: int


@router.get("/health")
def show_health(request: Request) -> HealthAnswer:
    """是否正常；pending_fold 是还没有汇总的改动数。不需要令牌。"""
    with db.read(house_of(request).engine) as session:
        pending = count_pending(session)
    return {"status": "ok", "version": __version__, "pending_fold": pending}
