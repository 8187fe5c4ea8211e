"""`--as`: a person's reach, the record of who typed it, and sentences that tell no secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.audit.models import AuditEntry
from tests.calendar.invented import NOTICE_2027
from tests.cli.conftest import Operator

STREET, OTHER, COMMUNITY = "990106001", "990106002", "990106001001"


@pytest.fixture
def people(district: Operator, linjiang: Path) -> Operator:
    """An issuer, a street's manager, three administrators, and the plan as a draft."""
    for login, role in (("office", "issuer@990106"), ("jb", f"manager@{STREET}")):
        district.done("users", "add", login, "--name", login, "--role", role)
    for login in ("system_admin", "security_admin", "audit_admin"):
        district.done("users", "add", login, "--name", login, "--administrator", login)
    district.done("plan", "import", linjiang / "plan.yaml")
    return district


def test_a_tree_begins_at_ones_own_unit(people: Operator) -> None:
    codes = [line["code"] for line in
             people.done("units", "tree", "--as", "jb", "--json").json["items"]]  # fmt: skip

    assert codes[0] == STREET
    assert all(code.startswith(STREET) for code in codes)
    assert people.done("units", "tree", COMMUNITY, "--as", "jb", "--json").json["items"]


def test_what_is_outside_reads_like_what_never_was(people: Operator) -> None:
    outside = people.refused("units", "tree", OTHER, "--as", "jb")
    nowhere = people.refused("units", "tree", "990199", "--as", "jb")

    assert outside.replace(OTHER, "990199") == nowhere
    assert "不在您的范围内" in outside


def test_a_draft_is_its_issuers_alone(people: Operator) -> None:
    assert people.done("plan", "list", "--as", "jb", "--json").json == {"items": []}
    assert len(people.done("plan", "list", "--as", "office", "--json").json["items"]) == 1
    hidden = people.refused("plan", "show", "linjiang-2026", "--as", "jb")
    assert hidden.replace("linjiang-2026", "x") == people.refused("plan", "show", "x")
    hidden = people.refused("plan", "launch", "linjiang-2026", "--as", "jb")
    assert "不在您的范围内" in hidden


def test_only_the_issuer_imports_a_plan(people: Operator, linjiang: Path) -> None:
    text = (linjiang / "plan.yaml").read_text(encoding="utf-8").replace('"1.05"', '"1.10"')
    file = people.file("plan.yaml", text)

    assert "“下达”" in people.refused("plan", "import", file, "--replace", "--as", "jb")
    people.done("plan", "import", file, "--replace", "--as", "office")


@pytest.mark.parametrize(
    ("words", "may", "sentence"),
    [
        (("users", "list"), "security_admin", "账号由安全管理员管理"),
        (("token", "list"), "security_admin", "账号由安全管理员管理"),
        (("users", "disable", "jb"), "security_admin", "账号由安全管理员管理"),
        (("audit", "verify"), "audit_admin", "由审计管理员办理"),
        (("audit", "export", "../a.jsonl"), "audit_admin", "由审计管理员办理"),
        (("units", "export", "../u.csv"), "system_admin", "由系统管理员办理"),
        (("units", "import", "UNITS"), "system_admin", "由系统管理员办理"),
        (("calendar", "load", "NOTICE"), "system_admin", "由系统管理员装入"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_each_administrator_has_his_own(
    people: Operator, linjiang: Path, words: tuple[str, ...], may: str, sentence: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(people.folder)
    named = {"UNITS": str(linjiang / "units.csv"), "NOTICE": str(people.file("n.csv", NOTICE_2027))}
    words = tuple(named.get(word, word) for word in words)
    for login in ("jb", "office", *{"system_admin", "security_admin", "audit_admin"} - {may}):
        assert sentence in people.refused(*words, "--as", login)

    people.done(*words, "--as", may)


def test_an_act_stands_under_the_name_and_the_record_says_who_typed_it(
    people: Operator, engine_of: Engine
) -> None:
    people.done("users", "reset", "jb", "--as", "security_admin")

    with db.read(engine_of) as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    typed, act = [(entry.actor, entry.act, entry.detail) for entry in entries]
    assert typed == ("operator", "as_user", {"user": int(act[0].removeprefix("user:"))})
    assert act[1] == "users.reset"
    assert json.dumps(act[2]) == "{}"
