"""配合任务: what a unit supports, how far its lead is, and the files it hands in."""

from shuangyong_core.web.supporting.routes import router

__all__ = ["router"]
