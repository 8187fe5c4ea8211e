"""What the demo year holds beside its plan: three hand-outs and three problems, each act by act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from shuangyong_core.clock import at_shanghai
from shuangyong_core.demo.conversation import Event
from shuangyong_core.demo.people import FEDERATION, Cast
from shuangyong_core.demo.setting import DISTRICT
from shuangyong_core.supervision import actions
from shuangyong_core.supervision.actions.issue import Wanted
from shuangyong_core.supervision.actions.raise_problem import Raised

GRAVES = f"{DISTRICT}-2026-1"
FLOOD = f"{DISTRICT}-2026-2"
AUGUST = f"{DISTRICT}-2026-3"
FIRST, SECOND, THIRD, LATE, BUSY = (f"{DISTRICT}{number:03d}" for number in (1, 2, 3, 8, 7))
HELPER = f"{FIRST}001"
SILENT = f"{DISTRICT}010"
Act = Callable[..., Any]


def beside_events(cast: Cast) -> Iterator[Event]:
    """This function will give what happens beside the plan, in any order."""
    yield from _graves(cast)
    yield from _flood(cast)
    yield from _august(cast)
    yield from _problems(cast)
    yield _event(actions.sweep, (2026, 7, 20, 8))


def _graves(cast: Cast) -> Iterator[Event]:
    streets = [FIRST, SECOND, THIRD]
    text = "清明前核对烈士墓和纪念设施，安排值守，报办理情况。"
    wanted = Wanted("清明祭扫烈士墓保障", text, date(2026, 3, 31), streets)
    yield _event(actions.issue_handout, (2026, 3, 16, 9), wanted, actor=cast.holder(DISTRICT))
    for number, street in enumerate(streets):
        yield from _done(
            cast, GRAVES, street, (2026, 3, 17), (2026, 3, 26 + number), "已全部核对并排好值守。"
        )


def _flood(cast: Cast) -> Iterator[Event]:
    units = [FIRST, LATE, FEDERATION]
    text = "走访慰问参加防汛抢险的民兵预备役人员及亲属，写明人数，不写姓名。"
    wanted = Wanted("慰问参加抢险救灾的民兵", text, date(2026, 7, 3), units)
    yield _event(actions.issue_handout, (2026, 6, 22, 9), wanted, actor=cast.holder(DISTRICT))
    mine, helper = cast.holder(FIRST), cast.writer(HELPER)
    yield _event(actions.acknowledge_handout, (2026, 6, 22, 14), FLOOD, FIRST, actor=mine)
    yield _event(actions.pass_on, (2026, 6, 23, 9), FLOOD, FIRST, units=[HELPER], actor=mine)
    yield _event(actions.acknowledge_handout, (2026, 6, 23, 15), FLOOD, HELPER, actor=helper)
    yield _event(actions.answer_handout, (2026, 6, 29, 10), FLOOD, HELPER, text="走访 2 户。",
                 actor=helper)  # fmt: skip
    yield _event(actions.close_handout, (2026, 6, 29, 16), FLOOD, HELPER, actor=mine)
    yield _event(actions.answer_handout, (2026, 6, 30, 9), FLOOD, FIRST, text="走访 2 户。",
                 actor=mine)  # fmt: skip
    yield _struck(cast, FLOOD, FIRST, (2026, 7, 1))
    yield from _done(
        cast, FLOOD, LATE, (2026, 6, 24), (2026, 7, 7), "走访 3 户，因户主外出迟了几天。"
    )
    yield from _done(cast, FLOOD, FEDERATION, (2026, 6, 24), (2026, 7, 2), "慰问职工民兵 6 人。")


def _august(cast: Cast) -> Iterator[Event]:
    text = "按走访安排落实到户，29日前报办理情况。"
    wanted = Wanted("八一走访安排落实", text, date(2026, 7, 29), [BUSY, SILENT])
    yield _event(actions.issue_handout, (2026, 7, 15, 9), wanted, actor=cast.holder(DISTRICT))
    busy = cast.holder(BUSY)
    yield _event(actions.acknowledge_handout, (2026, 7, 15, 15), AUGUST, BUSY, actor=busy)


def _problems(cast: Cast) -> Iterator[Event]:
    roof = Raised("优抚对象住房漏雨待修", "两户屋面漏雨，请协调维修。", date(2026, 7, 24))
    raised = (2026, 7, 13, 10)
    yield _event(actions.raise_problem, raised, roof, actor=cast.writer(f"{BUSY}003"))
    hall = Raised("国防教育场地不足", "辖区没有合适场地，请区里协调借用。", date(2026, 8, 14))
    yield _event(actions.raise_problem, (2026, 7, 16, 10), hall, actor=cast.writer(BUSY))
    lamp = Raised("烈士纪念碑照明损坏", "碑前路灯不亮，请协调修复。")
    yield _event(actions.raise_problem, (2026, 6, 22, 11), lamp, actor=cast.writer(HELPER))
    name = f"{DISTRICT}-2026-1"  # the first of the year
    yield _event(actions.answer_problem, (2026, 6, 24, 9), name, text="已请市政部门修好。",
                 actor=cast.holder(FIRST))  # fmt: skip
    yield _event(actions.close_problem, (2026, 6, 26, 9), name, actor=cast.writer(HELPER))


def _done(
    cast: Cast,
    name: str,
    unit: str,
    signed: tuple[int, int, int],
    answered: tuple[int, int, int],
    text: str,
) -> Iterator[Event]:
    who = cast.holder(unit)
    yield _event(actions.acknowledge_handout, (*signed, 10), name, unit, actor=who)
    yield _event(actions.answer_handout, (*answered, 11), name, unit, text=text, actor=who)
    yield _struck(cast, name, unit, answered)


def _struck(cast: Cast, name: str, unit: str, day: tuple[int, int, int]) -> Event:
    return _event(actions.close_handout, (*day, 16), name, unit, actor=cast.holder(DISTRICT))


def _event(act: Act, when: tuple[int, int, int, int], *what: Any, **how: Any) -> Event:
    *day, hour = when
    at: datetime = at_shanghai(date(*day), hour)

    def do(session: Session) -> Any:
        return act(session, *what, **how, at=at)

    return Event(at, do)
