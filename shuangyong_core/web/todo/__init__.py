"""The page one lands on: what is to do, and what waits for others."""

from shuangyong_core.web.todo.routes import router

__all__ = ["router"]
