"""What the list of a unit's tasks needs: a line a task, by category."""

from __future__ import annotations

from dataclasses import dataclass

from shuangyong_core.web.charts import Bar
from shuangyong_core.web.pages.shell import Choice, Light, Link


@dataclass(frozen=True, slots=True)
class Task:
    """One task at the unit, values ready to read."""

    code: str
    title: str
    href: str
    value: str
    goal: str
    rate: str
    bar: Bar | None
    reported: int  # items
    expected: int  # items
    accepted: int  # items
    light: Light
    is_automatic: bool = False  # counted by the product
    state: str = ""  # instead of the light's word
    unfulfilled: str = ""  # 12 户; empty: nothing is 未落实


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks of one category."""

    name: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class TasksView:
    """All tasks of one unit."""

    unit: str
    plan: str
    path: tuple[Link, ...]
    scope: str
    groups: tuple[TaskGroup, ...]
    shared: tuple[Task, ...]  # totals of the issuer that this kind of unit may see
    shared_by: str
    categories: tuple[Choice, ...]
    rounds: tuple[Choice, ...]
    unit_code: str
    by: str
    seen: tuple[Choice, ...] = ()  # units of then or of today; empty: they are the same
