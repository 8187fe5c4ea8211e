"""A report as it is read: its figures, where they count, what happened, what one may do now."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from shuangyong_core.reports.queries.form import Form
from shuangyong_core.reports.queries.happened import COUNTED_WORDS, DONE_WORDS
from shuangyong_core.reports.queries.review_page import Happening, ReviewPage
from shuangyong_core.reports.rules.reply import REPLY_WORDS, ReplyAct
from shuangyong_core.reports.rules.status import Act, Status
from shuangyong_core.web.address import Address
from shuangyong_core.web.desk import Desk
from shuangyong_core.web.filling.typed import split_note
from shuangyong_core.web.lights import look_of
from shuangyong_core.web.pages.report_view import ReportAct, ReportView, Shown
from shuangyong_core.web.pages.shell import Confirm, Happened
from shuangyong_core.web.rendering import moment, monthday
from shuangyong_core.web.replying import typed_by
from shuangyong_core.web.shown import attached, handed, remark_of

ASKED = {
    "say_confirm": Confirm(
        "确认代填，确认一次：", "代填的数与本单位一致。", "确认无误", "do_say_confirm", ""
    ),
    "say_object": Confirm(
        "提出异议，确认一次：",
        "原因会送给审核的人，数先不变，由审核的人复核或答复。",
        "确认提出异议",
        "do_say_object",
        "",
        is_stop=True,
    ),
    "say_answer": Confirm(
        "答复异议，确认一次：", "单位会看到这句话，数不变。", "确认答复", "do_say_answer", ""
    ),
    "withdraw": Confirm(
        "撤回，确认一次：", "回到草稿，改好可以再报。", "确认撤回", "do_withdraw", "", is_stop=True
    ),
    "reopen": Confirm(
        "退回复核，确认一次：",
        "这份报送立即退出合计，等单位改好再报、再审核；已办结确认的，办结同时撤销。",
        "确认退回复核",
        "do_reopen",
        "",
        is_stop=True,
    ),
}


def report_view(
    form: Form,
    sent: ReviewPage | None,
    address: Address,
    desk: Desk,
    *,
    asked: str = "",
    reason: str = "",
) -> ReportView:
    """This function will make the page of a report; `sent` is nothing before the first time."""
    place, acts = form.place, _acts(form, sent)
    light, state = look_of(
        form.status,
        opens_on=place.opens_on,
        due=place.due_date,
        was_sent=sent is not None,
        today=desk.today,
    )
    ask = ASKED.get(asked)
    return ReportView(
        title=f"{place.year}年{place.round_title}报送",
        unit=place.unit_name,
        light=light,
        state=state,
        facts=_facts(form, sent),
        rows=_sent_rows(sent) if sent else _blank_rows(form),
        history=_history(sent.history) if sent else (),
        files=(
            *(attached(file) for file in (sent.files if sent else ())),
            *(handed(file) for file in form.handed_in),
        ),
        post_href=address.report,
        version=sent.latest.no if sent else 0,
        acts=acts,
        confirm=Confirm(ask.lead, ask.text, ask.label, ask.act, address.report, ask.is_stop)
        if ask
        else None,
        reason=reason,
        list_href=f"/rounds?{urlencode({'unit': address.unit})}",
        may_not="" if acts else form.may_not.get(Act.SUBMIT, ""),
    )


def _acts(form: Form, sent: ReviewPage | None) -> tuple[ReportAct, ...]:
    acts = []
    if sent and Act.ACCEPT in sent.may:
        acts.append(ReportAct("review", "去审核"))
    if Act.SUBMIT in form.may:
        is_correction = form.status is Status.ACCEPTED
        acts.append(ReportAct("fill", "更正" if is_correction else "去填报"))
    if Act.WITHDRAW in form.may:
        acts.append(ReportAct("withdraw", "撤回", is_stop=True))
    if ReplyAct.CONFIRM in form.may_say:
        acts.append(ReportAct("say_confirm", "确认代填"))
    if ReplyAct.OBJECT in form.may_say:
        acts.append(ReportAct("say_object", "提出异议", needs_reason=True, is_stop=True))
    if sent and sent.may_answer:
        acts.append(ReportAct("say_answer", "答复异议", needs_reason=True))
    if sent and Act.REOPEN in sent.may:
        acts.append(ReportAct("reopen", "退回复核", needs_reason=True, is_stop=True))
    return tuple(acts)


def _facts(form: Form, sent: ReviewPage | None) -> tuple[tuple[str, str], ...]:
    if sent is None:
        return _ahead(form)
    latest = sent.latest
    facts = [
        ("报送", f"{moment(latest.at)}，第 {latest.no} 次"),
        ("途径", typed_by(latest)),
        ("报送人", latest.name),
        ("编号", latest.number),
    ]
    decided = _last_accepted(sent.history)
    if decided and form.status is Status.ACCEPTED:
        facts.append(("审核", f"{moment(decided.at)}，{decided.who}"))
    if latest.on_behalf:
        facts.append(("代填", REPLY_WORDS[latest.reply.status if latest.reply else None]))
    note, place = split_note(latest.note)
    facts += [("说明", note)] if note else []
    facts += [("纸质材料", place)] if place else []
    return tuple(facts)


def _ahead(form: Form) -> tuple[tuple[str, str], ...]:
    """What is known of a report before it is first sent: when it may be, and must be."""
    place = form.place
    return (
        ("报送", "还没有报送"),
        ("开放", monthday(place.opens_on)),
        ("报送时限", monthday(place.due_date)),
        ("截止", f"{monthday(place.locks_on)}，之前仍可补报"),
    )


def _last_accepted(history: Sequence[Happening]) -> Happening | None:
    accepted = (DONE_WORDS[Status.ACCEPTED], COUNTED_WORDS)
    return next((one for one in reversed(history) if one.what in accepted), None)


def _sent_rows(sent: ReviewPage) -> tuple[Shown, ...]:
    decided = _last_accepted(sent.history)
    since = moment(decided.at) if decided and sent.status is Status.ACCEPTED else ""
    return tuple(
        Shown(
            code=row.due.required.code,
            title=row.due.required.title,
            text=row.text,
            remark=remark_of(row.value, row.due.required),
            goal=row.goal_text,
            counts_since=since,
        )
        for row in sent.rows
    )


def _blank_rows(form: Form) -> tuple[Shown, ...]:
    return tuple(
        Shown(item.due.required.code, item.due.required.title, "—", goal=item.goal_text)
        for item in form.items
    )


def _history(history: Sequence[Happening]) -> tuple[Happened, ...]:
    return tuple(
        Happened(f"{one.what}：{one.note}" if one.note else one.what, one.at, one.who)
        for one in reversed(history)
    )
