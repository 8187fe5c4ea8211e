"""Launches through a real Prefect server: by a process, by a runner, by a worker, killed, twice."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import case, func, select

from shuangyong_core import db
from shuangyong_core.assignments.actions.launch import prepare_launch
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.cli.prefect_parts import runner_part
from shuangyong_core.cli.processes import Part
from shuangyong_core.cli.watching import LaunchStuck, watch
from shuangyong_core.launching import ask_to_launch
from shuangyong_core.plans.models import Plan, Target
from tests.assignments.state import count, read_state, state_hash
from tests.assignments.year import LAUNCHED, OFFICE, launch
from tests.examples import recount
from tests.flows.conftest import SMALL, NewPlace, Prefect
from tests.flows.next_year import PART, sent_down, write_and_send
from tests.flows.place import PLAN, Place, command, group, until
from tests.plans.filling import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

JULY = date(2026, 7, 20)
TARGETS = ["A04", "C03", "G02"]
SWEEP = "/deployments/name/finish-launching/finish-launching"
WORKER = "prefect worker start --pool shuangyong --limit 3"


def test_a_launch_gives_what_the_files_say_and_its_repeat_nothing(
    prefect: Prefect, new_place: NewPlace
) -> None:
    place, units, plan = new_place(streets=13), recount.read_units(), recount.read_plan()

    place.run("flows.launch", PLAN)
    first = read_state(place.engine)
    place.run("flows.launch", PLAN)

    held = {(target["code"], unit) for target in plan["targets"]
            for unit in recount.assigned(units, plan, target)}  # fmt: skip
    assert sorted(row[:2] for row in first["assignment"]) == sorted(held)
    assert {row[:3] for row in first["due_item"]} == recount.due_items(units, plan)
    assert read_state(place.engine) == first
    key = f"launch-plan-{place.plan_id}"
    assert prefect.ask("GET", f"/artifacts/{key}-progress/latest")["data"] == 100
    table = json.loads(prefect.ask("GET", f"/artifacts/{key}-branches/latest")["data"])
    assert sum(row["units"] for row in table) == len(units) - 1
    assert sum(row["due items"] for row in table) == len(first["due_item"])


def test_two_launches_at_once_are_one(new_place: NewPlace, undisturbed: str) -> None:
    place = new_place()

    both = [place.start("flows.launch", PLAN) for _ in range(2)]

    ended = [process.wait(180) for process in both]
    assert [each.returncode for each in ended] == [0, 0], ended
    assert state_hash(place.engine) == undisturbed
    assert count(place.engine, "step WHERE to_status = 'launched'") == 25


def test_a_launch_killed_in_the_middle_and_repeated_is_as_one_undisturbed(
    new_place: NewPlace, undisturbed: str
) -> None:
    for _ in range(5):
        place = new_place()
        if was_killed_in_the_middle(place):
            break
    else:
        pytest.fail("the kill came too late, five times")

    place.run("flows.launch", PLAN)

    assert place.look().is_finished
    assert state_hash(place.engine) == undisturbed


def was_killed_in_the_middle(place: Place) -> bool:
    """Starts a launch, kills it without warning, and says whether it had something left to do."""
    process = place.start("flows.launch", PLAN)
    while not process.is_over() and not place.look().branches_done:
        pass
    process.terminate(signal.SIGKILL)
    process.wait(180)
    done = place.look()
    return done.branches is not None and 0 < done.branches_done < done.branches


class TestOneMachine:
    """The runner of `shuangyong up`."""

    @pytest.fixture(scope="class")
    @staticmethod
    def place(prefect: Prefect, new_place: NewPlace) -> Iterator[Place]:
        place = new_place()
        with group() as parts:
            parts.start(runner_part(place.settings, place.settings.data / "logs"))
            assert until(lambda: prefect.has(SWEEP))
            yield place

    def test_the_clock_really_has_runs_to_come(self, prefect: Prefect, place: Place) -> None:
        # A server whose scheduler fails says so in its log only, and no schedule ever fires.
        sweep = prefect.ask("GET", SWEEP)["id"]
        to_come = {
            "deployments": {"id": {"any_": [sweep]}},
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        }

        assert until(lambda: len(prefect.ask("POST", "/flow_runs/filter", to_come)) > 1)

    def test_the_sweep_finishes_what_was_left_and_a_command_sends_the_rest(
        self, prefect: Prefect, place: Place, undisturbed: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with db.write(place.engine) as session:
            plan = session.get_one(Plan, place.plan_id)
            prepare_launch(session, plan, targets=TARGETS, at=LAUNCHED, actor=OFFICE)
        sweep = prefect.ask("GET", SWEEP)["id"]

        prefect.ask("POST", f"/deployments/{sweep}/create_flow_run", {})
        assert until(lambda: place.look().is_finished)
        assert count(place.engine, "step WHERE to_status = 'launched'") == len(TARGETS)

        assert command(place, monkeypatch, "plan", "launch", PLAN, "--wait") == 0
        assert state_hash(place.engine) == undisturbed

    def test_the_office_writes_next_year_in_a_browser_and_sends_a_part_of_it_down(
        self, place: Place, page: Page
    ) -> None:
        write_and_send(place, page)

        assert sent_down(place) == set(PART)

    def test_an_office_ticks_a_workbook_sends_a_part_and_loads_what_is_behind(
        self, place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        book, code = tmp_path / "a.xlsx", "ticked-2026"
        assert command(place, monkeypatch, "plan", "template", str(book), "--year", "2026") == 0
        desk = Desk(book.read_bytes())
        desk.head("计划编码", code)
        desk.tick("A04", "C01", "C02")
        book.write_bytes(desk.saved())

        assert command(place, monkeypatch, "plan", "check", str(book)) == 0
        assert command(place, monkeypatch, "plan", "import", str(book)) == 0
        part = ["plan", "launch", code, "--wait", "--targets", "A04"]
        assert command(place, monkeypatch, *part) == 0
        late = replace(place, settings=place.settings.model_copy(update={"today": JULY}))
        rest = ["plan", "launch", code, "--wait", "--backfill"]
        assert command(late, monkeypatch, *rest) == 0

        with db.read(place.engine) as session:
            items = session.execute(
                select(Target.code, func.count(), func.count(case((DueItem.is_backfill, 1))))
                .join(Target, Target.id == DueItem.target)
                .join(Plan, Plan.id == Target.plan)
                .where(Plan.code == code)
                .group_by(Target.code)
                .order_by(Target.code)
            )
            # C02 is due in August, so it is ordinary work; A04 was sent in time.
            assert [tuple(row) for row in items] == [
                ("A04", SMALL + 1, 0),
                ("C01", SMALL, SMALL),
                ("C02", SMALL, 0),
            ]

    def test_a_run_that_fails_ends_the_waiting(
        self, place: Place, new_place: NewPlace, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        with db.write(place.engine) as session:
            session.connection().exec_driver_sql("ALTER TABLE node RENAME TO lost")

        code = command(new_place(), monkeypatch, "plan", "launch", PLAN, "--wait")

        assert code == 2
        assert "再运行一次会接着下达" in capsys.readouterr().err


def test_waiting_ends_when_nobody_takes_the_run_or_it_is_cancelled(
    prefect: Prefect, new_place: NewPlace
) -> None:
    place = new_place()
    run = ask_to_launch(place.settings, place.plan_id)

    assert not prefect.is_over(run)
    with pytest.raises(LaunchStuck, match="没有进展"):
        watch(place.engine, place.plan_id, ended=lambda: prefect.is_over(run), patience=0.1)
    cancelled = {"state": {"type": "CANCELLED"}, "force": True}
    prefect.ask("POST", f"/flow_runs/{run}/set_state", cancelled)
    assert not watch(place.engine, place.plan_id, ended=lambda: prefect.is_over(run))


def test_a_pool_with_one_worker_launches_branch_by_branch(
    prefect: Prefect, new_place: NewPlace
) -> None:
    place, quiet = new_place(streets=1), new_place(streets=1)
    launch(quiet.engine, quiet.plan_id)
    place.run("prefect", "work-pool", "create", "shuangyong", "--type", "process")
    place.run("prefect", "--no-prompt", "deploy", "--all",
              "--prefect-file", "deployments/prefect.yaml")  # fmt: skip

    # In a group of its own: a worker may take long to go, and nothing of it stays.
    log = place.settings.data / "logs" / "worker.log"
    with log.open("ab") as told, group() as parts:
        words = [sys.executable, "-m", *WORKER.split()]
        parts.start(Part("worker", words, place.environment, told))
        run = ask_to_launch(place.settings, place.plan_id)
        assert until(lambda: prefect.is_over(run)), log.read_text(encoding="utf-8")[-4000:]

    said = log.read_text(encoding="utf-8")[-4000:]
    assert place.look().is_finished, said
    assert state_hash(place.engine) == state_hash(quiet.engine)
    runs = prefect.ask(
        "POST", "/flow_runs/filter", {"deployments": {"name": {"any_": ["cascade-branch"]}}}
    )
    assert {each["state_type"] for each in runs} == {"COMPLETED"}
    assert len(runs) == 3
    # None of them was sent down a second time by the launch itself.
    below = {"flow_runs": {"parent_flow_run_id": {"any_": [run]}}}
    sent = prefect.ask("POST", "/flow_runs/filter", below)
    assert {each["id"] for each in sent} == {each["id"] for each in runs}


def test_the_server_was_never_told_a_name(prefect: Prefect) -> None:
    names = {unit["name"] for unit in recount.read_units().values()}

    kept = [json.dumps(prefect.ask("POST", f"/{each}/filter", {}), ensure_ascii=False)
            for each in ("flow_runs", "task_runs", "artifacts", "deployments", "logs")]  # fmt: skip

    assert all("launch-plan" in text for text in kept[2:3])
    assert [name for name in names for text in kept if name in text] == []
