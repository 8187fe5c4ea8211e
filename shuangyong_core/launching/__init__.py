"""How the doors ask Prefect to launch a plan: over HTTP, with ids only."""

from shuangyong_core.launching.asking import FlowsDown, ask_to_launch, run_ended
from shuangyong_core.launching.surroundings import prefect_environment, prefect_url

__all__ = ["FlowsDown", "ask_to_launch", "prefect_environment", "prefect_url", "run_ended"]
