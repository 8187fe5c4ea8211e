"""Every way a file comes in: its bytes first, safely on disk, then the row that names it."""

from shuangyong_core.evidence.actions.keep_file import keep_file
from shuangyong_core.evidence.actions.store import store

__all__ = ["keep_file", "store"]
