"""Keeps out of a report what a non-secret system may not hold, or holds it for a second look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.scanning import Hit, Policy, Way, scan, texts_of

PARTS_OF_BODY = {"note": "备注"}


class NotCleared(Refused):
    """A held submission is accepted only by a reviewer who says that it is harmless."""

    message = (
        "{fields}里有待核查的内容。请核对不涉密、不含个人信息，再确认通过（脚本写 cleared）；"
        "有问题的退回修改。"
    )
    code = "not_cleared"


def find_harm(body: Mapping[str, Any]) -> tuple[tuple[str, Hit], ...]:
    """This function will give each hit in a body with the field it stands in."""
    return tuple((_field(path), hit) for path, text in texts_of(body) for hit in scan(text))


def held_of(harm: Sequence[tuple[str, Hit]], policy: Policy) -> list[str]:
    """This function will give the fields that wait for a second look, each once."""
    return sorted({field for field, hit in harm if policy.way(hit.kind) is Way.HOLD})


def harm_problems(harm: Sequence[tuple[str, Hit]], policy: Policy) -> list[Problem]:
    """This function will give a problem for each hit that is refused; none repeats the text."""
    return [
        Problem(f"guard_{hit.kind}", hit.sentence, field=field)
        for field, hit in harm
        if policy.way(hit.kind) is Way.REFUSE
    ]


def check_harmless(body: Mapping[str, Any], policy: Policy) -> list[str]:
    """This function will give the fields to hold; raises Problems for what is refused."""
    harm = find_harm(body)
    problems = harm_problems(harm, policy)
    if problems:
        raise Problems(problems)
    return held_of(harm, policy)


@contextmanager
def telling(harm: Sequence[Problem]) -> Iterator[None]:
    """This function will raise what a scan found together with whatever else is found inside."""
    others: Sequence[Problem] = ()
    try:
        yield
    except Problems as found:
        others = found.problems
    if harm or others:
        raise Problems([*harm, *others]) from None


def check_cleared(held: Sequence[str], *, cleared: bool) -> None:
    """This function will refuse to accept what nobody has looked at again; raises NotCleared."""
    if held and not cleared:
        raise NotCleared(fields="、".join(PARTS_OF_BODY.get(field, field) for field in held))


def _field(path: tuple[str, ...]) -> str:
    # figures → the target's code; everything else by its own name.
    if path[:1] == ("figures",):
        return path[1] if len(path) > 1 else "figures"
    return path[0] if path else ""
