"""Writes the next migration from what the models have that the history has not (make migration)."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from shuangyong_core import migrations
from shuangyong_core.clock import Clock
from shuangyong_core.db import make_engine


def write_migration(name: str) -> Path:
    """This function will write `versions/DATE-N_NAME.py` and give its path; read it before use."""
    versions = migrations.HERE / "versions"
    day = Clock().today().isoformat()
    number = len(list(versions.glob(f"{day}-*.py"))) + 1
    config = migrations.configuration()
    config.set_main_option("file_template", f"{day}-{number}_%%(slug)s")
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/scratch.db")
        migrations.upgrade(engine)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            revision = f"{day.replace('-', '_')}_{number}"
            command.revision(config, name, autogenerate=True, rev_id=revision)
        engine.dispose()
    written = next(versions.glob(f"{day}-{number}_*.py"))
    lines = written.read_text().splitlines(keepends=True)
    written.write_text("".join(line for line in lines if "# ###" not in line))
    return written


if __name__ == "__main__":
    print(write_migration(" ".join(sys.argv[1:])))
