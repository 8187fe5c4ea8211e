"""A running plan is amended: previewed without a trace, applied as one act, right afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from shuangyong_core.amendments.actions.amend_plan import NumbersMoved, PlanAmended
from shuangyong_core.amendments.actions.working_out import FiguresWithoutPlace, NothingToAmend
from shuangyong_core.amendments.queries.versions import list_versions
from shuangyong_core.assignments.actions.ask_request import ask_request
from shuangyong_core.assignments.actions.change_split import Wish, change_split
from shuangyong_core.assignments.queries.splits import list_splits
from shuangyong_core.assignments.queries.standing import Duty, duties_of
from shuangyong_core.assignments.queries.unfulfilled import sum_unfulfilled
from shuangyong_core.assignments.rules.requests import Kind
from shuangyong_core.assignments.rules.requests import Wish as RequestWish
from shuangyong_core.errors import Problems
from shuangyong_core.plans.actions.new_edition import close_rounds
from shuangyong_core.plans.models import Round
from shuangyong_core.plans.queries.body import plan_body
from shuangyong_core.plans.rules.nodes import write_nodes
from shuangyong_core.rollups.queries import round_progress
from tests.amendments import year
from tests.amendments.conftest import Trying
from tests.amendments.year import AT, COMMUNITY, DISTRICT, STREET, STREET_OFFICER

GOAL = "reason: 领导小组第二次会议纪要\ntargets: [{code: D06, goal: {total: 280, split: equal}}]"
ADD = """
targets:
  - {code: H04, indicator: joint_activities, category: 军民共建, heading: 7, title: 军事设施保护,
     reported_by: [street], rounds: [R5], goal: {each: 1}, source: P1 五1}
