"""申请: a unit asks for 延期 豁免 暂停 恢复; whoever decides sees the effect before."""

from shuangyong_core.web.asking.routes import router

__all__ = ["router"]
