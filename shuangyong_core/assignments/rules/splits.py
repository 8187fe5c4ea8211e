"""Whether a split adds up: every fault of it at once, each a sentence the holder can act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shuangyong_core.errors import Problem
from shuangyong_core.guard.scanning import harm_in
from shuangyong_core.plans.rules.limits import LARGEST_VALUE

FULL_BP = 10_000
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Held:
    """What stands before the split: scaled values, the present one of each child by code."""

    held: int
    has_own: bool  # the holder reports the target itself
    own: int
    children: Mapping[str, int]
    inflation_bp: int
    aside: frozenset[str] = frozenset()  # let off: what they had is shared out among the others


@dataclass(frozen=True, slots=True)
class Split:
    """What the holder wants; a child left out keeps what it has, and so does `own`."""

    children: Mapping[str, object]
    own: object | None
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole split in integers, or its problems."""

    children: dict[str, int]
    own: int
    problems: tuple[Problem, ...]


def check_split(now: Held, wanted: Split) -> Checked:
    """This function will complete a split and find everything that is wrong with it."""
    problems: list[Problem] = []
    children = {code: 0 if code in now.aside else held for code, held in now.children.items()}
    for code, value in wanted.children.items():
        if code in now.aside:
            # A page sends every box back as it stood: that is no wish.
            if str(value) not in ("0", str(now.children.get(code))):
                why = "已豁免或暂停，不能再分给它，请填 0 或留空。"
                problems.append(Problem("set_aside", why, field=code))
        elif code not in now.children:
            why = "不是本单位这项任务的下级，请删去。"
            problems.append(Problem("not_a_child", why, field=code))
        elif _is_value(value, code, problems):
            children[code] = int(str(value))
    own = now.own
    if wanted.own is not None and _is_value(wanted.own, "own", problems):
        own = int(str(wanted.own))
    if own and not now.has_own:
        why = "本单位不填报这项任务，本级承办数要是 0。"
        problems.append(Problem("no_own_work", why, field="own"))
    problems.extend(check_reason(wanted.reason))
    if not problems:
        problems.extend(_check_sum(now, sum(children.values()) + own, wanted.reason))
    return Checked(children, own, tuple(problems))


def check_reason(reason: str) -> list[Problem]:
    """This function will find what is wrong with a reason that was written down."""
    if len(reason.strip()) > LONGEST_REASON:
        why = f"理由请写在 {LONGEST_REASON} 字以内。"
        return [Problem("too_long", why, field="reason")]
    return list(harm_in(reason, field="reason"))


def exceeds_limit(total: int, held: int, inflation_bp: int) -> bool:
    """This function will tell whether 分解合计/下达数 is above the plan's limit."""
    return total * FULL_BP > held * inflation_bp


def _is_value(value: object, field: str, problems: list[Problem]) -> bool:
    if isinstance(value, bool) or not isinstance(value, int):
        why = "要是不带小数的数。"
        problems.append(Problem("not_whole", why, field=field, value=str(value)[:20]))
    elif value < 0:
        problems.append(Problem("negative", "不能是负数。", field=field, value=str(value)[:20]))
    elif value > LARGEST_VALUE:
        problems.append(Problem("too_large", "数太大，请核对。", field=field, value="…"))
    else:
        return True
    return False


def _check_sum(now: Held, total: int, reason: str) -> list[Problem]:
    if total < now.held:
        why = f"分解合计比下达数少 {now.held - total}（按最小计数单位），请补足。"
        return [Problem("too_little", why, field="children")]
    if exceeds_limit(total, now.held, now.inflation_bp) and not reason.strip():
        limit = f"{now.inflation_bp / 100:g}%"
        why = f"分解合计超过下达数的 {limit}，请写明原因或调低。"
        return [Problem("too_much", why, field="reason")]
    return []
