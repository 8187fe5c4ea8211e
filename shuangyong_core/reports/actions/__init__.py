"""Every way a report can change: one act a file, one step an act."""

from shuangyong_core.reports.actions.accept import accept
from shuangyong_core.reports.actions.attach import attach
from shuangyong_core.reports.actions.detach import detach
from shuangyong_core.reports.actions.not_involved import set_not_involved
from shuangyong_core.reports.actions.reopen import reopen
from shuangyong_core.reports.actions.reply import answer_objection, confirm, object_to
from shuangyong_core.reports.actions.return_for_revision import return_for_revision
from shuangyong_core.reports.actions.save_draft import save_draft
from shuangyong_core.reports.actions.submit import submit
from shuangyong_core.reports.actions.tell_use import tell_use
from shuangyong_core.reports.actions.withdraw import withdraw

__all__ = [
    "accept",
    "answer_objection",
    "attach",
    "confirm",
    "detach",
    "object_to",
    "reopen",
    "return_for_revision",
    "save_draft",
    "set_not_involved",
    "submit",
    "tell_use",
    "withdraw",
]
