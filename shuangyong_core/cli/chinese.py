"""What the command parser says of itself, in the words of the house: its help and its errors."""

from __future__ import annotations

import re
from typing import Any

import typer

# Each keeps the width of what it replaces where a column follows.
WORDS = (
    ("Show this message and exit.", "显示这段说明"),
    ("COMMAND [ARGS]...", "命令 …"),
    ("Arguments:", "参数："),
    ("Commands:", "命令："),
    ("[OPTIONS]", "[选项]"),
    ("required]", "必填]"),
    ("[default: ", "[默认："),
    ("Options:", "选项："),
    ("Usage: ", "用法："),
    ("<list[str]>", "文字，可多个"),
    ("<int range>", "数字       "),
    ("<path>", "文件  "),
    ("<str>", "文字 "),
    ("<int>", "数字 "),
)
CHOICES = re.compile(r"'([^']*)' is not one of (.+?)\.?$")
UNKNOWN_COMMAND = re.compile(r"No such command '(.*)'")
EXTRA = re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)")
LEAST = re.compile(r"greater than or equal to (-?\d+)")


def in_chinese(text: str) -> str:
    """This function will put the parser's own words of a help page into Chinese."""
    for word, ours in WORDS:
        text = text.replace(word, ours)
    return text


def explain(error: typer.TyperException) -> str:
    """This function will say what is wrong with a command line, and how it is written."""
    context: Any = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        return in_chinese(str(error.message))
    said = _sentence(error)
    if context is None:
        return f"{said}\n用法：shuangyong --help"
    return f"{said}\n{in_chinese(context.get_usage())}\n详见 {context.command_path} --help"


def _sentence(error: Any) -> str:
    kind, message = type(error).__name__, str(error.message)
    if kind == "MissingParameter":
        return f"缺少 {_name(error.param)}{_help(error.param)}。"
    if kind == "BadParameter":
        return f"{_name(error.param)} {_why(message)}"
    if kind == "NoSuchOption":
        near = "、".join(error.possibilities or ())
        return f"没有选项 {error.option_name}{f'，您要的是不是 {near}？' if near else '。'}"
    if kind == "BadOptionUsage":
        return f"选项 {error.option_name} 的写法不对：要写值的选项后面要有值，其余的不能有。"
    if found := UNKNOWN_COMMAND.search(message):
        return f"没有命令 {found[1]}。"
    if found := EXTRA.search(message):
        return f"多写了 {found[1]}，请去掉；文字里有空格的要加引号。"
    return "后面要写一个命令。" if message == "Missing command." else message


def _name(param: Any) -> str:
    return str(param.opts[-1] if param.param_type_name == "option" else param.name)


def _help(param: Any) -> str:
    words = getattr(param, "help", None)
    return f"（{words}）" if words else ""


def _why(message: str) -> str:
    if found := CHOICES.search(message):
        known = found[2].replace("'", "").replace(", ", "、")
        return f"没有“{found[1]}”这个值，可用：{known}。"
    if found := LEAST.search(message):
        return f"要填不小于 {found[1]} 的整数。"
    return "要填一个整数。" if "integer" in message else "的值不对，请核对。"
