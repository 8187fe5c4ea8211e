"""What was put right by itself is counted by kind, as the sender reads it."""

from __future__ import annotations

from shuangyong_core.guard.corrections import count_kinds, say_kinds
from shuangyong_core.guard.dates import parse_date
from shuangyong_core.guard.numbers import parse_count


def _notes() -> list[str]:
    numbers = [
        ("１２", "件"),
        ("4 件", "件"),
        ("1,234", ""),
        (" 5", ""),
        ("12万", "元"),
        ("007", ""),
    ]
    notes = [note for text, unit in numbers for note in parse_count(text, unit=unit).notes]
    return [*notes, *parse_date("2026年6月30日").notes, "B03：按分项合计记为 12"]


def test_corrections_are_counted_by_kind() -> None:
    assert count_kinds(_notes()) == {
        "多余空格、单位": 2,
        "全角数字": 1,
        "千分位": 1,
        "万、亿换算": 1,
        "其他写法": 1,
        "中文日期": 1,
    }


def test_nothing_is_said_where_nothing_was_put_right() -> None:
    assert say_kinds(["B03：按分项合计记为 12"]) == ("", "")
    assert say_kinds(_notes()[:2])[0] == "已自动更正 2 处："
