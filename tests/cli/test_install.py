"""`init` and `check`: made once, upgraded in place, and what is unsafe for real use is refused."""

from __future__ import annotations

import stat

import pytest

from shuangyong_core.keys import get_key
from tests.cli.conftest import Operator


def test_the_first_time_makes_a_closed_folder_and_three_administrators(bare: Operator) -> None:
    said = bare.done("init")

    assert stat.S_IMODE(bare.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((bare.folder / "secret.key").stat().st_mode) == 0o600
    for login in ("system-admin", "security-admin", "audit-admin"):
        assert login in said.out


def test_the_second_time_changes_nothing_and_prints_no_password(bare: Operator) -> None:
    first = bare.done("init", "--json").json["items"]
    before = bare.dump()

    second = bare.done("init")

    assert len({each["password"] for each in first}) == 3
    assert bare.dump() == before
    assert "已是最新" in second.out
    assert not any(each["password"] in second.out for each in first)


@pytest.mark.parametrize("role", ["viewer@990106", "issuer@990106"])
def test_an_administrator_holds_no_role_in_the_business(district: Operator, role: str) -> None:
    words = ("users", "add", "both", "--name", "甲岗", "--administrator", "audit_admin")

    assert "互斥" in district.refused(*words, "--role", role)


def test_a_fresh_installation_passes_and_lacks_only_https_for_real_use(
    bare: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare.done("init")
    monkeypatch.delenv("SHUANGYONG_TODAY")

    assert bare.done("check").out == "检查通过。\n"
    said = bare.refused("check", "--deploy")

    assert "检查出 1 处问题" in said
    assert "SHUANGYONG_HTTPS=true" in said
    monkeypatch.setenv("SHUANGYONG_HTTPS", "true")
    bare.done("check", "--deploy")


def test_everything_unsafe_is_said_at_once(bare: Operator) -> None:
    bare.done("init")
    (bare.folder / "demo.json").write_text('{"state": "ready"}')
    bare.folder.chmod(0o755)
    (bare.folder / "secret.key").chmod(0o644)

    said = bare.refused("check", "--deploy")

    assert "检查出 5 处问题" in said
    for mend in ("去掉 SHUANGYONG_TODAY", "换一个空的数据目录", "HTTPS", "chmod 700", "chmod 600"):
        assert mend in said


def test_a_database_elsewhere_still_needs_the_folder(operator: Operator) -> None:
    operator.folder.rmdir()

    assert "没有数据目录" in operator.refused("check", "--deploy")
    operator.folder.mkdir()
    assert "没有密钥" in operator.refused("check", "--deploy")
    get_key(operator.folder)
    assert "没有密钥" not in operator.refused("check", "--deploy")
