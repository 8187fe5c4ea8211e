"""Every way units can change: brought in from a file, renamed, given a post."""

from shuangyong_core.units.actions.import_units import Imported, KindChanged, import_units
from shuangyong_core.units.actions.posts import keep_post
from shuangyong_core.units.actions.rename import rename_unit

__all__ = ["Imported", "KindChanged", "import_units", "keep_post", "rename_unit"]
