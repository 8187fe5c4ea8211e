"""How every command behaves: exit codes, one JSON document, options anywhere, clear errors."""

from __future__ import annotations

import runpy
import sys
import tomllib
from pathlib import Path

import pytest
from rich.cells import cell_len

from shuangyong_core import __version__
from shuangyong_core.cli import main, units
from tests.cli.conftest import Operator, Said
from tests.house.commands import commands

ENGLISH = ("Usage", "Options", "Commands", "Arguments", "required", "Missing", "Invalid",
           "No such", "Error", "Show this", "<str>", "<path>", "<int>", "exit.")  # fmt: skip


def says_no_english(said: Said) -> None:
    assert [word for word in ENGLISH if word in said.out + said.err] == []


def test_a_done_command_exits_0_a_refused_one_2_a_fault_1(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert operator("plan", "list").code == 0
    assert operator("plan", "show", "none").code == 2

    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(units, "list_tree", break_down)
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        operator("units", "tree")


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "list"),
        ("units", "tree"),
        ("users", "list"),
        ("token", "list"),
        ("calendar", "show", "2026"),
        ("audit", "verify"),
        ("check",),
    ],
    ids=" ".join,
)
def test_json_is_one_document_wherever_it_is_asked(
    operator: Operator, words: tuple[str, ...]
) -> None:
    answers = [operator.done(*words, "--json"), operator.done("--json", *words)]

    assert answers[0].json == answers[1].json
    assert answers[0].err == ""
    if words[-1] in ("list", "tree"):
        assert list(answers[0].json) == ["items"]


def test_a_refusal_in_json_names_its_problems(operator: Operator) -> None:
    file = operator.file("u.csv", "code,name,kind,parent_code\nA,甲区,village,\n")

    said = operator("units", "import", file, "--json")

    assert said.code == 2
    (problem,) = said.json["problems"]
    assert (problem["file"], problem["row"], problem["column"]) == ("u.csv", 2, "kind")
    assert "u.csv" in said.err


@pytest.mark.parametrize("spelling", [["--as", "nobody"], ["--as=nobody"]])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_as_may_stand_anywhere(operator: Operator, spelling: list[str], place: int) -> None:
    words = ["units", "tree"]
    words[place:place] = spelling

    assert "没有账号 nobody" in operator.refused(*words)


def test_as_needs_an_account_that_is_not_shut(operator: Operator) -> None:
    operator.done("users", "add", "desk", "--name", "值班岗", "--administrator", "audit_admin")
    operator.done("users", "disable", "desk")

    assert "已停用" in operator.refused("audit", "verify", "--as", "desk")
    assert "后面要写账号" in operator.refused("plan", "list", "--as")


def test_before_the_set_up_every_command_names_it(bare: Operator) -> None:
    for words in (("plan", "list"), ("units", "tree"), ("users", "list"), ("audit", "verify")):
        said = bare(*words)
        assert (said.code, said.out) == (2, "")
        assert "shuangyong init" in said.err
    assert not bare.folder.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nope",), "没有命令 nope"),
        (("plan", "check"), "缺少 file（计划文件，xlsx 或 yaml）"),
        (("users", "add", "x"), "缺少 --name（岗位名称，不写人名）"),
        (("units", "tree", "--bogus"), "没有选项 --bogus"),
        (("units", "tree", "--by", "foo"), "没有“foo”这个值，可用：responsibility、territory"),
        (("units", "tree", "--depth", "-1"), "要填不小于 0 的整数"),
        (("calendar", "show", "abc"), "year 要填一个整数"),
        (("units", "tree", "a", "b"), "多写了 b"),
        (("units", "tree", "--depth"), "选项 --depth 的写法不对"),
        (("units",), "画出单位的树"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_command_line_is_explained(
    bare: Operator, words: tuple[str, ...], sentence: str
) -> None:
    said = bare(*words)

    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert "用法：shuangyong" in said.err
    says_no_english(said)


@pytest.mark.parametrize("words", [(), *commands()], ids=" ".join)
def test_help_fits_80_columns_and_is_chinese(bare: Operator, words: tuple[str, ...]) -> None:
    said = bare.done(*words, "--help")

    assert max(map(cell_len, said.out.splitlines())) <= 80
    says_no_english(said)


def test_the_version_is_told_before_anything_is_installed(bare: Operator) -> None:
    assert bare.done("--version").out == f"{__version__}\n"


def test_the_console_command_is_this_door(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["scripts"] == {"shuangyong": "shuangyong_core.cli:main"}
    assert callable(main)


def test_the_package_itself_is_this_door(
    bare: Operator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["shuangyong_core", "plan", "list"])

    with pytest.raises(SystemExit) as left:
        runpy.run_module("shuangyong_core", run_name="__main__")

    assert left.value.code == 2
    assert "shuangyong init" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"), [("TODAY", "tomorrow"), ("PORT", "x"), ("CONFIG", "/no/such.toml")]
)
def test_a_wrong_setting_is_named(
    bare: Operator, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"SHUANGYONG_{name}", value)

    said = bare("plan", "list")

    assert said.code == 2
    assert f"SHUANGYONG_{name}" in said.err


@pytest.mark.parametrize(
    "url", ["nonsense", "nosql://x", "postgresql+psycopg://127.0.0.1:1/none?connect_timeout=1"]
)
def test_a_database_out_of_reach_is_said(
    bare: Operator, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("SHUANGYONG_DATABASE_URL", url)

    said = bare("plan", "list")

    assert said.code == 2
    assert "连不上数据库" in said.err


def test_a_file_that_is_no_database_is_said(bare: Operator) -> None:
    bare.folder.mkdir()
    (bare.folder / "shuangyong.db").write_bytes(b"not a database at all" * 100)

    assert "连不上数据库" in bare("plan", "list").err


def test_the_data_folder_may_not_be_a_file(bare: Operator, tmp_path: Path) -> None:
    bare.folder.write_text("")

    said = bare("init")

    assert said.code == 2
    assert "data：" in said.err
