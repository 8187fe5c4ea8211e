"""What a report reads like, its history, and the files it carries."""

from shuangyong_core.web.reading.routes import router

__all__ = ["router"]
