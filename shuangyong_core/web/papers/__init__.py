"""Papers on screen and as files: what a unit reports this year, the page after a round."""

from fastapi import APIRouter

from shuangyong_core.web.papers import year

router = APIRouter()
router.include_router(year.router)

__all__ = ["router"]
