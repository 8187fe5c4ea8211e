"""`users import`: accounts from a workbook, slips for each street, nothing half, nothing twice."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader
from sqlalchemy import Engine, select

from shuangyong_core import db
from shuangyong_core.accounts.models import User, UserGrant
from shuangyong_core.accounts.passwords import is_right
from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.units.models import Post
from tests.cli.conftest import Operator

STREET, COMMUNITY, SECOND = "990106001", "990106001001", "990106001002"
HEADS = ["单位编码", "单位", "岗位/称呼", "账号", "角色", "负责人类别"]
GOOD = [
    [STREET, "江滨街道", "江滨街道联络员", "", "管理、填报", "联络员"],
    [STREET, "", "江滨街道分管领导", "", "查看", "分管领导"],
    [COMMUNITY, "", "望江社区联络员", "", "填报", ""],
]


def workbook(*rows: list[object]) -> bytes:
    """A workbook of accounts."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADS, *rows]:
        sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_accounts_come_in_with_slips_and_a_second_time_nothing_changes(
    district: Operator, engine_of: Engine, tmp_path: Path
) -> None:
    file, folder = district.file("people.xlsx", workbook(*GOOD)), tmp_path / "slips"
    checked = district.done("users", "import", file, "--dry-run", "--json").json
    assert (checked["new"], folder.exists()) == (3, False)

    said = district.done("users", "import", file, "--slips", folder)

    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"{STREET}-口令条.docx", f"{STREET}-口令条.pdf"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (page,) = PdfReader(folder / names[1]).pages
    printed, word = page.extract_text(), (folder / names[0]).read_bytes()
    cells = Document(io.BytesIO(word)).tables[0]._cells
    tables = [inner for cell in cells for inner in cell.tables]
    written = "\n".join(p.text for inner in tables for p in inner.cell(0, 0).paragraphs)
    with db.read(engine_of) as session:
        users = session.scalars(select(User).order_by(User.login)).all()
        kinds = session.scalars(
            select(Post.kind).join(UserGrant, UserGrant.post == Post.id).order_by(UserGrant.id)
        ).all()
        told = str(session.scalars(select(AuditEntry.detail)).all())
    assert {user.login for user in users} == {STREET, COMMUNITY, f"{STREET}-fg"}
    assert kinds == ["liaison", "liaison", "leader_in_charge", "liaison"]
    for user in users:
        (password,) = [p for p in written.split() if is_right(user.password_hash, p)]
        assert password in printed
        assert password not in told + said.out + said.err
        assert user.must_change
    before = district.dump()
    again = district.done("users", "import", file, "--slips", folder)
    assert "新增 0，不变 3" in again.out
    assert district.dump() == before


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_written(
    district: Operator, tmp_path: Path
) -> None:
    district.done("users", "add", "jb", "--name", "甲岗", "--role", f"viewer@{STREET}")
    file = district.file("people.xlsx", workbook(
        *GOOD,
        ["990106999", "", "某社区联络员", "", "填报", ""],
        [int(COMMUNITY), "", "望江社区联络员", "wj2", "填报", ""],
        [SECOND, "望江社区", "滨河社区联络员", "", "填报", ""],
        [SECOND, "", "联络员 13000000000", "bh2", "填写", "组长"],
        [STREET, "", "江滨街道另一岗", "", "查看", "联络员"],
        [STREET, "", "甲岗", "jb", "填报", ""],
    ))  # fmt: skip

    said = district.refused("users", "import", file, "--slips", tmp_path / "slips")

    for sentence in (
        "第 6 行", "单元格请设为文本格式", "第 8 行", "请只写岗位",
        "请填下达、管理、审核、填报、查看", "请填主要领导、分管领导、联络员", "账号与第 2 行重复",
    ):  # fmt: skip
        assert sentence in said, sentence
    assert "13000000000" not in said
    assert not (tmp_path / "slips").exists()
    lines = workbook(*GOOD, ["990106999", "", "某岗", "", "填报", ""],
                     [SECOND, "望江社区", "滨河社区联络员", "", "填报", ""],
                     [STREET, "", "甲岗", "jb", "填报", ""])  # fmt: skip
    said = district.refused(
        "users", "import", district.file("p.xlsx", lines), "--slips", tmp_path / "slips"
    )
    for sentence in ("没有这个编码的单位", "这个编码的单位是“滨河社区”", "权限是 查看@990106001"):
        assert sentence in said, sentence


