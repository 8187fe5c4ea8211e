"""The closed lists of a plan file: kinds of unit, of indicator, of goal, and how they roll up."""

from __future__ import annotations

# The same members as units.models.Kind; rules may not import a room that keeps things.
UNIT_KINDS = {
    "nation": "全国",
    "province": "省",
    "city": "市",
    "district": "区",
    "street": "街道",
    "community": "社区",
    "union_federation": "区总工会",
    "union_subfederation": "街道总工会",
    "grassroots_union": "基层工会",
    "member_unit": "成员单位",
    "armed_forces_dept": "人武部",
}
KINDS_BY_WORD = {word: kind for kind, word in UNIT_KINDS.items()} | {
    "县总工会": "union_federation",
    "村": "community",
}
INDICATOR_KINDS = ("count", "money", "ratio", "yes_no", "date", "text", "score")
OVER_UNITS = ("sum", "ratio", "all_done", "max", "latest", "distinct", "own", "none")
OVER_TIME = ("sum", "latest")
GOAL_KINDS = ("total", "each", "ratio", "done", "none")
AUTOMATIC_RULES = ("confirmed", "archived", "handouts", "problems")
PERS = ("year", "due")
# Who decides over requests 延期 豁免 暂停: the unit that issues the plan, or the next one above.
REQUESTS_BY = ("issuer", "superior")
HEADINGS = (
    "组织领导坚强有力",
    "宣传教育广泛深入",
    "双拥活动坚持经常",
    "拥军工作扎实有效",
    "拥政爱民成果显著",
    "政策法规落到实处",
    "军民共建富有成效",
    "军政军民关系融洽",
)
# How each kind of figure may be added up over units: a date cannot be summed.
OVER_UNITS_OF = {
    "count": ("sum", "max", "latest", "distinct", "own", "none"),
    "money": ("sum", "max", "latest", "own", "none"),
    "ratio": ("ratio", "own", "none"),
    "yes_no": ("all_done", "own", "none"),
    "date": ("all_done", "latest", "max", "own", "none"),
    "text": ("none", "own"),
    "score": ("sum", "max", "latest", "own", "none"),
}
GOALS_OF = {
    "count": ("total", "each", "none"),
    "money": ("total", "each", "none"),
    "ratio": ("ratio", "none"),
    "yes_no": ("done", "none"),
    "date": ("done", "none"),
    "text": ("done", "none"),
    "score": ("each", "none"),
}


def unit_kind(word: str) -> str | None:
    """This function will give the kind a word stands for, in English or Chinese."""
    return word if word in UNIT_KINDS else KINDS_BY_WORD.get(word)
