"""What a refusal is: a sentence the user can act on, and every problem at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where: row and column as a person sees them in Excel."""

    code: str
    message: str
    file: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        place = [
            self.file or "",
            f"第 {self.row} 行" if self.row is not None else "",
            f"“{self.column}”列" if self.column else "",
            self.field or "",
            f"值 {self.value}" if self.value is not None else "",
        ]
        where = " ".join(part for part in place if part)
        return f"{where}：{self.message}" if where else self.message


class Refused(Exception):
    """An act that may not be done; `message` is what the user reads, `{names}` are filled in."""

    message = "不能这样办理。"
    code = "refused"

    def __init__(self, *, problems: Sequence[Problem] = (), **facts: object) -> None:
        self.facts = facts
        self.problems = tuple(problems)
        self.sentence = self.message.format(**facts) if facts else self.message
        super().__init__(self.sentence)

    def __reduce__(self) -> tuple[object, ...]:
        # It goes between processes as it is: its own __init__ takes other things.
        return _again, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is wrong, each as a sentence, or the refusal itself."""
        return tuple(each.message for each in self.problems) or (str(self),)

    @property
    def lines(self) -> tuple[str, ...]:
        """The same, each with the place where it is to be mended."""
        return tuple(map(str, self.problems)) or (str(self),)


def _again(kind: type[Refused], said: tuple[object, ...], held: dict[str, object]) -> Refused:
    again = kind.__new__(kind, *said)
    again.__dict__.update(held)
    return again


class Away(Exception):
    """The process that should do it ended meanwhile; whoever asks again is answered."""


class Problems(Refused):
    """Input with one or more problems; nothing was written."""

    message = "有 {count} 处需要改，什么都没有写入。"
    code = "problems"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems=problems, count=len(problems))


class Conflict(Refused):
    """Somebody was first, or the version moved on."""

    message = "刚刚有人先办了，请刷新后再看。"
    code = "conflict"


class NotFound(Refused):
    """It does not exist, or it is not yours to see: the two are never told apart."""

    message = "没有找到，或者不在您的范围内。"
    code = "not_found"
