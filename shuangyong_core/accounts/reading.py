"""Reading a file of accounts: which post of which unit comes to the system, with which roles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from shuangyong_core.accounts.actor import Role
from shuangyong_core.accounts.rules import ROLE_WORDS, check_login, check_post_name
from shuangyong_core.errors import Problem, Problems, Refused
from shuangyong_core.guard.masking import mask
from shuangyong_core.sheets import Cell, Table, TableRow, find_table, open_book, why_unusable
from shuangyong_core.units.models import PostKind

MOST_SHOWN = 200
HEADERS = {
    "unit": ("单位编码", "编码"),
    "unit_name": ("单位", "单位名称"),
    "name": ("岗位", "岗位/称呼", "称呼", "岗位名称"),
    "login": ("账号", "登录账号"),
    "roles": ("角色", "权限"),
    "post": ("负责人类别", "责任人类别"),
}
REQUIRED = ("unit", "name", "roles")
ROLE_OF_WORD = {word: role for role, word in ROLE_WORDS.items()} | {
    "经办": Role.MANAGER,
    "下达人": Role.ISSUER,
}
POST_WORDS = {
    PostKind.PRINCIPAL_LEADER: "主要领导",
    PostKind.LEADER_IN_CHARGE: "分管领导",
    PostKind.LIAISON: "联络员",
}
POST_OF_WORD = {word: kind for kind, word in POST_WORDS.items()}
# An account without a login of its own is called by its unit's code; a leader's gets an end.
ENDS = {PostKind.LIAISON: "", PostKind.LEADER_IN_CHARGE: "-fg", PostKind.PRINCIPAL_LEADER: "-zy"}


@dataclass(frozen=True, slots=True)
class AccountText:
    """One account as the file has it."""

    row: int
    unit: str
    unit_name: str
    name: str
    login: str
    roles: tuple[Role, ...]
    post: PostKind


@dataclass(frozen=True, slots=True)
class AccountList:
    """The accounts of one file."""

    file: str
    accounts: tuple[AccountText, ...]


def read_accounts(data: bytes, file: str) -> AccountList:
    """This function will read accounts from a workbook or csv; `Problems` names every fault."""
    table = find_table(open_book(data, name=file).first, HEADERS, required=REQUIRED, file=file)
    problems: list[Problem] = []
    accounts = [
        _Row(row, table, file, problems).account()
        for row in table.rows
        if any(not row.get(key).is_blank for key in HEADERS)
    ]
    if not accounts and not problems:
        problems.append(Problem("empty", "文件里没有账号，请从表头下一行起一行一个。", file=file))
    problems += _doubled(accounts, file)
    if problems:
        raise Problems(sorted(problems, key=lambda each: each.row or 0)[:MOST_SHOWN])
    return AccountList(file, tuple(accounts))


def _doubled(accounts: Iterable[AccountText], file: str) -> Iterable[Problem]:
    first: dict[str, int] = {}
    for each in accounts:
        if each.login and each.login in first:
            message = f"账号与第 {first[each.login]} 行重复，请在“账号”列写一个不同的。"
            yield Problem("doubled_login", message, file=file, row=each.row, column="账号",
                          value=mask(each.login))  # fmt: skip
        first.setdefault(each.login, each.row)


class _Row:
    """One row while it is read; what is wrong goes to the shared list of problems."""

    def __init__(self, row: TableRow, table: Table, file: str, problems: list[Problem]) -> None:
        self._row, self._table, self._file, self._problems = row, table, file, problems

    def account(self) -> AccountText:
        unit = self._code("unit")
        post = self._post()
        login = self._code("login") or (f"{unit}{ENDS[post]}" if unit else "")
        return AccountText(
            self._row.number, unit, self._text("unit_name"), self._name(),
            self._login(login), self._roles(), post,
        )  # fmt: skip

    def _wrong(self, key: str, code: str, message: str, *, hide: bool = False) -> None:
        value = None if hide else mask(self._row.get(key).text)
        self._problems.append(
            Problem(code, message, file=self._file, row=self._row.number,
                    column=self._table.title_of(key), value=value)
        )  # fmt: skip

    def _text(self, key: str) -> str:
        cell = self._row.get(key)
        if why := why_unusable(cell):
            self._wrong(key, *why)
            return ""
        return cell.text.strip()

    def _code(self, key: str) -> str:
        text = self._text(key)
        if is_spoiled(self._row.get(key)):
            message = "被表格改成了数字，开头的 0 会丢，单元格请设为文本格式再填。"
            self._wrong(key, "spoiled_code", message)
            return ""
        if not text and key == "unit" and not why_unusable(self._row.get(key)):
            self._wrong(key, "blank", "不能为空。")
        return text

    def _login(self, login: str) -> str:
        try:
            if login:
                check_login(login)
        except Refused as refused:
            self._wrong("login", refused.code, refused.sentence)
        return login

    def _name(self) -> str:
        name = self._text("name")
        try:
            check_post_name(name)
        except Refused as refused:
            # What looks like a person's number is never shown again.
            self._wrong("name", refused.code, refused.sentence, hide=True)
        return name

    def _roles(self) -> tuple[Role, ...]:
        words = [word for word in re.split(r"[、，,;；/\s]+", self._text("roles")) if word]
        known = [ROLE_OF_WORD[word] for word in words if word in ROLE_OF_WORD]
        if not words or len(known) < len(words):
            said = f"请填{'、'.join(ROLE_WORDS.values())}，几种用顿号隔开。"
            self._wrong("roles", "unknown_role", said)
        return tuple(dict.fromkeys(known))

    def _post(self) -> PostKind:
        word = self._text("post") or POST_WORDS[PostKind.LIAISON]
        if word not in POST_OF_WORD:
            self._wrong("post", "unknown_post", f"请填{'、'.join(POST_WORDS.values())}。")
        return POST_OF_WORD.get(word, PostKind.LIAISON)


def is_spoiled(cell: Cell) -> bool:
    """This function will say whether a code was turned into a number by the spreadsheet."""
    return isinstance(cell.value, int | Decimal | float) or bool(
        re.fullmatch(r"\d+\.0+|\d(\.\d+)?[eE]\+?\d+", cell.text.strip())
    )
