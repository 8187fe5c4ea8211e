"""What a plan file says, as plain frozen values: nothing here has been checked against units."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file, so that every problem can name it."""

    file: str | None = None
    line: int | None = None
    field: str = ""

    def at(self, name: str) -> Place:
        """This function will give the place of a field within."""
        return Place(self.file, self.line, f"{self.field}.{name}" if self.field else name)


@dataclass(frozen=True, slots=True)
class HeadText:
    """The plan's head; `within_…` are working days."""

    code: str
    year: int
    issuer: str
    title: str
    basis: str
    approved_by: str
    filing_no: str
    inflation_bp: int
    lead_workdays: int
    review_levels: int
    max_rounds: int
    within_acknowledge: int
    within_decompose: int
    within_review: int
    within_correct: int
    requests_by: str
    place: Place


@dataclass(frozen=True, slots=True)
class RoundText:
    """A round with the rules of its dates; an empty rule takes the default."""

    code: str
    title: str
    due_rule: str
    opens_rule: str
    locks_rule: str
    done_rule: str
    place: Place


@dataclass(frozen=True, slots=True)
class IndicatorText:
    """An indicator as a file, or the installation, describes it."""

    code: str
    name: str
    kind: str
    display_unit: str
    decimals: int
    over_units: str
    over_time: str
    hint: str
    parts: dict[str, list[str]]
    place: Place = field(compare=False, default=Place())

    @property
    def field_count(self) -> int:
        """How many boxes a form asks for: ticks are one each, other parts are one number."""
        return len(self.parts["tick"]) if "tick" in self.parts else 1


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal, scaled by its indicator's decimals; `shares` only where the split is manual."""

    kind: str  # total 总数 | each 每单位 | ratio 比率 | done 完成 | none 不设
    goal: int | None = None
    goal_den: int | None = None
    split: str = ""
    shares: tuple[tuple[str, int], ...] = ()
    note: str = ""
    per: str = ""
    place: Place = Place()

    @property
    def rate(self) -> Fraction | None:
        """A ratio goal as a fraction."""
        return Fraction(self.goal or 0, self.goal_den) if self.goal_den else None


@dataclass(frozen=True, slots=True)
class GroupText:
    """Who reports a target, in which rounds, done by when, with which goal if not the target's."""

    who: tuple[str, ...]
    rounds: tuple[str, ...]  # empty: the rounds its done-by dates join
    all_rounds: bool
    done_by: tuple[str, ...]
    goal: GoalText | None
    on_behalf_of: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class TargetText:
    """A target with its groups; an automatic one has one group, which fills in no form."""

    code: str
    indicator: IndicatorText
    title: str
    category: str
    heading: int
    goal: GoalText
    per: str
    weight: int
    automatic: str | None
    groups: tuple[GroupText, ...]
    on_behalf_of: str | None
    shown_to: tuple[str, ...]
    supporting: tuple[str, ...]  # 配合: kinds or codes; the lead (牵头) is who reports
    evidence: dict[str, int | bool]
    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class PlanText:
    """A whole plan as written, with a sentence for everything that was normalised."""

    head: HeadText
    rounds: tuple[RoundText, ...]
    indicators: tuple[IndicatorText, ...]
    targets: tuple[TargetText, ...]
    notes: tuple[str, ...] = ()
