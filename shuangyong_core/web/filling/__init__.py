"""The pages a reporter fills in: the rounds of a unit, and the form of one round."""

from shuangyong_core.web.filling.routes import router

__all__ = ["router"]
