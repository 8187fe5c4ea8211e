"""One Prefect server for the tests of flows, and installations beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from shuangyong_core.cli.prefect_parts import server_part
from shuangyong_core.cli.processes import free_port, wait_until_healthy
from shuangyong_core.keys import get_key
from shuangyong_core.launching import prefect_environment, prefect_url, run_ended
from shuangyong_core.launching.surroundings import prefect_password
from shuangyong_core.settings import Settings
from tests.assignments.state import state_hash
from tests.assignments.year import launch
from tests.fixtures.nursery import Nursery
from tests.fixtures.prefect_homes import PrefectHomes
from tests.flows.place import Place, draft, group, settle

NewPlace = Callable[..., Place]


# So many branches that a launch is several steps, and no more.
SMALL = 4
# What the processes of a launch begin with.
READ = ("flows.launch", "prefect.cli.deploy", "prefect.cli.worker", "prefect.workers.process")


@dataclass(frozen=True)
class Prefect:
    """The one server of this file, and where its clients are forked from."""

    settings: Settings
    nursery: Nursery

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What its API answers."""
        user, _, password = prefect_password(self.settings).partition(":")
        answer = httpx.request(
            method, prefect_url(self.settings) + path, json=body, auth=(user, password),
            timeout=30, trust_env=False,
        )  # fmt: skip
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def has(self, path: str) -> bool:
        """Whether it knows something of that address."""
        try:
            return self.ask("GET", path) is not None
        except httpx.HTTPStatusError:
            return False

    def is_over(self, run: str) -> bool:
        """Whether a run has ended."""
        return run_ended(self.settings, run)


@pytest.fixture(scope="module")
def prefect(
    tmp_path_factory: pytest.TempPathFactory, prefect_homes: PrefectHomes
) -> Iterator[Prefect]:
    folder = tmp_path_factory.mktemp("prefect")
    get_key(folder)
    prefect_homes.furnish(folder)
    settings = Settings(data=folder, prefect_port=free_port())
    with group() as parts:
        process = parts.start(server_part(settings, folder))
        health = f"http://127.0.0.1:{settings.prefect_port}/api/health"
        wait_until_healthy(health, part="server", process=process, seconds=300)
        prefect_homes.keep(folder)
        environment = prefect_environment(settings)
        nursery = Nursery(folder, read=READ, environment=environment)
        yield Prefect(settings, nursery)
        nursery.close()


@pytest.fixture(scope="module")
def new_place(
    prefect: Prefect,
    tmp_path_factory: pytest.TempPathFactory,
    new_database: Callable[[str], str],
) -> NewPlace:
    """Makes an installation with a drafted year; those of one size are copies of one draft."""
    drafts: dict[int, tuple[Path, int]] = {}

    def make(streets: int = SMALL) -> Place:
        if streets not in drafts:
            url = new_database("sqlite")
            plan_id = draft(tmp_path_factory.mktemp("draft"), url, streets=streets)
            drafts[streets] = Path(url.removeprefix("sqlite:///")), plan_id
        folder = tmp_path_factory.mktemp("place")
        key, port = prefect.settings.data / "secret.key", prefect.settings.prefect_port
        return settle(folder, *drafts[streets], key=key, port=port, nursery=prefect.nursery)

    return make


@pytest.fixture(scope="module")
def undisturbed(new_place: NewPlace) -> str:
    """What a launch gives that nothing disturbs, and no Prefect carries out."""
    place = new_place()
    launch(place.engine, place.plan_id)
    return state_hash(place.engine)
