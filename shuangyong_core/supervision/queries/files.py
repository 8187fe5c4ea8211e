"""The files of answers: opened only by who sees the part they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.evidence.models import File
from shuangyong_core.supervision.models import HandoutFile
from shuangyong_core.supervision.queries.place import HandoutNotFound
from shuangyong_core.supervision.queries.register import get_handout


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file with the name it was given."""

    sha256: str
    name: str
    media_type: str


def open_handout_file(
    session: Session, name: str, sha256: str, *, actor: Actor, today: date
) -> OpenedFile:
    """This function will give a file of a hand-out; raises HandoutNotFound."""
    parts = get_handout(session, name, actor=actor, today=today).parts
    found = (
        select(HandoutFile.sha256, HandoutFile.name, File.media_type)
        .join(File, File.sha256 == HandoutFile.sha256)
        .where(HandoutFile.handout_unit.in_([each.part.id for each in parts]))
        .where(HandoutFile.sha256 == sha256)
        .limit(1)
    )
    row = session.execute(found).first()
    if row is None:
        raise HandoutNotFound
    return OpenedFile(*row)
