"""演练全年: what a plan would ask of each unit, morning by morning, before anybody is asked."""

from shuangyong_core.supervision.rules.rehearsal.run import rehearse
from shuangyong_core.supervision.rules.rehearsal.values import (
    Clash,
    ClashKind,
    Habit,
    Load,
    MonthLoad,
    Morning,
    Profile,
    Rehearsal,
    RoundRun,
)

__all__ = [
    "Clash",
    "ClashKind",
    "Habit",
    "Load",
    "MonthLoad",
    "Morning",
    "Profile",
    "Rehearsal",
    "RoundRun",
    "rehearse",
]
