"""What a posted form does: keeps the draft and its file, checks it, sends it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from shuangyong_core.errors import Refused
from shuangyong_core.evidence.actions import store
from shuangyong_core.evidence.rules import (
    FileUnusable,
    NameUnusable,
    Stored,
    check_name,
    tidy_name,
)
from shuangyong_core.reports.actions import attach, detach, save_draft, submit
from shuangyong_core.reports.actions.save_draft import DraftMoved, SavedDraft
from shuangyong_core.reports.actions.submit import Receipt
from shuangyong_core.reports.queries.conversation import was_sent
from shuangyong_core.reports.queries.fields import required_figures
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.queries.place import find_place
from shuangyong_core.reports.rules.body import read_envelope
from shuangyong_core.reports.rules.figures import read_figures
from shuangyong_core.reports.rules.required import asked_once
from shuangyong_core.reports.rules.status import Act
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.filling.typed import body_of

CHANNEL = "form"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, safely on disk."""

    stored: Stored
    name: str


def keep_draft(session: Session, address: Address, form: FormData, desk: Desk) -> SavedDraft:
    """This function will keep everything that was typed; raises DraftMoved, RoundLocked …"""
    place = find_place(session, *address.codes)
    items = required_figures(session, place.unit, place.round)
    return save_draft(
        session,
        *address.codes,
        body=body_of(form, asked_once(items)),
        version=seen_version(form),
        policy=desk.policy,
        actor=desk.actor,
        at=desk.at,
    )


def keep_typed(desk: Desk, address: Address, form: FormData) -> None:
    """This function will keep the draft first, its file with it; then say if the file is wrong."""
    upload: Upload | None = None
    wrong: Refused | None = None
    try:
        upload = _take_file(desk, form)
    except (FileUnusable, NameUnusable) as refused:
        wrong = refused
    with desk.writing() as session:
        keep_draft(session, address, form, desk)
        _keep_files(session, desk, address, form, upload)
    if wrong is not None:
        raise wrong


def check_typed(desk: Desk, address: Address, form: FormData) -> list[str]:
    """This function will say what would be normalised; raises Problems with all that is wrong."""
    # A refusal is recorded, so the check stands where refusals are: in a write transaction.
    with desk.writing() as session:
        place = find_place(session, *address.codes)
        items = required_figures(session, place.unit, place.round)
        figures, _note = read_envelope(body_of(form, asked_once(items)), codes=place.codes)
        return read_figures(figures, items)[1]


def send(desk: Desk, address: Address, form: FormData) -> Receipt:
    """This function will send the form; pressed twice it gives the first answer."""
    upload = _take_file(desk, form)
    version = seen_version(form)
    with desk.writing() as session:
        seen = get_form(session, *address.codes, actor=desk.actor, at=desk.at)
        key = f"{CHANNEL}-{seen.place.unit}-{seen.place.round}-{version}"
        # What counts as reviewed may be corrected at once: only the key tells a second press.
        if Act.SUBMIT in seen.may and not was_sent(session, key=key, actor=desk.actor):
            if version != seen.version:
                raise DraftMoved(seen=version, now=seen.version)
            _keep_files(session, desk, address, form, upload)
        return submit(
            session,
            *address.codes,
            body=body_of(form, [item.due.required for item in seen.items]),
            channel=CHANNEL,
            key=key,
            policy=desk.policy,
            actor=desk.actor,
            at=desk.at,
        )


def seen_version(form: FormData) -> int:
    """This function will give the version that the page was made from; -1 for none."""
    text = str(form.get("version", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _take_file(desk: Desk, form: FormData) -> Upload | None:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    settings = desk.settings
    check_name(file.filename)  # before a byte is kept
    data = file.file.read(settings.upload_bytes + 1)
    stored = store(data, folder=settings.data / "files", max_bytes=settings.upload_bytes)
    return Upload(stored, tidy_name(file.filename, media_type=stored.media_type))


def _keep_files(
    session: Session, desk: Desk, address: Address, form: FormData, upload: Upload | None
) -> None:
    for sha256 in form.getlist("drop"):
        detach(session, *address.codes, sha256=str(sha256), actor=desk.actor, at=desk.at)
    if upload is not None:
        attach(
            session,
            *address.codes,
            stored=upload.stored,
            name=upload.name,
            actor=desk.actor,
            at=desk.at,
        )
