"""The numbers leaders ask for, and the splits above what was issued."""

from __future__ import annotations

from collections.abc import Sequence

from shuangyong_core.assignments.queries.excesses import Excess as Found
from shuangyong_core.guard.numbers import ratio_text
from shuangyong_core.rollups.queries import RollupLine
from shuangyong_core.web.charts import bar
from shuangyong_core.web.pages.progress_view import Excess, KeyNumber
from shuangyong_core.web.progress.asked import Asked
from shuangyong_core.web.values import goal_of, grouped, rate_of, shape_of, value_text


def key_numbers_of(asked: Asked, lines: Sequence[RollupLine]) -> tuple[KeyNumber, ...]:
    """This function will write the key numbers with their bars; the tick is 按计划应达."""
    return tuple(_key_number(asked, line) for line in lines)


def _key_number(asked: Asked, line: RollupLine) -> KeyNumber:
    done, goal = line.value.numerator or 0, line.rate_denominator or 0
    planned = planned_of(line)
    said = f"{line.target.title}：{rate_of(line) or '尚无数据'}"
    if planned is not None:
        said += f"，按计划应达 {grouped(planned, line.target.measure.decimals)}"
    return KeyNumber(
        line.target.title,
        asked.href(f"/targets/{asked.plan.code}/{line.target.code}"),
        value_text(shape_of(line.target), line.value.numerator, line.value.denominator),
        goal_of(line),
        bar(done, goal, label=said, planned=planned),
        line.target.display_unit if line.target.goal_kind in ("total", "each") else "",
    )


def planned_of(line: RollupLine) -> int | None:
    """This function will say how much of the goal should be there: the share of items due."""
    if line.planned_rate is None or not line.rate_denominator:
        return None
    if line.target.goal_kind not in ("total", "each"):
        return None
    tenths = int(line.planned_rate.replace(".", ""))
    return line.rate_denominator * tenths // 1000


def excesses_of(found: Sequence[Found]) -> tuple[Excess, ...]:
    """This function will write who splits more than was issued."""
    return tuple(
        Excess(
            each.unit,
            each.code,
            each.title,
            f"{grouped(each.shared_out, each.decimals)}/{grouped(each.held, each.decimals)}",
            f"{ratio_text(each.shared_out, each.held)}%" if each.held else "—",
            each.reason,
        )
        for each in found
    )
