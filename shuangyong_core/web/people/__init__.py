"""单位与人员: the units below, their liaisons and accounts; renaming, handing over, resetting."""

from shuangyong_core.web.people.routes import router

__all__ = ["router"]