"""
DROP = "drop: [G07]"
C04 = "targets: [{code: C04, goal: {total: 2000, split: 'base:beneficiaries'}}]"
TABLES = ("quota", "due_item", "assignment", "plan_version", "target_version", "step", "mark")


def test_a_preview_leaves_no_trace_and_the_act_does_just_that(trying: Trying) -> None:
    with trying() as session:
        said = GOAL.replace("targets: [", "targets:\n  - ").removesuffix("]") + ADD.replace(
            "\ntargets:", ""
        )
        before = [year.count(session, name) for name in (*TABLES, "audit_entry")]

        seen = year.preview(session, said)

        assert [year.count(session, name) for name in (*TABLES, "audit_entry")] == before
        done = year.amend(session, said, seal=seen.seal)
        assert done == seen
        assert [(one.code, one.sign) for one in done.targets] == [("D06", "change"), ("H04", "add")]
        assert (done.version, done.next_version) == (1, 2)
        assert year.of(done, STREET).due_after == year.of(done, STREET).due_before + 1
        assert year.count(session, "audit_entry") == before[-1] + 1
        assert year.broken_sums(session) == []
        assert year.differences(session) == 0


def test_a_changed_goal_goes_down_and_who_sent_it_on_confirms_again(trying: Trying) -> None:
    with trying() as session:
        was = year.held(session, "D06", STREET)
        assert year.held(session, "D06", DISTRICT) == 258

        done = year.amend(session, GOAL)

        assert year.held(session, "D06", DISTRICT) == 280
        assert year.held(session, "D06", DISTRICT, at=AT - timedelta(days=1)) == 258
        assert year.status(session, "D06", STREET) == "acknowledged"
        assert year.status(session, "D06", DISTRICT) == "decomposed"
        assert year.status(session, "C03", STREET) == "decomposed"
        street = year.of(done, STREET)
        assert street.confirms == ("D06",)
        assert [(one.held, one.new_held) for one in street.quotas] == [
            (was, year.held(session, "D06", STREET))
        ]


def test_a_split_by_hand_stays_below_a_total_that_stays(trying: Trying) -> None:
    with trying() as session:
        plan, unit = year.plan_of(session), year.unit_id(session, STREET)
        (split,) = [one for one in list_splits(session, plan, unit=unit) if one.code == "C03"]
        first, second = split.children[:2]
        wish = Wish({first.code: first.held + 7, second.code: second.held - 7})
        change_split(session, plan, unit=unit, target=split.target, wish=wish, version=None,
                     actor=STREET_OFFICER, at=AT - timedelta(hours=1))  # fmt: skip

        # C03 is over; the same for D05, and for a target whose other units change.
        (by_hand,) = [one for one in list_splits(session, plan, unit=unit) if one.code == "C04"]
        one, two = by_hand.children[:2]
        wish = Wish({one.code: one.held + 5, two.code: two.held - 5})
        change_split(session, plan, unit=unit, target=by_hand.target, wish=wish, version=None,
                     actor=STREET_OFFICER, at=AT - timedelta(hours=1))  # fmt: skip
        year.amend(session, 'leave_out: {C04: ["990106002001"]}')

        assert year.held(session, "C04", one.code) == one.held + 5
        assert year.status(session, "C04", STREET) == "decomposed"
        assert year.status(session, "C04", "990106002001", side="report") == "withdrawn"
        assert year.held(session, "C04", "990106002001") is None
        assert year.due(session, "C04", "990106002001") == {}
        assert year.broken_sums(session) == []

        year.amend(session, C04, at=AT + timedelta(hours=1))  # fmt: skip
        assert year.held(session, "C04", one.code) != one.held + 5
        assert year.status(session, "C04", STREET) == "acknowledged"


def test_accepted_figures_need_a_word_before_they_lose_their_place(trying: Trying) -> None:
    with trying() as session:
        # D05 is due in R2, which is open, and in R5.
        seen = year.preview(session, "drop: [D05]")
        (dropped,) = seen.targets
        assert [one.value for one in dropped.set_aside] == ["6 件"]
        assert (dropped.before.total, dropped.after.total) == ("6", None)
        with pytest.raises(FiguresWithoutPlace) as refused, session.begin_nested():
            year.amend(session, "drop: [D05]")
        assert refused.value.problems[0].field == "set_aside[D05]"
        rows = year.count(session, "figure")

        year.amend(session, "drop: [D05]\nset_aside: {D05: 并入 D06 统计}")

        assert year.count(session, "figure") == rows
        assert year.due(session, "D05", COMMUNITY) == {}
        assert year.differences(session) == 0
        told = list_versions(session, year.plan_of(session))[0].told["targets"][0]
        assert (told["why_aside"], told["set_aside"][0]["unit"]) == ("并入 D06 统计", COMMUNITY)


def test_what_was_dropped_can_come_back(trying: Trying) -> None:
    with trying() as session:
        body = plan_body(session, year.plan_of(session))
        row = next(one for one in body["targets"] if one["code"] == "G07")
        held = year.held(session, "G07", STREET)
        year.amend(session, DROP)
        assert year.status(session, "G07", STREET, side="report") == "withdrawn"
        assert year.held(session, "G07", STREET) is None

        again = write_nodes({"targets": [row]}).decode()
        year.amend(session, again, at=AT + timedelta(hours=1))

        assert year.status(session, "G07", STREET, side="report") == "issued"
        moves = session.execute(text(
            "SELECT from_status, to_status FROM step WHERE subject_kind = 'assignment.report'"
            " AND subject_id = (SELECT id FROM target WHERE code = 'G07')"
            " AND unit = (SELECT id FROM unit WHERE code = '990106001') ORDER BY id"
        )).all()  # fmt: skip
        assert moves[-1] == ("withdrawn", "issued")
        assert year.due(session, "G07", STREET) == {"R5": "2026-12-10"}
        assert year.held(session, "G07", STREET) == held
        assert year.broken_sums(session) == []
        assert year.differences(session) == 0


def test_who_only_reports_from_now_on_goes_on_with_it(trying: Trying) -> None:
    with trying() as session:
        said = "targets: [{code: D06, reported_by: [street, union_federation]}]"
        year.amend(session, said + "\nset_aside: {D06: 改由街道填报}")

        assert year.status(session, "D06", STREET) == "withdrawn"
        assert year.status(session, "D06", STREET, side="report") == "issued"
        plan, here = year.plan_of(session), year.unit_id(session, STREET)
        assert sum_unfulfilled(session, plan, unit=plan.issuer) == {}
        wish = RequestWish(Kind.EXEMPTION, target="D06", reason="防汛")
        asked = ask_request(session, plan, unit=here, wish=wish, actor=STREET_OFFICER, at=AT)
        duty = duties_of(session, plan.id, [here])[here, asked.target or 0]
        assert duty == Duty(holds=False, reports=True, is_aside=False)


def test_a_round_moves_with_what_is_due_in_it_and_a_granted_day_stays(trying: Trying) -> None:
    with trying() as session:
        session.execute(
            text("""UPDATE due_item SET due = '2026-11-20' WHERE unit =
            (SELECT id FROM unit WHERE code = '990106001001-GH') AND target =
            (SELECT id FROM target WHERE code = 'B06')""")
        )

        done = year.amend(session, "rounds: [{code: R4, due_date: 2026-10-20}]")

        assert year.due(session, "B06", "990106001001-GH") == {"R4": "2026-11-20"}
        assert year.due(session, "B06", "990106001001-QY1") == {"R4": "2026-10-20"}
        assert done.targets == ()
        assert [one.label for one in done.rounds[0].fields] == ["开放填报", "报送时限", "截止补报"]
        assert year.differences(session) == 0


def test_a_round_is_dropped_and_its_targets_go_on_elsewhere(trying: Trying) -> None:
    with trying() as session:
        year.amend(session, "drop: [R4]")

        assert year.due(session, "B06", "990106001001-GH") == {}
        assert "R5" in year.due(session, "B03", STREET)
        body = plan_body(session, year.plan_of(session))
        assert [one["code"] for one in body["rounds"]] == ["R1", "R2", "R3", "R5"]
        assert year.broken_sums(session) == []
        assert year.differences(session) == 0
        plan = year.plan_of(session)
        seen = round_progress(session, plan.id, plan.issuer, today=AT.date())
        assert [one.code for one in seen] == ["R1", "R2", "R3", "R5"]

        # It comes back after the day on which it would have closed, and is open.
        later = AT + timedelta(days=120)
        close_rounds(session, plan.id, today=later.date())
        year.amend(session, "rounds: [{code: R4, title: 补, due_date: 2026-12-20}]", at=later)
        again = select(Round.closed_edition).where(Round.plan == plan.id, Round.code == "R4")
        assert session.scalars(again).one() is None


def test_who_is_exempt_stays_so(trying: Trying) -> None:
    with trying() as session:
        year.exempt(session, "D06", COMMUNITY)
        stays = year.held(session, "D06", COMMUNITY)

        year.amend(session, 'leave_out: {D06: ["990106002001"]}')
        assert year.status(session, "D06", COMMUNITY, side="report") == "exempt"
        assert year.due(session, "D06", COMMUNITY) == {"R2": "2026-07-10"}
        assert year.held(session, "D06", COMMUNITY) in (stays, 0)

        year.amend(session, GOAL, at=AT + timedelta(hours=1))
        assert year.held(session, "D06", COMMUNITY) == 0
        assert year.broken_sums(session) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("rounds: [{code: R1, due_date: 2026-03-09}]", "round_over"),
        ("drop: [C03]", "round_over"),
        ("drop: [X99]", "unknown_target"),
        ("targets: [{code: G07, indicator: talks}]", "indicator_lasting"),
        ("targets: [{code: B03, goal: {each: 9}}]", "grouped"),
        ("rounds: [{code: R2, due_date: 2026-07-03}]", "round_past"),
        ("targets: [{code: D06, goal: {total: -1, split: equal}}]", None),
        ("plan: {code: 别的}", None),
        ('leave_out: {D06: ["123"]}', "unknown_unit"),
        ("colour: red", "unknown_field"),
        ("indicators: [{code: talks, name: 别的, kind: count, unit: 次, decimals: 0, "
         "over_units: sum, over_time: sum}]", None),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(
    trying: Trying, said: str, code: str | None
) -> None:
    with trying() as session:
        with pytest.raises(Problems) as refused:
            year.preview(session, said)

        assert code in {None, *(one.code for one in refused.value.problems)}


def test_of_two_who_amend_one_is_told_what_changed(trying: Trying) -> None:
    with trying() as session:
        seen = year.preview(session, GOAL)
        plan, unit = year.plan_of(session), year.unit_id(session, DISTRICT)
        (split,) = [one for one in list_splits(session, plan, unit=unit) if one.code == "D06"]
        first, second = split.children[:2]
        moved = session.begin_nested()
        wish = Wish({first.code: first.held + 1, second.code: second.held - 1})
        change_split(session, plan, unit=unit, target=split.target, wish=wish, version=None,
                     actor=STREET_OFFICER, at=AT)  # fmt: skip
        with pytest.raises(NumbersMoved, match="D06"):
            year.amend(session, GOAL, seal=seen.seal, at=AT + timedelta(hours=1))
        moved.rollback()

        year.amend(session, DROP)
        with pytest.raises(PlanAmended, match="第2版"):
            year.amend(session, GOAL, seal=seen.seal, at=AT + timedelta(hours=1))


def test_the_plan_as_it_stands_is_no_amendment(trying: Trying) -> None:
    with trying() as session:
        whole = write_nodes(plan_body(session, year.plan_of(session))).decode()

        with pytest.raises(NothingToAmend):
            year.preview(session, whole)

        done = year.preview(
            session, whole.replace("title: 随军家属就业", "title: 随军家属就业人数")
        )
        assert [one.label for one in done.targets[0].fields] == ["名称"]
        assert done.units == ()
