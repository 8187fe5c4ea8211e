"""Tells those who reported what their figures were used for: one sentence a round."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shuangyong_core.accounts.actor import Actor
from shuangyong_core.audit.actions import record
from shuangyong_core.clock import shanghai_date
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.scanning import harm_in
from shuangyong_core.plans.queries import RoundRow, get_round
from shuangyong_core.plans.queries.within import require_issuer
from shuangyong_core.reports.models import RoundUse
from shuangyong_core.reports.queries.uses import Use, find_use
from shuangyong_core.reports.rules.texts import tidy_text
from shuangyong_core.reports.rules.wrong import Wrong

LONGEST_USE, LONGEST_REF = 100, 40


class NotYetReported(Refused):
    """A round that has not opened yet was used for nothing."""

    message = "“{round}”报送还没有开放，报送之后再写用途。"
    code = "not_yet_reported"


def tell_use(
    session: Session, plan: str, round_code: str, *, text: str, ref: str, actor: Actor, at: datetime
) -> Use:
    """This function will keep what a round was used for; Problems, NotYetReported, NotAllowed.

    The same words again change nothing; other words are told anew, and the old stay kept.
    """
    found = require_issuer(session, plan, actor=actor)
    round_ = get_round(session, found.id, round_code)
    if shanghai_date(at) < round_.opens_on:
        raise NotYetReported(round=round_.title)
    said, paper = _tidy(text, ref)
    told = find_use(session, found.id, round_.id)
    if told is not None and (told.text, told.ref) == (said, paper):
        return told
    session.add(RoundUse(round=round_.id, text=said, ref=paper, at=at, actor=actor.key))
    detail = {"text": said, "ref": paper}
    subject = f"round:{plan}/{round_code}"
    record(session, act="round.use", subject=subject, actor=actor.key, at=at, detail=detail)
    session.flush()
    return _use(round_, said, paper, actor=actor, at=at)


def _tidy(text: str, ref: str) -> tuple[str, str]:
    problems: list[Problem] = []
    tidied = []
    for name, given, longest in (("text", text, LONGEST_USE), ("ref", ref, LONGEST_REF)):
        try:
            tidied.append(" ".join(tidy_text(given, [], longest=longest).split()))
        except Wrong as wrong:
            tidied.append("-")
            problems += [Problem(fault[0], fault[1], field=name) for fault in wrong.faults]
        problems += harm_in(tidied[-1], field=name)
    if not tidied[0]:
        problems.append(Problem("blank", "请用一句话写这次报送的数用在哪里。", field="text"))
    if problems:
        raise Problems(problems)
    return tidied[0].rstrip("。"), tidied[1]


def _use(round_: RoundRow, text: str, ref: str, *, actor: Actor, at: datetime) -> Use:
    return Use(round_.id, round_.code, round_.title, text, ref, at, actor.key)
