"""Walks through one XML part once, in small pieces: no document type, no entity, no end of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NoReturn
from xml.parsers import expat

from shuangyong_core.sheets.refusing import Unreadable

Attributes = dict[str, str]
DEEPEST = 64
LONGEST = 33_000  # letters kept of one text: Excel itself holds 32,767 in a cell


class Enough(Exception):
    """What a handler raises when it needs to see no more of a part."""


def walk(
    chunks: Iterable[bytes],
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str, str], None],
    elements: int,
) -> int:
    """This function will call `start` and `end` per element, names without prefix; it counts them.

    Raises Unreadable for a document type, an entity, deep nesting, too many elements, broken XML.
    """
    walker = _Walker(start, end, elements)
    try:
        # Whoever reads has all that is wanted: the rest of the part is not looked at.
        with suppress(Enough):
            for piece in chunks:
                walker.parser.Parse(piece, False)
            walker.parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, UnicodeError) as bad:
        raise Unreadable("broken_file", "XML 写错了") from bad
    return elements - max(walker.left, 0)


class _Walker:
    def __init__(
        self,
        start: Callable[[str, Attributes], None],
        end: Callable[[str, str], None],
        elements: int,
    ) -> None:
        self.left, self._depth, self._text, self._length = elements, 0, [""], 0
        self._start, self._end = start, end
        self.parser: Any = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._letters
        # Entities need a document type, and no workbook has one: refusing it ends both.
        self.parser.StartDoctypeDeclHandler = _refuse
        self.parser.EntityDeclHandler = _refuse

    def _open(self, name: str, attributes: Attributes) -> None:
        self.left -= 1
        self._depth += 1
        if self.left < 0 or self._depth > DEEPEST:
            raise Unreadable("file_too_complex", "内容过多或层次过深")
        self._text, self._length = [], 0
        self._start(name.rpartition(" ")[2], attributes)

    def _close(self, name: str) -> None:
        self._depth -= 1
        self._end(name.rpartition(" ")[2], "".join(self._text))
        self._text, self._length = [], 0

    def _letters(self, text: str) -> None:
        if self._length < LONGEST:
            self._text.append(text[: LONGEST - self._length])
            self._length += len(text)


def _refuse(*_: object) -> NoReturn:
    raise Unreadable("broken_file", "XML 里有文档类型或实体声明")
