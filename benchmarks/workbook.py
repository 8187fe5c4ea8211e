"""A street's workbook of 90 units by 20 figures: verdict and import, beside a bare openpyxl read.

Each is done in a process of its own, so that its time and its memory are nobody else's.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import delete

from benchmarks import district
from shuangyong_core import db, migrations
from shuangyong_core.accounts.actor import Actor
from shuangyong_core.assignments.models import DueItem
from shuangyong_core.reports.actions.import_workbook import import_workbook
from shuangyong_core.reports.queries.check_workbook import check_workbook
from shuangyong_core.reports.queries.template import get_template
from shuangyong_core.reports.rules.workbook.read import read_workbook
from shuangyong_core.reports.rules.workbook.write import write_workbook

UNITS, FIGURES = 90, 20
STREET = "9901060002"
AT = datetime(2026, 10, 10, 2, 0, tzinfo=UTC)  # R4 is open
WHO = Actor("operator", None, "操作员")
SECRET = b"b" * 32
TIMES = 5


def run() -> list[str]:
    """This function will print seconds, peak memory and the ratio to a bare read."""
    folder = Path(tempfile.mkdtemp(prefix="shuangyong-"))
    try:
        wrote = _prepare(folder)
        bare, verdict, taken = (_measured(folder, what) for what in ("bare", "verdict", "import"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    ratio = verdict["seconds"] / bare["seconds"]
    return [
        f"written       {wrote:6.2f} s   {UNITS} units × {FIGURES} figures",
        f"bare openpyxl {bare['seconds']:6.2f} s   {bare['mb']:4.0f} MB at most",
        f"verdict       {verdict['seconds']:6.2f} s   {verdict['mb']:4.0f} MB at most"
        f"   {ratio:.2f} × the bare read",
        f"taken in      {taken['seconds']:6.2f} s   {taken['mb']:4.0f} MB at most"
        "   verdict, reports, one commit",
    ]


def _prepare(folder: Path) -> float:
    engine = db.make_engine(f"sqlite:///{folder / 'bench.db'}")
    migrations.upgrade(engine)
    district.plant(engine, streets=1, communities=UNITS, unions=0)
    with db.write(engine) as session:
        session.execute(delete(DueItem).where(DueItem.target > FIGURES))
    began = time.perf_counter()
    with db.read(engine) as session:
        template = get_template(session, "bench", "R4", STREET, below=True, actor=WHO, at=AT)
    data = write_workbook(template, secret=SECRET)
    wrote = time.perf_counter() - began
    book = load_workbook(io.BytesIO(data))
    for sheet in book.worksheets[1:-1]:
        keys = {cell.column: cell.value for cell in sheet[1] if "." in str(cell.value)}
        for row in sheet.iter_rows(min_row=6):
            for column, key in keys.items():
                row[column - 1].value = 9 if key.endswith("denominator") else 7
    book.save(folder / "filled.xlsx")
    engine.dispose()
    return wrote


def _measured(folder: Path, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.workbook", str(folder), what]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _bare(data: bytes) -> None:
    for sheet in load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass


def _alone(folder: Path, what: str) -> None:
    """Does one thing and prints the median of its seconds and the peak of its memory."""
    data = (folder / "filled.xlsx").read_bytes()
    engine = db.make_engine(f"sqlite:///{folder / 'bench.db'}")
    took = []
    for _ in range(1 if what == "import" else TIMES):
        began = time.perf_counter()
        if what == "bare":
            _bare(data)
        elif what == "verdict":
            filled = read_workbook(data, name="filled.xlsx", secret=SECRET)
            with db.read(engine) as session:
                verdict = check_workbook(session, filled, actor=WHO, at=AT)
            assert verdict.passes, verdict.summary
            assert verdict.checked == UNITS * FIGURES
        else:
            filled = read_workbook(data, name="filled.xlsx", secret=SECRET)
            with db.write(engine) as session:
                assert len(import_workbook(session, filled, actor=WHO, at=AT).receipts) == UNITS
        took.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": sorted(took)[len(took) // 2], "mb": peak}))


if __name__ == "__main__":
    _alone(Path(sys.argv[1]), sys.argv[2])
