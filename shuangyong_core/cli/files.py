"""Reads and writes the files a command names; whatever the disk says comes out as a sentence."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO

from shuangyong_core.errors import Problem, Problems, Refused

LARGEST = 64 * 1024 * 1024
STANDARD_INPUT = "标准输入"
REASONS = {
    errno.ENOENT: "没有这个文件或文件夹，请核对路径。",
    errno.EISDIR: "这是文件夹，请写出文件名。",
    errno.ENOTDIR: "路径中有一段不是文件夹，请核对路径。",
    errno.EACCES: "没有权限，请核对文件和文件夹的权限。",
    errno.EPERM: "没有权限，请核对文件和文件夹的权限。",
    errno.EROFS: "这里只能读，不能写，请换一个文件夹。",
    errno.ENOSPC: "磁盘满了，请腾出空间后再试。",
    errno.ENAMETOOLONG: "文件名太长，请改短。",
}


def read_file(path: Path) -> bytes:
    """This function will read a named file; raises Problems when it cannot, or it is too large."""
    try:
        with path.open("rb") as source:
            return _read(source, path.name)
    except (OSError, ValueError) as fault:
        raise unusable(path, fault) from fault


def read_input(word: str) -> tuple[bytes, str]:
    """This function will read a file, or standard input for `-`, and give the name to show."""
    if word == "-":
        return _read(sys.stdin.buffer, STANDARD_INPUT), STANDARD_INPUT
    return read_file(Path(word)), Path(word).name


def _read(source: IO[bytes], name: str) -> bytes:
    data = source.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Problems([Problem("too_large", "超过 64 MB，请分成几份。", file=name)])
    if not data.strip():
        raise Problems([Problem("empty", "是空的，没有内容可读。", file=name)])
    return data


def read_text(path: Path) -> str:
    """This function will read a text file in UTF-8 or GB18030; raises Problems."""
    data = read_file(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    message = "认不出文字编码，请另存为 UTF-8 的 csv。"
    raise Problems([Problem("encoding", message, file=path.name)])


def write_file(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """This function will write a text whole, or leave what was there; raises Problems."""
    write_bytes(path, text.encode(encoding))


def write_bytes(path: Path, data: bytes) -> None:
    """This function will write a file whole, or leave what was there; raises Problems."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "")
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, ValueError) as fault:
        raise unusable(path, fault) from fault


def unusable(path: Path, fault: Exception) -> Problems:
    """This function will say why a path cannot be used."""
    reason = REASONS.get(getattr(fault, "errno", None) or 0, "用不了，请核对路径和磁盘。")
    return Problems([Problem("file", reason, file=path.name or str(path))])


@contextmanager
def naming(file: str) -> Iterator[None]:
    """This function will name the file in every problem, or in the sentence, of a refusal."""
    try:
        yield
    except Refused as refused:
        if refused.problems:
            refused.problems = tuple(
                replace(problem, file=problem.file or file) for problem in refused.problems
            )
        else:
            refused.sentence = f"{file}：{refused.sentence}"
        raise


@contextmanager
def private_files(folder: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """This function will lay files down for their owner alone; they get their names at the end.

    What is done inside fails: no file is left. Raises Problems; a file that is there is kept.
    """
    laid: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, data in files.items():
            final, beside = folder / name, folder / f".{name}.{os.getpid()}"
            if final.exists():
                message = "已有这个文件，请换一个文件夹，以免盖掉还没发出去的口令条。"
                raise Problems([Problem("file", message, file=name)])
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            laid.append((beside, final))
            with os.fdopen(handle, "wb") as open_file:
                open_file.write(data)
        yield
        for beside, final in laid:
            beside.replace(final)
    except OSError as fault:
        raise unusable(folder, fault) from fault
    finally:
        for beside, _ in laid:
            beside.unlink(missing_ok=True)
