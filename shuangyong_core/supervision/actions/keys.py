"""A sender's key stands for one hand-out or one problem: a repeat is given what it got first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from shuangyong_core.errors import Conflict
from shuangyong_core.supervision.models import Handout, Problem

Kept = TypeVar("Kept", Handout, Problem)


class KeyReused(Conflict):
    """The key already stands for another hand-out or problem."""

    message = "这个 Idempotency-Key 已用于{number}，那一件没有变。要办另一件请换一个。"
    code = "key_reused"


def first_of(
    session: Session, sent: Select[tuple[Kept]], *, given: Mapping[str, object]
) -> Kept | None:
    """This function will give what a key stands for already; KeyReused if that says otherwise."""
    known = session.scalar(sent)
    if known is not None and any(getattr(known, name) != said for name, said in given.items()):
        raise KeyReused(number=known.number)
    return known
