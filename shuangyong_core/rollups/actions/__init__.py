"""What can change in the roll-up: fold the marks, rebuild all, compare with a shadow."""

from shuangyong_core.rollups.actions.beside import fold_beside
from shuangyong_core.rollups.actions.fold import FoldDone, fold
from shuangyong_core.rollups.actions.folder import Folder
from shuangyong_core.rollups.actions.rebuild import rebuild
from shuangyong_core.rollups.actions.verify import Difference, verify

__all__ = ["Difference", "FoldDone", "Folder", "fold", "fold_beside", "rebuild", "verify"]
