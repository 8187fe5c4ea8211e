"""The page of a workbook: downloaded, filled in, checked, and written when all of it passes."""

from shuangyong_core.web.workbook.routes import router
from shuangyong_core.web.workbook.setting_aside import router as setting_aside

router.include_router(setting_aside)

__all__ = ["router"]
