"""What may be asked of an assignment (延期 豁免 暂停 恢复), by whom it is decided, how it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import Problem, Refused
from shuangyong_core.guard.folding import trim
from shuangyong_core.guard.hidden import say_hidden
from shuangyong_core.guard.scanning import harm_in


class Kind(StrEnum):
    """What is asked for."""

    EXTENSION = "extension"  # 延期
    EXEMPTION = "exemption"  # 豁免
    SUSPENSION = "suspension"  # 暂停
    RESUMPTION = "resumption"  # 恢复


class Scope(StrEnum):
    """What a request reaches."""

    ITEM = "item"  # 一期里的一项
    ROUND = "round"  # 一期里的各项
    ASSIGNMENT = "assignment"  # 一项任务，连同下级的


class RequestStatus(StrEnum):
    """Where a request stands."""

    OPEN = "open"  # 待决定
    DECIDED = "decided"  # 已决定
    WITHDRAWN = "withdrawn"  # 已撤回


class Decision(StrEnum):
    """How it was decided."""

    GRANTED = "granted"  # 同意
    REFUSED = "refused"  # 不同意


class Decider(StrEnum):
    """Who decides, as the plan says."""

    ISSUER = "issuer"  # 发布单位
    SUPERIOR = "superior"  # 上级单位


S = RequestStatus
NEXT_REQUEST_STATUS: dict[RequestStatus, frozenset[RequestStatus]] = {
    S.OPEN: frozenset({S.DECIDED, S.WITHDRAWN}),
    S.DECIDED: frozenset(),
    S.WITHDRAWN: frozenset(),
}
KIND_WORDS = {
    Kind.EXTENSION: "延期",
    Kind.EXEMPTION: "豁免",
    Kind.SUSPENSION: "暂停",
    Kind.RESUMPTION: "恢复",
}
DECISION_WORDS = {Decision.GRANTED: "同意", Decision.REFUSED: "不同意"}
LONGEST_REASON = 500


class MayNotDecide(Refused):
    """The actor sees the request but does not decide over it."""

    message = "这项申请由{who}决定，您的账号没有这个权限。"
    code = "may_not_decide"


class OwnRequest(Refused):
    """Nobody decides over what they asked for themselves."""

    message = "这是您自己提出的申请，要由另一个人决定。"
    code = "own_request"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for, by codes, as it was typed; the reason is the asker's own words."""

    kind: Kind
    target: str | None = None
    round: str | None = None
    until: date | None = None
    reason: str = ""

    @property
    def scope(self) -> Scope:
        """What it reaches."""
        if self.kind is not Kind.EXTENSION:
            return Scope.ASSIGNMENT
        return Scope.ITEM if self.target else Scope.ROUND


@dataclass(frozen=True, slots=True)
class Dated:
    """An item that a later date is asked for."""

    first_due: date
    due: date


def check_wish(wish: Wish) -> list[Problem]:
    """This function will find everything that is wrong with how a request is put."""
    problems = check_words(wish.reason, field="reason", what="申请")
    is_extension = wish.kind is Kind.EXTENSION
    asked = {"round": wish.round, "until": wish.until}
    for field, word in (("round", "哪一期报送"), ("until", "延到哪一天")):
        if is_extension and asked[field] is None:
            problems.append(Problem("blank", f"延期要写明{word}。", field=field))
        elif not is_extension and asked[field] is not None:
            why = f"{KIND_WORDS[wish.kind]}管一项任务的全年，这里不用写。"
            problems.append(Problem("not_asked", why, field=field))
    if not is_extension and not wish.target:
        why = f"{KIND_WORDS[wish.kind]}要写明是哪一项任务。"
        problems.append(Problem("blank", why, field="target"))
    return problems


def check_words(text: str, *, field: str, what: str) -> list[Problem]:
    """This function will find what is wrong with the words of a reason."""
    said = trim(text)
    if not said:
        return [Problem("blank", f"{what}要写明理由。", field=field)]
    if len(said) > LONGEST_REASON:
        why = f"最多 {LONGEST_REASON} 个字，现在是 {len(said)} 个。"
        return [Problem("too_long", why, field=field)]
    hidden = say_hidden(said)
    if hidden:
        return [Problem("hidden_character", hidden, field=field)]
    return harm_in(said, field=field)


def check_until(until: date, items: Sequence[Dated], *, today: date, latest: date) -> list[Problem]:
    """This function will find what is wrong with a later date: it must be later, and of the year.

    It may lie after the round's lock: what was granted stays open until its own date.
    """
    why = ""
    if until <= max(item.first_due for item in items):
        first = max(item.first_due for item in items)
        why = f"要晚于原定的 {first:%Y-%m-%d}。"
    elif until <= min(item.due for item in items):
        why = f"已经延到 {min(item.due for item in items):%Y-%m-%d}，要比这一天晚。"
    elif until < today:
        why = f"这一天已经过了，今天是 {today:%Y-%m-%d}。"
    elif until > latest:
        why = f"超出了计划的年度，最晚到 {latest:%Y-%m-%d}。"
    shown = until.isoformat()
    return [Problem("bad_date", why, field="until", value=shown)] if why else []


def why_not_decide(
    actor: Actor,
    *,
    line: Sequence[int],
    issuer: int,
    decider: Decider,
    asked_by: str,
    on_behalf: bool,
) -> Refused | None:
    """This function will say why an actor may not decide over a request of the unit whose line
    upward this is; nothing if it may."""
    if not decides(actor, line=line, issuer=issuer, decider=decider):
        return MayNotDecide(who=DECIDER_WORDS[decider])
    # What was put for a unit (代提) is the unit's wish: whoever wrote it down may decide.
    if not on_behalf and asked_by in {actor.key, *actor.givers}:
        return OwnRequest()
    return None


def decides(actor: Actor, *, line: Sequence[int], issuer: int, decider: Decider) -> bool:
    """This function will say whether an actor decides over the unit whose line upward this is."""
    if actor.is_unlimited or issuer in actor.units_with(Role.ISSUER):
        return True
    above = set(line[1:])
    return decider is Decider.SUPERIOR and bool(actor.units_with(Role.REVIEWER) & above)


DECIDER_WORDS = {Decider.ISSUER: "发布单位", Decider.SUPERIOR: "上级审核单位"}
