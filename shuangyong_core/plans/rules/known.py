"""Compares indicators of a file with those of the installation: they may not drift apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from shuangyong_core.errors import Problem
from shuangyong_core.plans.rules.text import IndicatorText

COMPARED = {
    "name": "名称",
    "kind": "类型",
    "display_unit": "单位",
    "decimals": "小数位",
    "over_units": "按单位汇总",
    "over_time": "按时间汇总",
    "hint": "填报提示",
    "parts": "分项",
}


def compare_indicators(
    written: Iterable[IndicatorText], known: Mapping[str, IndicatorText]
) -> Iterator[Problem]:
    """This function will name every difference between a written indicator and the known one."""
    for one in written:
        stands = known.get(one.code)
        for field, word in COMPARED.items() if stands else ():
            new, old = getattr(one, field), getattr(stands, field)
            if new != old:
                why = (
                    f"指标 {one.code} 已在使用，{word}是“{old}”，文件里是“{new}”。"
                    "请改回一致，或换一个指标编码。"
                )
                place = one.place.at(field)
                yield Problem(
                    "indicator_differs", why, file=place.file, row=place.line, field=place.field
                )
