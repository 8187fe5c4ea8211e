"""The pages behind a number: a unit's tasks, one task, and where its number comes from."""

from shuangyong_core.web.numbers.routes import router

__all__ = ["router"]
