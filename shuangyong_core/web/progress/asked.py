"""What is looked at: a plan, a unit, a round or the year to date, one of the two trees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.errors import NotFound
from shuangyong_core.plans.models import Plan
from shuangyong_core.plans.queries import (
    NodeRow,
    RoundRow,
    line_above,
    list_rounds,
    units_in_reach,
)
from shuangyong_core.plans.queries.tree import get_node
from shuangyong_core.rollups.queries import rounds_apart
from shuangyong_core.units.models import Tree, Unit
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.frame import home_of, plan_in_view
from shuangyong_core.web.pages.shell import Choice, Link
from shuangyong_core.web.sight import see

TREES = {Tree.RESPONSIBILITY: "按责任关系", Tree.TERRITORY: "按属地（只看合计）"}
LEFT = "后来划出的单位"
SEEN = {"then": "按当时单位", "now": "按现在单位"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One look at the numbers."""

    plan: Plan
    node: NodeRow
    tree: Tree
    round: RoundRow | None
    rounds: Sequence[RoundRow]
    today: date
    at: datetime
    reached: Collection[int]  # all the units that the user may open
    seen: str = ""  # then | now: a round that is over, by its units of then or of today
    as_of: date | None = None  # a day that is over: `today` is that day, and so is everything

    @property
    def round_id(self) -> int | None:
        """The round as the core asks for it; None is the year to date."""
        return None if self.round is None else self.round.id

    @property
    def scope(self) -> str:
        """In words."""
        return "本年至今" if self.round is None else f"{self.round.title}报送"

    @property
    def is_issuer(self) -> bool:
        """Whether the unit is the one that issued the plan."""
        return self.node.unit == self.plan.issuer

    @property
    def as_then(self) -> bool:
        """Whether a round that is over is seen by its units of then: unless today's are asked."""
        return self.seen != "now"

    def may_name(self, unit: int) -> bool:
        """Whether a unit is named: of a past day only those the user may open today."""
        return self.as_of is None or unit in self.reached

    def href(self, path: str = "/progress", *, unit: str = "", **more: str) -> str:
        """This function will keep the plan, the round, the tree and the day in a link.

        Of a past day there is this page alone: what no other page can show leads nowhere.
        """
        if self.as_of and path != "/progress":
            return ""
        asked = {"unit": unit or self.node.code, "round": self.round.code if self.round else ""}
        if self.tree is Tree.TERRITORY:
            asked["by"] = self.tree.value
        if self.seen == "now":
            asked["as"] = "now"
        if path == "/progress":
            asked = {"plan": self.plan.code, **asked}
            asked["at"] = self.as_of.isoformat() if self.as_of else ""
        asked |= more
        return f"{path}?{urlencode({key: value for key, value in asked.items() if value})}"

    def round_choices(self) -> tuple[Choice, ...]:
        """This function will give the year to date and the rounds that have opened."""
        opened = [each for each in self.rounds if each.opens_on <= self.today or each == self.round]
        return (
            Choice("", "本年至今", self.round is None),
            *(Choice(each.code, f"{each.title}报送", each == self.round) for each in opened),
        )

    def seen_choices(self) -> tuple[Choice, ...]:
        """This function will give the units of then and of today, where the two differ."""
        if not self.seen:
            return ()
        return tuple(Choice(key, name, key == self.seen) for key, name in SEEN.items())

    def tree_choices(self) -> tuple[Choice, ...]:
        """This function will give the two trees."""
        return tuple(Choice(tree.value, name, tree is self.tree) for tree, name in TREES.items())


def look(session: Session, desk: Desk, *, unit: str, round: str, by: str) -> Asked:
    """This function will find what is looked at; raises NotFound for all that is not the user's."""
    plan = plan_in_view(session, desk)
    if plan is None or (desk.plan and plan.code != desk.plan):
        raise NotFound
    if not unit:
        home = home_of(session, desk)
        unit = home.code if home else _issuer_code(session, plan)
    node = see(session, desk, plan=plan.code, unit=unit).node
    tree = Tree(by) if by in list(Tree) else Tree.RESPONSIBILITY
    if tree is Tree.TERRITORY:
        node = get_node(session, plan.id, node.unit, tree)
    rounds = list_rounds(session, plan.id)
    named = next((each for each in rounds if each.code == round), None)
    if round and named is None:
        raise NotFound
    reached = frozenset(session.scalars(units_in_reach(plan.id, desk.actor)))
    return Asked(plan, node, tree, named, rounds, desk.today, desk.at, reached)


def seen_as(session: Session, asked: Asked, seen: str, *, in_year: bool = False) -> Asked:
    """This function will say by which units a round that is over is seen, where they differ.

    `in_year`: the rounds of the whole year are looked at, one by one.
    """
    if asked.as_of or (asked.round is None and not in_year):
        return asked
    apart = rounds_apart(session, asked.plan.id, asked.node.unit, tree=asked.tree)
    if asked.round_id in apart or (asked.round is None and apart):
        return replace(asked, seen="now" if seen == "now" else "then")
    return asked


def crumbs(session: Session, asked: Asked, *, last: bool = False) -> tuple[Link, ...]:
    """This function will give the units above that the user may open, the root first."""
    line = line_above(session, asked.plan.id, asked.node.unit, asked.tree)
    above = [node for node in line if node.unit in asked.reached and (last or node != asked.node)]
    return tuple(Link(node.name, asked.href(unit=node.code)) for node in above)


def _issuer_code(session: Session, plan: Plan) -> str:
    return session.scalars(select(Unit.code).where(Unit.id == plan.issuer)).one()
