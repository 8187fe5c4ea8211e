"""报送反馈: the page that comes back to every unit after a round, the same words everywhere."""

from shuangyong_core.documents.back.paper import back_paper
from shuangyong_core.documents.back.sheet import BackSheet, back_sheets

__all__ = ["BackSheet", "back_paper", "back_sheets"]
