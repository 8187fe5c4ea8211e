"""The page where a holder confirms or changes what each unit under it has to bring."""

from shuangyong_core.web.splitting.routes import router

__all__ = ["router"]
