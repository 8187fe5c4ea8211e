"""The door for operators: each command translates, makes one call, prints what came of it."""

from __future__ import annotations


def main() -> None:
    """This function will run the command `shuangyong`."""
    from shuangyong_core.cli.app import run

    run()
