"""What is known of the roll-up: numbers, counts and lights of a unit, and what is behind them."""

from shuangyong_core.marks.queries import count_pending as pending_marks
from shuangyong_core.rollups.queries.as_then import rounds_apart
from shuangyong_core.rollups.queries.explain import Explanation, NoSuchTarget, Part, explain
from shuangyong_core.rollups.queries.holders import Holding, Stage, holders_now
from shuangyong_core.rollups.queries.key_numbers import key_numbers, show_shared
from shuangyong_core.rollups.queries.lines import RollupLine, TargetRef, Value
from shuangyong_core.rollups.queries.matrix import Matrix, MatrixRow, matrix
from shuangyong_core.rollups.queries.overview import (
    RoundProgress,
    Strip,
    TreeCount,
    round_progress,
    strip,
    tree_counts,
)
from shuangyong_core.rollups.queries.place import NoPlace, Place, UnitRef, place_of
from shuangyong_core.rollups.queries.progress import Progress, progress
from shuangyong_core.rollups.queries.show import show
from shuangyong_core.rollups.queries.sources import Source, SourceFile, SourceStep
from shuangyong_core.rollups.queries.trend import Trend, TrendPoint, trend

__all__ = [
    "Explanation", "Holding", "Matrix", "MatrixRow", "NoPlace", "NoSuchTarget", "Part", "Place",
    "Progress", "RollupLine", "RoundProgress", "Source", "SourceFile",
    "SourceStep", "Stage", "Strip", "TargetRef", "TreeCount", "Trend", "TrendPoint", "UnitRef",
    "Value", "explain", "holders_now", "key_numbers", "matrix", "pending_marks", "place_of",
    "progress", "round_progress", "rounds_apart", "show", "show_shared", "strip",
    "tree_counts", "trend",
]  # fmt: skip
