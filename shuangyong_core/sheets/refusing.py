"""What is said of a file that cannot be read, and of a cell that cannot be used."""

from __future__ import annotations

from shuangyong_core.errors import Problem, Problems
from shuangyong_core.guard.masking import mask
from shuangyong_core.sheets.book import NO_VALUE, Cell, Limits, Sheet, letters

MOST_SHOWN = 200
SAVE_AS = "请用 Excel 或 WPS 打开后另存为 xlsx 再上传。"
SENTENCES = {
    "empty": "文件是空的，请核对后重新上传。",
    "file_too_large": "文件超过 {upload} MB，请删去图片和无关的工作表，或分成几份。",
    "not_a_workbook": "{what}，" + SAVE_AS,
    "broken_file": "文件不完整或已损坏（{what}），" + SAVE_AS,
    "file_too_complex": "文件内容过大或过于复杂（{what}），请把数据复制到新下载的模板中再上传。",
    "macro": "文件里有宏（{what}），不能上传，请另存为不带宏的 xlsx。",
    "external_link": "文件引用了别的文件（{what}），请断开链接、只留数值后再上传。",
    "embedded": "文件里嵌有别的文件或控件（{what}），请删去后再上传。",
    "encrypted": "文件加了打开密码，系统读不了，请去掉密码后再上传。",
    "too_many_rows": "“{what}”超出前 {rows} 行，请删去多余的行，或分成几份。",
    "too_many_columns": "“{what}”超出前 {columns} 列，请删去多余的列。",
    "encoding": "认不出文字编码（第 {what} 个字节起），请另存为 UTF-8 的 csv 或 xlsx。",
    "no_sheet": "文件里没有工作表，请核对后重新上传。",
}


def refuse(code: str, name: str, *, limits: Limits, what: object = "") -> Problem:
    """This function will give the problem of a whole file, in the sentence of its code."""
    said = SENTENCES[code].format(
        what=what, upload=limits.upload // (1024 * 1024), rows=limits.rows, columns=limits.columns
    )
    return Problem(code, said, file=name)


class Unreadable(Exception):
    """Why a file cannot be read, from deep inside; `open_book` turns it into Problems."""

    def __init__(self, code: str, what: object = "") -> None:
        super().__init__(code)
        self.code, self.what = code, what


class FileTooLarge(Problems):
    """The file is larger than any that is opened."""


class WrongKindOfFile(Problems):
    """The file is no workbook and no csv, whatever its name says."""


OF_CODE: dict[str, type[Problems]] = {
    "file_too_large": FileTooLarge,
    "not_a_workbook": WrongKindOfFile,
}


def all_at_once(problems: list[Problem]) -> Problems:
    """This function will give the refusal that names every problem, two hundred at most."""
    kinds = {OF_CODE.get(problem.code, Problems) for problem in problems}
    kind = kinds.pop() if len(kinds) == 1 else Problems
    return kind(problems[:MOST_SHOWN])


def problem_at(
    code: str, message: str, *, file: str, sheet: Sheet, cell: Cell, header: str = ""
) -> Problem:
    """This function will name a problem where a person sees it in Excel: row 9, 社区!E9."""
    return Problem(
        code,
        message,
        file=file,
        row=cell.row,
        column=header or letters(cell.column),
        field=sheet.at(cell.place),
        value=mask(cell.error or cell.text),
    )


def why_unusable(cell: Cell) -> tuple[str, str] | None:
    """This function will say why nothing may be read from a cell, as (code, sentence), or None."""
    if cell.error == NO_VALUE:
        return "no_value", "公式没有算出的值，请打开文件保存一次再上传，或直接填数。"
    if cell.error:
        return "cell_error", f"这一格是错误值 {cell.error}，请改正公式，或直接填数。"
    if cell.merged:
        return "merged", f"{cell.merged} 是合并单元格，请取消合并，逐格填写。"
    return None
