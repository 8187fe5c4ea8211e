"""The page 进度: how far, where it sticks, who holds it; the tasks, the lights, the guards."""

from shuangyong_core.web.progress import guards
from shuangyong_core.web.progress.routes import router

router.include_router(guards.router)

__all__ = ["router"]
