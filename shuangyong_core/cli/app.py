"""The command tree, the options that may stand anywhere, and the one handler of refusals."""

from __future__ import annotations

import io
import json
import sys
import traceback
from collections.abc import Sequence
from contextlib import redirect_stdout
from functools import cache
from typing import Annotated, Any

import typer
from rich.markup import escape

from shuangyong_core import __version__
from shuangyong_core.answers import problems as answers
from shuangyong_core.cli import (
    audit,
    burden,
    calendar,
    check,
    delegations,
    doc,
    handout,
    install,
    not_involved,
    plan,
    rehearse,
    reorganising,
    replying,
    report,
    request,
    rollup,
    round,
    running,
    split,
    support,
    todo,
    token,
    units,
    why,
)
from shuangyong_core.cli import problem as problems
from shuangyong_core.cli.chinese import explain, in_chinese
from shuangyong_core.cli.desk import Desk, err, read_settings
from shuangyong_core.errors import Refused

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
    ("split", split.app),
    ("report", report.app),
    ("request", request.app),
    ("support", support.app),
    ("round", round.app),
    ("handout", handout.app),
    ("problem", problems.app),
    ("rollup", rollup.app),
    ("calendar", calendar.app),
    ("doc", doc.app),
    ("users", delegations.app),
    ("token", token.app),
    ("audit", audit.app),
    ("serve", running.serve),
):
    app.add_typer(group, name=name)
report.app.command("not-involved")(not_involved.not_involved)
report.app.command("confirm")(replying.confirm)
report.app.command("object")(replying.object_)
report.app.command("answer")(replying.answer)
plan.app.command("burden")(burden.burden)
plan.app.command("rehearse")(rehearse.rehearse)
units.app.command("reorganise")(reorganising.reorganise)
app.command("init")(install.init)
app.command("demo")(install.demo)
app.command("up")(running.up)
app.command("check")(check.check)
app.command("todo")(todo.todo)
app.command("notices")(problems.notices)
app.command("why")(why.why)
app.command("close")(why.close)


def _tell_version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit


@app.callback()
def _whole(
    context: typer.Context,
    as_user: Annotated[str | None, typer.Option("--as", help="以某个账号的身份办理")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON 文档")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    context.obj = Desk(read_settings(), as_user=as_user, as_json=as_json)


def run(arguments: Sequence[str] | None = None) -> None:
    """This function will run one command and exit: 0 done, 2 refused or bad input, 1 a fault."""
    words = hoist(sys.argv[1:] if arguments is None else arguments)
    if "--help" not in words:
        sys.exit(_outcome(words))
    page = io.StringIO()
    with redirect_stdout(page):
        code = _outcome(words)
    sys.stdout.write(in_chinese(page.getvalue()))
    sys.exit(code)


@cache
def _tree() -> Any:
    # Who runs many commands in one process reads the signatures of all of them once.
    return typer.main.get_command(app)


def _outcome(words: Sequence[str]) -> int:
    try:
        answer = _tree()(args=list(words), prog_name="shuangyong", standalone_mode=False)
        return answer if isinstance(answer, int) else 0
    except Refused as refused:
        _tell(refused, as_json="--json" in words)
        return 2
    except typer.TyperException as wrong:
        err.print(escape(explain(wrong)), soft_wrap=True)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except Exception:
        # A fault of ours: the whole trace, so that it can be mended.
        traceback.print_exc()
        return 1


def _tell(refused: Refused, *, as_json: bool) -> None:
    err.print(escape(str(refused)), style="bold", soft_wrap=True)
    for problem in refused.problems:
        err.print(escape(f"  · {problem}"), soft_wrap=True)
    if as_json:
        files = [{"file": problem.file} for problem in refused.problems]
        said = answers.refusal(refused)
        found = [file | each for file, each in zip(files, said["problems"], strict=False)]
        print(json.dumps({**said, "problems": found}, ensure_ascii=False, indent=1))


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
