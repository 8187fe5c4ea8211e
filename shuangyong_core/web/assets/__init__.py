"""Set-up of the web assets: npm brings the exact packages, the few files needed are copied here."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

from shuangyong_core.errors import Refused
from shuangyong_core.web import icons

HERE = Path(__file__).parent
VENDOR = HERE.parent / "static" / "vendor"
STAMP = "stamp"

# From node_modules to static/vendor; a licence travels with what it covers.
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap/bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    "@tabler/icons/LICENSE": "tabler-icons/LICENSE",
}
FILES_FOR_TESTS = {
    "axe-core/axe.min.js": "axe-core/axe.min.js",
    "axe-core/LICENSE": "axe-core/LICENSE",
}
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
EMPTY_BOX = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


class NpmMissing(Refused):
    """Node's package manager is not on this machine."""

    message = "找不到 npm：请先安装 Node.js 20 或更高版本，再重新运行。"
    code = "npm_missing"


class NpmFailed(Refused):
    """npm ran and did not finish."""

    message = "npm 没有装完（退出码 {code}）：{tail}"
    code = "npm_failed"


def set_up(*, with_tests: bool = False) -> bool:
    """This function will fill static/vendor and say whether anything had to be done.

    Raises NpmMissing, NpmFailed.
    """
    wanted = _stamp(with_tests=with_tests)
    files = FILES | FILES_FOR_TESTS if with_tests else FILES
    if _stands(wanted, files):
        return False
    _install(with_tests=with_tests)
    for source, target in files.items():
        place = VENDOR / target
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / "node_modules" / source, place)
    _write_icons()
    (VENDOR / STAMP).write_text(wanted, encoding="utf-8")
    return True


def missing() -> list[str]:
    """This function will name the files a page needs that are not there yet."""
    needed = [*FILES.values(), "icons.json"]
    return [name for name in needed if not (VENDOR / name).is_file()]


def _stamp(*, with_tests: bool) -> str:
    lock = (HERE / "package-lock.json").read_bytes()
    told = repr((icons.NAMES, sorted(FILES.items()))).encode()
    kind = "with tests" if with_tests else "pages only"
    return f"{hashlib.sha256(lock + told).hexdigest()} {kind}"


def _stands(wanted: str, files: dict[str, str]) -> bool:
    stamp = VENDOR / STAMP
    if missing() or not stamp.is_file():
        return False
    found = stamp.read_text(encoding="utf-8")
    # What was set up for the tests is enough for the pages alone.
    same = found.split()[0] == wanted.split()[0]
    return same and all((VENDOR / name).is_file() for name in files.values())


def _install(*, with_tests: bool) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NpmMissing
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if not with_tests:
        command.append("--omit=dev")
    ran = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise NpmFailed(code=ran.returncode, tail=ran.stderr.strip()[-600:])


def _write_icons() -> None:
    folder = HERE / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
    drawings = {name: _drawing(folder / f"{name}.svg") for name in icons.NAMES}
    text = json.dumps(drawings, indent=1, sort_keys=True)
    (VENDOR / "icons.json").write_text(text, encoding="utf-8")


def _drawing(file: Path) -> str:
    found = DRAWING.search(file.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{file.name} holds no drawing")
    inside = EMPTY_BOX.sub("", found.group(1))
    return " ".join(inside.split())
