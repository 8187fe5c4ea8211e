"""Runs our flows on one machine: launches when asked, the sweep and the check by the clock."""

from __future__ import annotations

from prefect import serve
from prefect.deployments.runner import EntrypointType
from prefect.schedules import Cron, Interval

from flows.launch import cascade_branch, finish_launching, launch_year
from flows.settle import settle_every_default
from flows.verify import verify_rollups

# Each run is a process of about 90 MB, so there must be a limit.
LIMIT = 4
BY_MODULE = EntrypointType.MODULE_PATH


def main() -> None:
    """This function will serve the flows until told to stop."""
    serve(
        launch_year.to_deployment("launch-year", entrypoint_type=BY_MODULE),
        cascade_branch.to_deployment("cascade-branch", entrypoint_type=BY_MODULE),
        finish_launching.to_deployment(
            "finish-launching",
            schedules=[Interval(600, timezone="Asia/Shanghai")],
            entrypoint_type=BY_MODULE,
        ),
        verify_rollups.to_deployment(
            "verify-rollups",
            schedules=[Cron("10 2 * * *", timezone="Asia/Shanghai")],
            entrypoint_type=BY_MODULE,
        ),
        settle_every_default.to_deployment(
            "settle-defaults",
            schedules=[Cron("0 7 * * *", timezone="Asia/Shanghai")],
            entrypoint_type=BY_MODULE,
        ),
        pause_on_shutdown=False,
        limit=LIMIT,
    )


if __name__ == "__main__":
    main()
