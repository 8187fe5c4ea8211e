"""The pages beside the plan: hand-outs, problems raised upward, notices."""

from fastapi import APIRouter

from shuangyong_core.web.beside import handouts, notices, problems

router = APIRouter()
for each in (handouts, problems, notices):
    router.include_router(each.router)

__all__ = ["router"]
