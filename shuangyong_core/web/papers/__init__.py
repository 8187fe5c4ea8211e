"""Papers on screen and as files: what a unit reports this year, the page after a round."""

from fastapi import APIRouter

from shuangyong_core.web.papers import back, burden, use, year

router = APIRouter()
for part in (year, back, use, burden):
    router.include_router(part.router)

__all__ = ["router"]
