"""The words a clerk reads and chooses in the sheets, beside those of a plan's body."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shuangyong_core.plans.catalogue import heading_word
from shuangyong_core.plans.rules.words import HEADINGS, UNIT_KINDS, unit_kind

TICK = "√"
YES = frozenset({"√", "✓", "✔", "是", "1", "1.0", "y", "yes", "true"})
NO = frozenset({"", "否", "0", "n", "no", "false"})
KINDS = {
    "count": "计数",
    "money": "金额",
    "ratio": "比率",
    "yes_no": "是否",
    "date": "日期",
    "text": "文字",
    "score": "得分",
}
OVER_UNITS = {
    "sum": "合计",
    "ratio": "分子分母各自合计",
    "all_done": "全部完成",
    "max": "取最大",
    "latest": "取最新",
    "distinct": "去重计数",
    "own": "本级不汇总",
    "none": "不汇总",
}
OVER_TIME = {"sum": "本期数相加", "latest": "取最近一次"}
GOALS = {"total": "总数", "each": "每单位", "ratio": "比率", "done": "完成", "none": "不设"}
PERS = {"year": "全年", "due": "每次报送"}
AUTOMATIC = {
    "confirmed": "按任务确认",
    "archived": "按材料归档",
    "handouts": "按交办办结",
    "problems": "按协调事项",
}
PARTS = {"count": "逐项填数", "tick": "逐项打勾"}
BASES = {"households": "户数", "members": "会员数", "beneficiaries": "优抚对象"}
SPLITS = {
    "equal": "平均",
    **{f"base:{key}": f"按{word}" for key, word in BASES.items()},
    "manual": "指定",
}
BASE = "按基数:"
BETWEEN = re.compile(r"[、，,;；\s]+")


def word_of(words: Mapping[str, str], code: object) -> str:
    """This function will write a member of a closed list as a clerk reads it."""
    return words.get(str(code), str(code))


def code_of(words: Mapping[str, str], word: str) -> str:
    """This function will read it back; what is in no list stays as written, to be refused."""
    return next((code for code, shown in words.items() if shown == word), word)


def split_word(split: str) -> str:
    """This function will write how a total is split."""
    if split in SPLITS or not split.startswith("base:"):
        return SPLITS.get(split, split)
    return BASE + split.removeprefix("base:")


def split_code(word: str) -> str:
    """This function will read how a total is split."""
    plain = word.replace("：", ":")
    return f"base:{plain.removeprefix(BASE)}" if plain.startswith(BASE) else code_of(SPLITS, word)


def who_words(who: list[str]) -> str:
    """This function will write kinds of unit and codes in one cell."""
    return "、".join(UNIT_KINDS.get(word, word) for word in who)


def who_codes(text: str) -> list[str]:
    """This function will read kinds of unit and codes from one cell."""
    return [unit_kind(word) or word for word in listed(text)]


def listed(text: str) -> list[str]:
    """This function will take a cell with several words apart."""
    return [word for word in BETWEEN.split(text.strip()) if word]


def heading_number(text: str) -> str:
    """This function will read a heading of the standard: 三、双拥活动坚持经常, 三 or 3."""
    for number in range(1, len(HEADINGS) + 1):
        whole = heading_word(number)
        if text in (str(number), whole, whole[0], HEADINGS[number - 1]):
            return str(number)
    return text
