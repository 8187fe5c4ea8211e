"""The queue of a reviewer, and one report held against what it should be."""

from shuangyong_core.web.reviewing.routes import router

__all__ = ["router"]
