"""The page 进度: how far, where it sticks, who holds it; the tasks, and the lights explained."""

from shuangyong_core.web.progress.routes import router

__all__ = ["router"]
