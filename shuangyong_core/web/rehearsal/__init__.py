"""演练全年: the year on the pretend clock as a page with its picture."""

from shuangyong_core.web.rehearsal.routes import router

__all__ = ["router"]
