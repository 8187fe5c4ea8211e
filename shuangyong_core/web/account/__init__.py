"""我的账号: what one may do, and delegation (委托) for the days of one's leave."""

from shuangyong_core.web.account.routes import router

__all__ = ["router"]
