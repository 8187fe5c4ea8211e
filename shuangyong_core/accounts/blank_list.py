"""A workbook for `users import`, filled in for units without an account: the office checks it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from xlsxwriter import Workbook

from shuangyong_core.accounts.queries.people import Lacking
from shuangyong_core.accounts.reading import POST_WORDS
from shuangyong_core.accounts.rules import ROLE_WORDS
from shuangyong_core.sheets import new_book_options
from shuangyong_core.units.models import Kind

HEADS = ("单位编码", "单位", "岗位/称呼", "账号", "角色", "负责人类别")
WIDTHS = (18, 34, 34, 20, 22, 14)
NOTE = "只写岗位，不写人名、电话和证件号码。账号不填就用单位编码；角色可填几种，用顿号隔开。"
LEAVES = (Kind.COMMUNITY, Kind.GRASSROOTS_UNION, Kind.MEMBER_UNIT, Kind.ARMED_FORCES_DEPT)
TOP = (Kind.NATION, Kind.PROVINCE, Kind.CITY, Kind.DISTRICT)
ROWS = 2000  # so far down the choices reach


def blank_list(lacking: Sequence[Lacking]) -> bytes:
    """This function will write the workbook: codes as text, roles and posts to choose from."""
    data = io.BytesIO()
    book = Workbook(data, new_book_options())
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "bg_color": "#F1F3F6", "border": 1})
    grey = book.add_format({"font_color": "#5B6472"})
    sheet = book.add_worksheet("账号")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width, text)
    sheet.write_string(0, 0, NOTE, grey)
    for column, word in enumerate(HEADS):
        sheet.write_string(1, column, word, head)
    for number, row in enumerate(_rows(lacking), start=2):
        for column, value in enumerate(row):
            sheet.write_string(number, column, value, text)
    posts = list(POST_WORDS.values())
    sheet.data_validation(2, 5, ROWS, 5, {"validate": "list", "source": posts})
    said = "、".join(ROLE_WORDS.values())
    hint = {"validate": "any", "input_title": "角色", "input_message": f"{said}；几种用顿号隔开"}
    sheet.data_validation(2, 4, ROWS, 4, hint)
    sheet.freeze_panes(2, 2)
    book.close()
    return data.getvalue()


def _rows(lacking: Sequence[Lacking]) -> Iterator[tuple[str, ...]]:
    for unit in lacking:
        yield unit.code, unit.name, f"{unit.name}联络员", unit.code, _roles(unit.kind), "联络员"
        if unit.kind not in LEAVES and not unit.has_account:
            # Nobody reviews what they typed: where others' reports come in, a second account.
            yield unit.code, unit.name, f"{unit.name}审核岗", f"{unit.code}-sh", "审核", "联络员"


def _roles(kind: str) -> str:
    if kind in LEAVES:
        return "填报"
    return "下达、管理" if kind in TOP else "管理、填报"
