"""Recounts every night and raises an alarm when a folded number is not what the figures say."""

from __future__ import annotations

from prefect import flow
from prefect.artifacts import acreate_table_artifact

from flows import office
from shuangyong_core.answers import plain
from shuangyong_core.rollups.actions.verify import verify

MOST_SHOWN = 200


class NumbersDiffer(Exception):
    """A folded number is not what a recount gives."""


@flow(name="verify-rollups")
async def verify_rollups() -> None:
    """This flow will recount everything; it fails when anything differs."""
    differences = await office.write(verify)
    table = [plain(each) for each in differences[:MOST_SHOWN]]
    await acreate_table_artifact(table, key="verify-rollups", description="汇总核对：差异")
    if differences:
        raise NumbersDiffer(f"{len(differences)} differences")
