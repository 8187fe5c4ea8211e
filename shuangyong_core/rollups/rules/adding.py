"""Whether the parts of a number make the number, and how one says so."""

from __future__ import annotations

from collections.abc import Sequence

from shuangyong_core.guard.numbers import with_thousands

Pair = tuple[int | None, int | None]  # numerator, denominator
SUMS = ("sum", "ratio", "all_done")


def adds_up(over_units: str, whole: Pair, parts: Sequence[Pair], own: Pair) -> bool:
    """This function will say whether the parts make the whole, by the way they are added."""
    numerators = [number for number, _ in parts if number is not None]
    if over_units in SUMS:
        denominators = [number for _, number in parts if number is not None]
        return whole == (_sum(numerators), _sum(denominators))
    if over_units == "max":
        return whole[0] == max(numerators, default=None)
    if over_units == "latest":
        return whole[0] is None if not numerators else whole in parts
    if over_units == "own":
        return whole == own
    if over_units == "distinct":
        # An alias named twice counts once: no less than any part, no more than their sum.
        if not numerators:
            return whole[0] is None
        return whole[0] is not None and max(numerators) <= whole[0] <= sum(numerators)
    return whole[0] is None


def sentence_of(
    over_units: str, whole: str | None, parts: Sequence[str | None], *, agrees: bool
) -> str:
    """This function will say how the number is put together."""
    if not agrees:
        return "各级相加不一致：请运行“核对”，并告知系统管理员。"
    if whole is None:
        return "还没有已审核的数。"
    whole = with_thousands(whole)
    shown = [with_thousands(part) for part in parts if part is not None]
    how = {
        "max": "取各单位中最大的一个",
        "latest": "取各单位中最近的一个",
        "own": "只计本级承办，不与下级相加",
        "ratio": "分子、分母分别逐级相加后再相除",
        "distinct": f"同一名称只计一次：各单位合计 {' + '.join(shown)}，去重后",
    }.get(over_units)
    if how is not None:
        return f"{how}：{whole}。" if over_units != "distinct" else f"{how} {whole}。"
    if len(shown) == 1:
        return f"全部来自一个单位：{whole}。"
    if len(shown) <= 6:
        return f"逐级相加一致：{' + '.join(shown)} = {whole}。"
    return f"逐级相加一致：{len(shown)} 个单位相加得 {whole}。"


def _sum(numbers: Sequence[int]) -> int | None:
    return sum(numbers) if numbers else None
