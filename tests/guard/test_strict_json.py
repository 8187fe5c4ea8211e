"""JSON is read strictly: whatever Python's reader would let pass in silence is said."""

from __future__ import annotations

import pytest

from shuangyong_core.errors import Refused
from shuangyong_core.guard.strict_json import read_json

SILENT = [
    ('{"a": 1, "a": 2}', "两遍"),
    ('{"a": NaN}', "NaN"),
    ('{"a": Infinity}', "Infinity"),
    ('{"a": 1e999}', "引号"),
    ('{"a": 0.12345678901234567891}', "引号"),
    ('{"a": %s}' % ("9" * 5000), "太大"),
    ("[" * 100_000, "太深"),
    ('{"a":' * 100 + "1" + "}" * 100, "太深"),
]


@pytest.mark.parametrize(("text", "said"), SILENT, ids=[each[0][:20] for each in SILENT])
def test_what_python_lets_pass_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read_json(text.encode())


def test_a_number_that_a_float_holds_exactly_passes() -> None:
    read = read_json(b'{"a": 12.50, "b": 0.1, "c": 12, "d": -3, "e": 1e2}')

    assert read == {"a": 12.5, "b": 0.1, "c": 12, "d": -3, "e": 100.0}


def test_every_broken_text_is_named_with_its_place() -> None:
    body = rb'{"figures": {"B03": {"keys": ["a", "\ud800"]}}, "no\u0000te": "\udfff"}'

    with pytest.raises(Refused) as refused:
        read_json(body)

    assert {problem.field for problem in refused.value.problems} == {
        "figures.B03.keys.1",
        "no?te",
    }


def test_bytes_that_are_not_utf_8_are_refused_with_the_place() -> None:
    with pytest.raises(Refused, match="第 15 个字节"):
        read_json('{"note": "双拥工作"}'.encode("gbk"))
