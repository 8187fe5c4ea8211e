"""Who may decide over a report, and whether what they saw is still what lies there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.errors import Conflict, Problem, Problems, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.guard.scanning import harm_in, refuse_harm
from shuangyong_core.reports.rules.status import STATUS_WORDS, Act, Status, next_status
from shuangyong_core.reports.rules.texts import tidy_text
from shuangyong_core.reports.rules.wrong import Wrong

LONGEST_REASON = 1000
LONGEST_FIX = 300


class MayNotReview(Refused):
    """The actor sees the report but is not its reviewer."""

    message = "这份报送由上级审核岗审核，您的账号在这里没有审核权限。"
    code = "may_not_review"


class OwnReport(Refused):
    """Nobody reviews their own report."""

    message = "这份是您自己报送的，要由另一个人审核。"
    code = "own_report"


class GiversReport(Refused):
    """Who acts by delegation alone does not review what the giver sent."""

    message = "这份是委托您的人报送的，要由另一个人审核。"
    code = "givers_report"


class ContentChanged(Conflict):
    """What the reviewer saw is no longer what lies there."""

    message = "内容已更新：您看的是第 {seen} 次报送，{now}。请重新打开再审。"
    code = "content_changed"


class ReasonMissing(Refused):
    """A return or a reopening without a reason."""

    message = "{act}时必须写明原因。"
    code = "reason_missing"


def is_reviewer(actor: Actor, *, line: Sequence[int], issuer: int) -> bool:
    """This function will say whether an actor reviews the unit whose line upward this is."""
    if actor.is_unlimited:
        return True
    # The issuer has nobody above: there a second user of its own decides.
    above = set(line[1:]) or set(line[:1])
    if actor.units_with(Role.REVIEWER) & above:
        return True
    return issuer in actor.units_with(Role.ISSUER) & above


def why_not_decide(
    actor: Actor,
    *,
    line: Sequence[int],
    issuer: int,
    status: Status,
    submitted_by: str,
    on_behalf: bool = False,
) -> dict[Act, str | None]:
    """This function will say for each decision why it may not be made, or None if it may."""
    why: str | None = None
    if not is_reviewer(actor, line=line, issuer=issuer):
        why = MayNotReview.message
    elif is_givers(actor, submitted_by=submitted_by, line=line, issuer=issuer):
        why = GiversReport.message
    stands = f"这份报送现在是“{STATUS_WORDS[status]}”。"
    reasons = {}
    for act in (Act.ACCEPT, Act.RETURN, Act.REOPEN):
        is_own = is_own_review(actor, submitted_by=submitted_by, act=act, on_behalf=on_behalf)
        own = OwnReport.message if is_own else None
        reasons[act] = why or own or (None if next_status(status, act) else stands)
    return reasons


def is_givers(actor: Actor, *, submitted_by: str, line: Sequence[int], issuer: int) -> bool:
    """This function will say whether one would review, in the sender's place, what they sent."""
    if submitted_by not in actor.givers:
        return False
    return not is_reviewer(actor.without(submitted_by), line=line, issuer=issuer)


def is_own_review(actor: Actor, *, submitted_by: str, act: Act, on_behalf: bool) -> bool:
    """This function will say whether somebody would decide over what they sent themselves.

    What a reviewer typed for a unit may be reopened by the same reviewer: the unit may object.
    """
    is_taken_back = on_behalf and act is Act.REOPEN
    return actor.key == submitted_by and not is_taken_back


def check_reason(reason: object, *, act: str) -> str:
    """This function will give the reason as it is kept; raises ReasonMissing or Problems."""
    try:
        kept = tidy_text(reason, [], longest=LONGEST_REASON)
    except Wrong as wrong:
        raise Problems(
            [Problem(code, sentence, field="reason") for code, sentence, _ in wrong.faults]
        ) from None
    if not kept:
        raise ReasonMissing(act=act)
    refuse_harm(kept, field="reason")
    return kept


def check_fields(fields: Mapping[str, str], *, codes: Collection[str]) -> dict[str, str]:
    """This function will give what to mend by target; raises Problems for unknown targets."""
    kept: dict[str, str] = {}
    problems = []
    for code, fix in fields.items():
        if code not in codes:
            asked = "、".join(sorted(codes))
            sentence = f"这份报送里没有这一项，有的是 {asked}。"
            problems.append(Problem("unknown_target", sentence, field=mask(code)))
            continue
        try:
            kept[code] = tidy_text(fix, [], longest=LONGEST_FIX)
        except Wrong as wrong:
            problems += [Problem(fault[0], fault[1], field=code) for fault in wrong.faults]
        else:
            problems += harm_in(kept[code], field=code)
    if problems:
        raise Problems(problems)
    return kept
