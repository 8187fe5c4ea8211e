"""How a holder may share a total out: the numbers a method gives, exact to the last unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.assignments.actions.change_split import NotSplitHere, SplitWrong
from shuangyong_core.assignments.actions.launch.content import BASE, list_contents, names_units
from shuangyong_core.assignments.actions.launch.sharing import find_unshareable
from shuangyong_core.assignments.actions.launch.split import split_level
from shuangyong_core.assignments.actions.launch.units import take_units
from shuangyong_core.assignments.actions.launch.weigh import weigh
from shuangyong_core.assignments.actions.launch.work import WORK, clear_work, run
from shuangyong_core.assignments.actions.resplit_rows import set_share, spare
from shuangyong_core.assignments.queries.splits import SplitProposal, list_splits
from shuangyong_core.assignments.rules.shares import share_same
from shuangyong_core.assignments.rules.statuses import REPORT_ASIDE
from shuangyong_core.errors import Problem, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries.authority import require_reach
from shuangyong_core.plans.queries.tree import get_node

DEFAULT = "default"  # 默认方案: as the plan splits it
SAME = "same"  # 每个下级一样多
EQUAL = "equal"  # 平均: every reporter below weighs 1
MOST_TOLD = 20


class NotAMethod(Refused):
    """A way of sharing out that there is not."""

    message = "没有“{method}”这种分法，可用：default、same、equal、base:基数。"
    code = "not_a_method"


@dataclass(frozen=True, slots=True)
class Shares:
    """What each unit directly below is to hold, by code, and what the holder keeps itself."""

    children: dict[str, int]
    own: int


def propose_split(
    session: Session, plan: Plan, *, unit: int, target: int, method: str, actor: Actor
) -> Shares:
    """This function will share a target out by a method: default, same, equal, base:KEY.

    It writes nothing that lasts. Raises NotAMethod, NotSplitHere, SplitWrong where the
    weights cannot be used.
    """
    names_base = method.startswith(BASE) and method != BASE
    if method not in (DEFAULT, SAME, EQUAL) and not names_base:
        raise NotAMethod(method=mask(method[:40]))
    require_reach(session, plan, unit, actor, Role.ISSUER, Role.MANAGER)
    splits = list_splits(session, plan, unit=unit, target=target)
    if not splits:
        raise NotSplitHere
    if method == SAME:
        return _same(splits[0])
    by = {DEFAULT: None, EQUAL: ""}.get(method, method.removeprefix(BASE))
    problems = _weigh(session, plan, unit=unit, target=target, by=by)
    if problems:
        raise SplitWrong(problems[:MOST_TOLD])
    node = get_node(session, plan.id, unit)
    each = session.connection().scalar(
        select(WORK.c.each).where(WORK.c.depth == node.depth, WORK.c.unit == unit)
    )
    left = splits[0].held - int(each or 0)
    if left < 0:
        why = "下达数比下级按单位下达的数之和还少，不能这样分。"
        raise SplitWrong([Problem("below_each", why, field="children")])
    run(session, set_share(), level=node.depth, this=unit, given=left)
    split_level(session, node.depth)
    return _read(session, splits[0], depth=node.depth + 1)


def _same(split: SplitProposal) -> Shares:
    children = {child.code: 0 for child in split.children}
    working = children.keys() - split.stands.aside
    parties = len(working) + int(split.has_own)
    if not parties:
        raise NotSplitHere
    each = share_same(split.held, parties)
    return Shares(children | dict.fromkeys(working, each), each if split.has_own else 0)


def _weigh(
    session: Session, plan: Plan, *, unit: int, target: int, by: str | None
) -> Sequence[Problem]:
    node = get_node(session, plan.id, unit)
    clear_work(session)
    take_units(session, plan, path=node.path)
    contents, by_code = list_contents(session, plan, [target]), names_units(session, plan)
    then = spare(*REPORT_ASIDE)
    weigh(session, plan, contents, top=node.depth, by_code=by_code, then=then, by=by)
    if by is not None:
        contents = [replace(content, base=by or None) for content in contents]
    return find_unshareable(session, contents, top=node.depth)


def _read(session: Session, split: SplitProposal, *, depth: int) -> Shares:
    rows = session.connection().execute(
        select(WORK.c.code, WORK.c.is_own, WORK.c.share + WORK.c.each).where(WORK.c.depth == depth)
    )
    children = {child.code: 0 for child in split.children}
    own = 0
    for code, is_own, given in rows:
        if is_own:
            own = given
        elif code in children:
            children[code] = given
    return Shares(children, own)