def test_slips_that_were_not_handed_out_are_not_written_over(
    district: Operator, tmp_path: Path
) -> None:
    folder = tmp_path / "slips"
    folder.mkdir()
    (folder / f"{STREET}-口令条.docx").write_text("old")
    file = district.file("people.xlsx", workbook(GOOD[2]))

    assert "已有这个文件" in district.refused("users", "import", file, "--slips", folder)
    assert [path.name for path in folder.iterdir()] == [f"{STREET}-口令条.docx"]
    assert "--slips" in district.refused("users", "import", file)


def test_the_list_to_fill_in_holds_who_is_missing(district: Operator, tmp_path: Path) -> None:
    district.done("users", "add", STREET, "--name", "街道联络员", "--role", f"manager@{STREET}")
    missing = district.done("users", "list", "--missing", "--unit", STREET, "--json").json["items"]
    assert COMMUNITY in {each["code"] for each in missing}
    assert STREET not in {each["code"] for each in missing}

    district.done("users", "template", tmp_path / "t.xlsx", "--unit", STREET)

    checked = district.done("users", "import", tmp_path / "t.xlsx", "--dry-run", "--json").json
    assert checked == {"new": len(missing), "same": 0}


def test_roles_are_delegated_listed_and_taken_back(district: Operator) -> None:
    for login, unit in (("wj", COMMUNITY), ("jb", STREET)):
        district.done("users", "add", login, "--name", f"{login}岗", "--role", f"reporter@{unit}")
    days = ("--from", "2026年7月9日", "--to", "2026-07-20")

    assert "只能委托本单位或上级单位" in district.refused("users", "delegate", "jb", "wj", *days)
    assert "--from填的“7.9”不能用" in district.refused(
        "users", "delegate", "wj", "jb", "--from", "7.9", "--to", "7.20"
    )
    assert "没有账号 jb" in district.refused("users", "delegate", "jb", "wj", *days, "--as", "wj")
    number = district.done("users", "delegate", "wj", "jb", *days, "--as", "wj", "--json").json
    (line,) = district.done("users", "delegations", "--as", "jb", "--json").json["items"]
    assert (line["number"], line["giver"], line["taker"]) == (number["number"], "wj岗", "jb岗")
    district.done("users", "revoke", str(number["number"]), "--as", "wj")
    assert "已撤回" in district.done("users", "delegations").out


def test_a_unit_is_renamed_and_a_post_handed_over(district: Operator, engine_of: Engine) -> None:
    district.done(
        "users", "add", "wj", "--name", "望江社区联络员", "--role", f"reporter@{COMMUNITY}"
    )
    district.done("users", "add", "jb", "--name", "街道", "--role", f"manager@{STREET}")

    district.done("units", "rename", COMMUNITY, "望江新社区", "--as", "jb")
    said = district.done("users", "hand-over", "wj", "--unit", COMMUNITY, "--as", "jb")

    with db.read(engine_of) as session:
        user = session.scalars(select(User).where(User.login == "wj")).one()
    assert is_right(user.password_hash, said.out.split()[-1])
    assert "望江新社区" in district.done("units", "tree", COMMUNITY).out
    for words in (("units", "rename", "990106002001", "某社区"), ("units", "rename", STREET, "某")):
        assert "没有编码为" in district.refused(*words, "--as", "jb")


@pytest.mark.parametrize("name", ["u.csv", "u.xlsx"])
def test_units_go_out_and_come_in_again_unchanged(
    district: Operator, tmp_path: Path, name: str
) -> None:
    district.done("units", "export", tmp_path / name)

    done = district.done("units", "import", tmp_path / name, "--json").json

    assert (done["new"], done["renamed"], done["bases"]) == (0, 0, 0)
    assert done["same"] > 400
