"""Takes fields out of one section of a plan file; what is wrong is gathered, not raised."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from shuangyong_core.errors import Problem
from shuangyong_core.guard.folding import fold_width, trim
from shuangyong_core.guard.hidden import find_hidden
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.numbers import NotANumber, parse_count
from shuangyong_core.guard.scanning import scan
from shuangyong_core.plans.rules.nodes import Entry
from shuangyong_core.plans.rules.text import Place

TRUE = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


@dataclass(slots=True)
class Findings:
    """What a reading of a file has found so far."""

    file: str | None
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, entry: Entry, code: str, message: str, *, key: str = "") -> None:
        """This function will note a problem at a place, with the masked value that stands there."""
        path = ".".join(part for part in (entry.path, key) if part)
        shown = mask(entry.value) if isinstance(entry.value, str) and not key else None
        self.problems.append(
            Problem(code, message, file=self.file, row=entry.line or None, field=path, value=shown)
        )

    def items(self, entry: Entry | None, *, name: str) -> list[Entry]:
        """This function will give the entries of a list."""
        if entry is None or entry.value is None:
            return []
        if isinstance(entry.value, list):
            return entry.value
        self.wrong(entry, "not_a_list", f"{name}要写成一列，每项前加“- ”。")
        return []


class Section:
    """The fields of one mapping of the file."""

    def __init__(self, findings: Findings, entry: Entry, *, known: Collection[str]) -> None:
        self.findings, self.entry = findings, entry
        self._fields = entry.value if isinstance(entry.value, dict) else {}
        if not isinstance(entry.value, dict):
            findings.wrong(entry, "not_fields", "这里要写成“字段: 值”。")
        for key, value in self._fields.items():
            if key not in known:
                hint = "、".join(sorted(known))
                findings.wrong(value, "unknown_field", f"没有这个字段，可用：{hint}。")

    @property
    def place(self) -> Place:
        """Where the section stands."""
        return Place(self.findings.file, self.entry.line or None, self.entry.path)

    def get(self, key: str) -> Entry | None:
        """This function will give a field that is present and not empty."""
        entry = self._fields.get(key)
        return None if entry is None or entry.value is None else entry

    def wrong(self, key: str, code: str, message: str) -> None:
        """This function will note a problem at a field, or at the section where it is absent."""
        entry = self._fields.get(key)
        if entry is not None:
            self.findings.wrong(entry, code, message)
        else:
            self.findings.wrong(self.entry, code, message, key=key)

    def text(self, key: str, *, longest: int, default: str | None = None) -> str:
        """This function will give a text; without a default it must be there."""
        entry = self.get(key)
        text = trim(entry.value) if entry and isinstance(entry.value, str) else ""
        if entry is not None and not isinstance(entry.value, str):
            self.wrong(key, "not_a_text", "这里只能写一段文字。")
        elif not text:
            if default is None:
                self.wrong(key, "blank", "没有填，请补上。")
            return default or ""
        elif len(text) > longest:
            self.wrong(key, "too_long", f"最多 {longest} 个字。")
        elif hidden := find_hidden(text, with_lines=False):
            self.wrong(key, "control", f"不能有换行等看不见的控制字符（{hidden}）。")
        for hit in scan(text):
            self.wrong(key, f"guard_{hit.kind}", hit.sentence)
        return text

    def code(self, key: str, *, longest: int, default: str | None = None) -> str:
        """This function will give a lasting code: letters, digits, dash and underscore."""
        written = self.text(key, longest=longest, default=default)
        code = fold_width(written)
        if code != written:
            self.findings.notes.append(f"{self.entry.path}.{key}：全角字符已转为半角：{code}")
        if code and not (code.isascii() and code.replace("-", "").replace("_", "").isalnum()):
            self.wrong(key, "bad_code", "编码只能用字母、数字、短横线和下划线。")
        return code

    def count(
        self, key: str, *, default: int | None, least: int, most: int, decimals: int = 0
    ) -> int:
        """This function will give a scaled number within bounds."""
        entry = self.get(key)
        if entry is None:
            if default is None:
                self.wrong(key, "blank", "没有填数，请补上。")
            return default if default is not None else least
        number = self.number(entry, decimals=decimals)
        if number is not None and not least <= number <= most:
            low, high = least / 10**decimals, most / 10**decimals
            self.wrong(key, "out_of_range", f"要在 {low:g} 到 {high:g} 之间。")
        return least if number is None else number

    def number(self, entry: Entry, *, decimals: int, unit: str | None = None) -> int | None:
        """This function will give the scaled number of an entry, or note why it is none."""
        try:
            parsed = parse_count(
                entry.value if isinstance(entry.value, str) else [], decimals=decimals, unit=unit
            )
        except NotANumber as wrong:
            self.findings.problems += [
                replace(problem, file=self.findings.file, row=entry.line or None, field=entry.path)
                for problem in wrong.problems
            ]
            return None
        line = f"第 {entry.line} 行 " if entry.line else ""
        self.findings.notes += [f"{line}{entry.path}：{note}" for note in parsed.notes]
        return parsed.scaled

    def choice(self, key: str, choices: Sequence[str], *, default: str | None = None) -> str:
        """This function will give one of a closed list of words."""
        word = self.text(key, longest=40, default=default)
        if word and word not in choices:
            self.wrong(key, "unknown_" + key, "没有这个选项，可用：" + "、".join(choices) + "。")
        return word

    def claim(self, key: str) -> bool:
        """This function will give a yes or no; absent is no."""
        word = self.text(key, longest=10, default="").lower()
        if word and word not in TRUE:
            self.wrong(key, "not_yes_no", "请写 true 或 false。")
        return TRUE.get(word, False)

    def words(self, key: str, *, longest: int = 40) -> tuple[str, ...]:
        """This function will give a list of texts; a single one may stand alone."""
        entry = self.get(key)
        if entry is None:
            return ()
        entries = entry.value if isinstance(entry.value, list) else [entry]
        found: list[str] = []
        for each in entries:
            text = trim(each.value) if isinstance(each.value, str) else ""
            if not text or len(text) > longest:
                self.findings.wrong(each, "not_a_text", f"每项写一个词，最多 {longest} 个字。")
            elif text in found:
                self.findings.wrong(each, "duplicate", "写了两次，请只留一个。")
            else:
                found.append(text)
        return tuple(found)
