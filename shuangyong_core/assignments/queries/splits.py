"""The split of what a unit holds: per target its own part and each child's, default or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from shuangyong_core.assignments.models import Assignment, Quota
from shuangyong_core.assignments.queries.held import status_of
from shuangyong_core.assignments.queries.unfulfilled import ASIDE
from shuangyong_core.assignments.rules.splits import Held, exceeds_limit
from shuangyong_core.plans.models import Indicator, Node, Plan, Target, TargetVersion
from shuangyong_core.units.models import Tree, Unit

OWN = "own"  # 本级承办, where the parties to a split are named by their codes


@dataclass(frozen=True, slots=True)
class Share:
    """What one child holds of a target."""

    unit: int
    code: str
    name: str
    held: int
    state: str  # proposed | confirmed | automatic
    source: str  # default | split | amended
    is_aside: bool  # let off: what it had is shared out among the others


@dataclass(frozen=True, slots=True)
class SplitProposal:
    """A target a unit holds and shares out; values are scaled by `decimals`."""

    target: int
    code: str
    title: str
    display_unit: str
    decimals: int
    hold_status: str
    version: int
    held: int
    own: int
    has_own: bool  # the unit reports it itself, so it may keep a part
    reason: str
    children: tuple[Share, ...]
    inflation_bp: int

    @property
    def stands(self) -> Held:
        """What the rules of a split ask of it."""
        return Held(
            held=self.held,
            has_own=self.has_own,
            own=self.own,
            children={child.code: child.held for child in self.children},
            inflation_bp=self.inflation_bp,
            aside=frozenset(child.code for child in self.children if child.is_aside),
        )

    @property
    def parties(self) -> tuple[str, ...]:
        """Who takes a part: the children by code, and "own" if the unit works itself."""
        return (*(child.code for child in self.children), *([OWN] if self.has_own else []))

    @property
    def shared_out(self) -> int:
        """分解合计: the children's and its own."""
        return self.own + sum(child.held for child in self.children)

    @property
    def excess(self) -> int:
        """How much more is shared out than held."""
        return self.shared_out - self.held

    @property
    def is_above_limit(self) -> bool:
        """Whether the excess needs a reason."""
        return exceeds_limit(self.shared_out, self.held, self.inflation_bp)

    @property
    def is_truly_split(self) -> bool:
        """Whether there is anything to decide: more than one party."""
        return len(self.children) + int(self.has_own) > 1


def child_ids(plan: Plan, unit: int) -> Select[tuple[int]]:
    """This function will select the units directly under a unit in today's tree."""
    return select(Node.unit).where(*_children(plan, unit))


def list_splits(
    session: Session, plan: Plan, *, unit: int, target: int | None = None
) -> Sequence[SplitProposal]:
    """This function will give the totals a unit holds, with every child's quota, by position."""
    shares = _shares(session, plan, unit=unit, target=target)
    version, indicator = TargetVersion, Indicator
    found = (
        select(
            Target.id, Target.code, version.title, indicator.display_unit, indicator.decimals,
            Assignment.hold_status, Assignment.version, Quota.held, Quota.own, Assignment.role,
            Quota.reason,
        )
        .select_from(Target)
        .join(version, and_(version.target == Target.id, version.to_version.is_(None)))
        .join(indicator, indicator.id == Target.indicator)
        .join(Assignment, and_(Assignment.target == Target.id, Assignment.unit == unit))
        .join(Quota, and_(Quota.target == Target.id, Quota.unit == unit))
        .where(Quota.valid_to.is_(None), Assignment.hold_status.is_not(None))
        .where(Target.plan == plan.id, version.goal_kind == "total")
        .order_by(version.position)
    )  # fmt: skip
    if target is not None:
        found = found.where(Target.id == target)
    return [
        SplitProposal(
            target=row.id,
            code=row.code,
            title=row.title,
            display_unit=row.display_unit,
            decimals=row.decimals,
            hold_status=str(row.hold_status),
            version=row.version,
            held=row.held,
            own=row.own,
            has_own=row.role == "both",
            reason=row.reason,
            children=tuple(shares.get(row.id, ())),
            inflation_bp=plan.inflation_bp,
        )
        for row in session.execute(found)
    ]


def _shares(
    session: Session, plan: Plan, *, unit: int, target: int | None
) -> dict[int, list[Share]]:
    given = and_(Assignment.target == Quota.target, Assignment.unit == Quota.unit)
    found = (
        select(Quota.target, Unit.id, Unit.code, Unit.name, Quota.held, Quota.state, Quota.source)
        .add_columns(func.coalesce(status_of(Assignment), "").in_(ASIDE))
        .select_from(Quota)
        .join(Node, and_(Node.unit == Quota.unit, *_children(plan, unit)))
        .join(Unit, Unit.id == Node.unit)
        .outerjoin(Assignment, given)
        .join(Target, Target.id == Quota.target)
        .where(Quota.valid_to.is_(None), Target.plan == plan.id)
        .order_by(Quota.target, Unit.code)
    )
    if target is not None:
        found = found.where(Quota.target == target)
    shares: dict[int, list[Share]] = {}
    for row in session.execute(found):
        shares.setdefault(row.target, []).append(Share(*row[1:]))
    return shares


def _children(plan: Plan, unit: int) -> list[ColumnElement[bool]]:
    tree = Node.tree == str(Tree.RESPONSIBILITY)
    stands = (Node.to_edition.is_(None), Node.is_silent.is_(False))
    return [Node.plan == plan.id, tree, *stands, Node.parent == unit]
