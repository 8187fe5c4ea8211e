"""The commands as the parser knows them, for tests that compare."""

from __future__ import annotations

import typer

from shuangyong_core.cli.app import app


def commands() -> list[tuple[str, ...]]:
    """This function will list every command with its group."""
    return sorted(_under(app))


def _under(group: typer.Typer) -> list[tuple[str, ...]]:
    found = [(_name(each),) for each in group.registered_commands]
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        found += [(str(inner.name), *words) for words in _under(inner.typer_instance)]
    return found


def _name(command: typer.models.CommandInfo) -> str:
    assert command.callback is not None
    return command.name or command.callback.__name__
