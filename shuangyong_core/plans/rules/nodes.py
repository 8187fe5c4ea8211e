"""Reads yaml into values that know their place; every scalar stays the text that was written.

YAML 1.1 would read `1_000` as a thousand and `2026-02-30` as a fault without a line; read as
text, both reach the number and date parsers of every other channel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from shuangyong_core.errors import Problem, Problems

LARGEST_FILE = 256 * 1024
DEEPEST = 12
NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the file, its line (0: it has no lines) and its path."""

    value: str | list[Entry] | dict[str, Entry] | None
    line: int
    path: str


class _Loader(yaml.SafeLoader):
    """Composes nodes; aliases are refused, for a few of them can stand for millions of nodes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "alias", mark)
        return super().compose_node(parent, index)


class _Dumper(yaml.SafeDumper):
    """Writes out what stands twice: this file's own reader takes no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def write_nodes(body: Mapping[str, object]) -> bytes:
    """This function will write plain values as a yaml document that reads as the same body."""
    text = yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


def read_nodes(data: bytes, *, file: str | None) -> Entry:
    """This function will read a yaml document, or raise Problems naming the line."""
    if len(data) > LARGEST_FILE:
        raise _refusal(
            "too_big", f"文件超过 {LARGEST_FILE // 1024} KB，请核对是不是计划文件。", file=file
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refusal(
            "encoding", "不是 UTF-8 编码，请另存为 UTF-8 后再导入。", file=file, row=line
        ) from None
    try:
        node = yaml.compose(text, Loader=_Loader)
        problems: list[Problem] = []
        entry = _entry(node, "", problems, file) if node is not None else None
    except yaml.YAMLError as error:
        raise _refusal("yaml", _why(error), file=file, row=_line(error)) from None
    except RecursionError:
        raise _refusal("too_deep", "缩进层次太多，请核对格式。", file=file) from None
    if entry is None or not isinstance(entry.value, dict):
        raise _refusal(
            "empty", "文件里没有计划：要有 plan、rounds、indicators、targets 几节。", file=file
        )
    if problems:
        raise Problems(problems)
    return entry


def nodes_of(body: object, path: str = "") -> Entry:
    """This function will give plain values, as a page or a workbook yields them, as entries."""
    if isinstance(body, Mapping):
        inner = ((str(key), f"{path}.{key}" if path else str(key)) for key in body)
        return Entry({key: nodes_of(body[key], place) for key, place in inner}, 0, path)
    if isinstance(body, Sequence) and not isinstance(body, str):
        named = [one.get("code") if isinstance(one, Mapping) else None for one in body]
        labels = [str(code or number)[:60] for number, code in enumerate(named, 1)]
        pairs = zip(body, labels, strict=True)
        return Entry([nodes_of(one, f"{path}[{label}]") for one, label in pairs], 0, path)
    if isinstance(body, bool):
        return Entry(str(body).lower(), 0, path)
    return Entry(None if body is None else str(body), 0, path)


def _refusal(code: str, message: str, *, file: str | None, row: int | None = None) -> Problems:
    return Problems([Problem(code, message, file=file, row=row)])


def _why(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.composer.ComposerError) and error.problem == "alias":
        return "不能用 & 和 * 引用别处的内容，请直接写出来。"
    return "YAML 格式不对：请核对缩进、冒号后的空格、引号和括号是否成对。"


def _line(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return None if mark is None else int(mark.line) + 1


def _entry(node: yaml.Node, path: str, problems: list[Problem], file: str | None) -> Entry:
    line = int(node.start_mark.line) + 1
    if path.count(".") > DEEPEST:
        raise RecursionError
    if isinstance(node, yaml.MappingNode):
        return Entry(_mapping(node, path, problems, file), line, path)
    if isinstance(node, yaml.SequenceNode):
        items = [
            _entry(item, f"{path}[{_label(item, number)}]", problems, file)
            for number, item in enumerate(node.value, 1)
        ]
        return Entry(items, line, path)
    text = str(node.value)
    is_null = getattr(node, "style", None) is None and text in NULLS
    return Entry(None if is_null else text, line, path)


def _mapping(
    node: yaml.MappingNode, path: str, problems: list[Problem], file: str | None
) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for key_node, value_node in node.value:
        row = int(key_node.start_mark.line) + 1
        if not isinstance(key_node, yaml.ScalarNode):
            problems.append(Problem("key", "字段名要是一个词。", file=file, row=row, field=path))
            continue
        key = str(key_node.value)
        inner = f"{path}.{key}" if path else key
        if key in found:
            why = f"“{key}”写了两次，请只留一个。"
            problems.append(Problem("duplicate_key", why, file=file, row=row, field=inner))
            continue
        found[key] = _entry(value_node, inner, problems, file)
    return found


def _label(node: yaml.Node, number: int) -> str:
    # targets[C03] tells more than targets[12]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "code" and isinstance(value, yaml.ScalarNode) and value.value:
                return str(value.value)[:60]
    return str(number)
