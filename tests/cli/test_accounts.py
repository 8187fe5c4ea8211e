"""`users` and `token`: passwords and secrets are told once, and bad ones refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.bearers import find_token_actor
from shuangyong_core.accounts.passwords import is_right
from shuangyong_core.accounts.queries import get_user
from tests.cli.conftest import Operator

STREET, COMMUNITY = "990106001", "990106001001"


def test_an_account_is_added_listed_reset_and_shut(district: Operator, engine_of: Engine) -> None:
    roles = ("--role", f"manager@{STREET}", "--role", f"reviewer@{STREET}")
    added = district.done("users", "add", "jb", "--name", "江滨街道联络员", *roles)

    (line,) = district.done("users", "list", "--json").json["items"]
    assert line == {
        "login": "jb",
        "name": "江滨街道联络员",
        "administrator": None,
        "roles": [{"unit": STREET, "role": "manager"}, {"unit": STREET, "role": "reviewer"}],
        "is_disabled": False,
    }
    password = added.out.split()[-1]
    reset = district.done("users", "reset", "jb").out.split()[-1]
    with db.read(engine_of) as session:
        kept = get_user(session, "jb").password_hash
    assert not is_right(kept, password)
    assert is_right(kept, reset)
    district.done("users", "disable", "jb")
    assert "停用" in district.done("users", "list").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "jb", "--name", "乙"), "已经有了"),
        (("add", "b ad", "--name", "乙"), "以字母或数字开头"),
        (("add", "x" * 61, "--name", "乙"), "最多 60 位"),
        (("add", "new", "--name", " "), "名称不能为空"),
        (("add", "new", "--name", "字" * 61), "最多 60 个字"),
        (("add", "new", "--name", "乙", "--role", "reporter"), "请写成 角色@单位编码"),
        (("add", "new", "--name", "乙", "--role", "chief@990106"), "请写成 角色@单位编码"),
        (("add", "new", "--name", "乙", "--role", "viewer@990199"), "没有编码为 990199 的单位"),
        (("add", "new", "--name", "乙", "--administrator", "viewer"), "这不是管理员角色"),
        (("disable", "nobody"), "没有账号 nobody"),
        (("reset", "nobody"), "没有账号 nobody"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_is_refused(
    operator: Operator, words: tuple[str, ...], sentence: str
) -> None:
    operator.done("users", "add", "jb", "--name", "甲岗")

    assert sentence in operator.refused("users", *words)


def test_a_token_is_the_last_word_and_never_shown_again(
    district: Operator, engine_of: Engine, at: object
) -> None:
    words = ("token", "create", "--unit", COMMUNITY, "--role", "reporter", "--label", "一表通")
    secret = district.done(*words).out.split()[-1]

    listed = district.done("token", "list")
    (line,) = district.done("token", "list", "--json").json["items"]

    assert secret not in listed.out
    assert (line["number"], line["label"], line["unit"]) == (1, "一表通", COMMUNITY)
    assert _works(engine_of, secret, at)
    district.done("token", "revoke", "1")
    assert not _works(engine_of, secret, at)
    assert "已作废" in district.done("token", "list").out


def _works(engine: Engine, secret: str, at: object) -> bool:
    with db.read(engine) as session:
        return find_token_actor(session, secret=secret, at=at) is not None  # type: ignore[arg-type]


def test_revoking_twice_keeps_the_first_time(district: Operator) -> None:
    district.done("token", "create", "--unit", COMMUNITY, "--role", "reporter")
    district.done("token", "revoke", "1")
    before = district.dump()

    district.done("token", "revoke", "1")

    assert district.dump() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("create", "--unit", "none", "--role", "reporter"), "没有编码为 none 的单位"),
        (("create", "--unit", COMMUNITY, "--role", "audit_admin"), "互斥"),
        (("create", "--unit", COMMUNITY, "--role", "chief"), "没有“chief”这个值"),
        (("create", "--unit", COMMUNITY, "--role", "viewer", "--label", ""), "名称不能为空"),
        (("revoke", "7"), "没有 7 号令牌"),
        (("revoke", "9" * 30), "号令牌"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_token_that_cannot_be_is_refused(
    operator: Operator, linjiang: Path, words: tuple[str, ...], sentence: str
) -> None:
    file = operator.file("u.csv", f"code,name,kind,parent_code\n{COMMUNITY},望江社区,社区,\n")
    operator.done("units", "import", file)

    assert sentence in operator.refused("token", *words)
