"""Whatever is sent that the description allows, or does not, the answer is one it describes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api import district
from tests.api.conftest import Door, open_door
from tests.api.district import COMMUNITY, PLAN, ROUND, STREET
from tests.fixtures.databases import World

load_all_checks()
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
# Random codes alone would only ever find what is absent.
KNOWN = {
    "plan": st.just(PLAN), "round": st.just(ROUND), "unit": st.sampled_from([COMMUNITY, STREET]),
    "code": st.just(STREET), "target": st.sampled_from(["B03", "D05"]),
    "number": st.just("990106-2026-1"), "notice": st.sampled_from([1, 2]),
}  # fmt: skip


@pytest.fixture(scope="module")
def open_to_all(
    new_world: Callable[[str, World], tuple[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    """A door whose district may be changed by whatever is let in."""
    url, tokens = new_world("sqlite", district.build)
    yield from open_door(url, tokens, tmp_path_factory.mktemp("data"))


def _both(operation: Any) -> st.SearchStrategy[Any]:
    """What the description allows, and what it does not."""
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    return st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])


def test_no_call_breaks_or_answers_what_is_not_described(open_to_all: Door) -> None:
    door = open_to_all
    schema = schemathesis.openapi.from_asgi("/openapi.json", door.app)
    asked: list[str] = []

    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=12,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        @given(_both(operation), st.sampled_from(sorted(door.tokens)), st.data())
        def ask(case: Any, name: str, data: st.DataObject) -> None:
            for place, codes in KNOWN.items():
                if place in (case.path_parameters or {}) and data.draw(st.integers(0, 3)):
                    case.path_parameters[place] = data.draw(codes)
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {door.tokens[name]}"}
            answer = case.call()
            assert answer.status_code < 500, answer.text
            case.validate_response(answer, checks=CHECKS)
            asked.append(f"{answer.status_code}")

        ask()

    assert {"200", "404", "422"} <= set(asked)  # else nothing but the door was tried
