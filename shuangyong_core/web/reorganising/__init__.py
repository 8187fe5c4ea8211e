"""组织调整: acts from a file or typed, what they would do, and then exactly that."""

from shuangyong_core.web.reorganising.routes import router

__all__ = ["router"]
