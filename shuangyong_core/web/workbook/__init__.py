"""The page of a workbook: downloaded, filled in, checked, and written when all of it passes."""

from shuangyong_core.web.workbook.routes import router

__all__ = ["router"]
