"""The command tree, the options that may stand anywhere, and the one handler of refusals."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Annotated, Any

import click
import typer
from rich.markup import escape

from shuangyong_core import __version__
from shuangyong_core.cli import (
    audit,
    calendar,
    check,
    install,
    plan,
    report,
    rollup,
    running,
    token,
    units,
    users,
)
from shuangyong_core.cli.desk import Desk, err
from shuangyong_core.errors import Refused
from shuangyong_core.settings import Settings

app = typer.Typer(
    name="shuangyong",
    help="双拥责任链：计划下达、分解、报送、审核、汇总。",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for name, group in (
    ("units", units.app),
    ("plan", plan.app),
    ("report", report.app),
    ("rollup", rollup.app),
    ("calendar", calendar.app),
    ("users", users.app),
    ("token", token.app),
    ("audit", audit.app),
    ("serve", running.serve),
):
    app.add_typer(group, name=name)
app.command("init")(install.init)
app.command("demo")(install.demo)
app.command("up")(running.up)
app.command("check")(check.check)


@app.callback()
def _whole(
    context: typer.Context,
    as_user: Annotated[str | None, typer.Option("--as", help="以某个账号的身份办理")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 文档")] = False,
) -> None:
    context.obj = Desk(Settings(), as_user=as_user, as_json=as_json)


def run(arguments: Sequence[str] | None = None) -> None:
    """This function will run one command and exit: 0 done, 2 refused or bad input, 1 a fault."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        print(__version__)
        sys.exit(0)
    sys.exit(_outcome(hoist(words)))


def _outcome(words: Sequence[str]) -> int:
    try:
        answer: Any = app(args=list(words), standalone_mode=False)
        return answer if isinstance(answer, int) else 0
    except Refused as refused:
        _tell(refused)
        return 2
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except Exception:
        # A fault of ours: the whole trace, so that it can be mended.
        traceback.print_exc()
        return 1


def _tell(refused: Refused) -> None:
    err.print(escape(str(refused)), style="bold", soft_wrap=True)
    for problem in refused.problems:
        err.print(escape(f"  · {problem}"), soft_wrap=True)


def hoist(words: Sequence[str]) -> list[str]:
    """This function will bring `--json` and `--as USER` to the front, wherever they stood."""
    front: list[str] = []
    rest: list[str] = []
    waiting = iter(words)
    for word in waiting:
        if word == "--":
            rest += [word, *waiting]
        elif word == "--json":
            front.append(word)
        elif word == "--as":
            front += [word, next(waiting, "")]
        elif word.startswith("--as="):
            front.append(word)
        else:
            rest.append(word)
    return front + rest
