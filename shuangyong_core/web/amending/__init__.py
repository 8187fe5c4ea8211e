"""调整计划: what a draft of a running plan would change, then it; and what was changed before."""

from shuangyong_core.web.amending.routes import router

__all__ = ["router"]
