"""Targets of a running year go down the tree again: what still holds stays, the rest follows."""

from shuangyong_core.assignments.actions.amending.send_again import Amended, Recast, send_again
from shuangyong_core.assignments.actions.amending.withdraw import withdraw_targets

__all__ = ["Amended", "Recast", "send_again", "withdraw_targets"]
