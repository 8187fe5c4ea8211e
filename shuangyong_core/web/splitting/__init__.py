"""The pages where a holder confirms or changes what each unit under it has to bring, and when."""

from shuangyong_core.web.splitting import dates
from shuangyong_core.web.splitting.routes import router

router.include_router(dates.router)

__all__ = ["router"]
