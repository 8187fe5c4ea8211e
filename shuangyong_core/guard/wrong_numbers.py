"""Says what is wrong with a text that is no number, so that the writer can mend it at once."""

from __future__ import annotations

import re

from shuangyong_core.guard.chinese_numbers import LETTERS, chinese_number

LONGEST = 40  # longer texts are not worth a closer look, and would be slow to match
Reason = tuple[str, str]
FORMS: tuple[tuple[str, str, str], ...] = (
    (r"[-—–/\\.]*|无|没有|空|nil|null|none", "blank", "没有填数；没有发生请填 0"),
    (r"[+-]?(nan|inf|infinity)", "not_a_number", "这不是一个数"),
    (r"=.*", "formula", "不要填公式，请填算好的数"),
    (r"[+-]?[0-9.]+e[+-]?[0-9]+", "exponent", "不要用科学计数法，请写出全部数字"),
    (r"[0-9_]*_[0-9_]*", "underscore", "数字中不能有下划线"),
    (r"[+-]?[0-9]{16,}(\.[0-9]*)?", "too_big", "数太大了：整数部分最多 15 位，请核对"),
    (r"[+-]?[0-9]+\.[0-9]{7,}", "too_many_decimals", "小数位数太多，不会替您四舍五入"),
    (r"[+-]?(\.[0-9]+|[0-9]+\.)", "half_a_number", "小数点两边都要有数字，例如 0.5"),
    (r"[+-]?[0-9,，.]*[,，][0-9,，.]*", "commas", "逗号的位置不是千分位，请去掉逗号"),
    (r"[+-]?[0-9]+(\s+[0-9]+)+", "inner_blank", "数字中间不要有空格"),
    (r"[(（][0-9.,，]+[)）]", "brackets", "括号里的数看不出是不是负数，请直接写数"),
    (r"[0-9.]+\s*[-~～—–至到]+\s*[0-9.]+.*", "range", "不能填一个范围，请填一个确定的数"),
    (r".*(约|大概|左右|上下|近|余|多|来|不到|以上|以下|>|<|＞|＜|≈|≥|≤).*", "about",
     "不能填约数，请填一个确定的数"),
)  # fmt: skip


def why_not_a_number(text: str, *, unit: str | None, example: str) -> Reason:
    """This function will name the first reason that fits, as (code, sentence with a hint)."""
    if len(text) > LONGEST:
        return "too_long", f"这里只能填一个数，{example}。"
    for pattern, code, why in FORMS:
        if re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL):
            return code, f"{why}，{example}。"
    if re.fullmatch(r"[+-]?[0-9][0-9.,，]*\s*\D{1,8}", text):
        return _wrong_unit(unit, example=example)
    if any(letter in LETTERS for letter in text):
        number = chinese_number(text)
        # Proposed, never taken: whoever wrote it types it again.
        hint = example if number is None else f"如果是 {number}，请填 {number}"
        return "chinese_number", f"请用阿拉伯数字，不要用中文数字，{hint}。"
    return "not_a_number", f"这不是可以记录的数，{example}。"


def _wrong_unit(unit: str | None, *, example: str) -> Reason:
    if unit:
        return "wrong_unit", f"这一项的单位是“{unit}”，请换算后只填数字，{example}。"
    return "wrong_unit", f"请只填数字，不带单位，{example}。"
