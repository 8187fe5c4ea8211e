"""Bringing units in: all or nothing, and the same file twice changes nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from shuangyong_core import db
from shuangyong_core.errors import Problems
from shuangyong_core.units.actions import Imported, KindChanged, import_units
from shuangyong_core.units.models import Tree, Unit, UnitBase, UnitLink
from shuangyong_core.units.queries import get_bases, get_links, list_tree
from shuangyong_core.units.reading import read_units

HEADER = "code,name,kind,parent_code,territory_code,base:households\n"
SMALL = (
    HEADER + "A,甲区,district,,,\nA1,甲一街道,street,A,,\nA1G,甲一工会,grassroots_union,A,A1,7\n"
)


def take(engine: Engine, text: str, at: datetime) -> Imported:
    with db.write(engine) as session:
        return import_units(session, read_units(text.encode(), "u.csv"), actor="operator", at=at)


def counts(engine: Engine) -> list[int]:
    with db.read(engine) as session:
        return [
            session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Unit, UnitLink, UnitBase)
        ]


def test_both_trees_are_kept(engine: Engine, at: datetime) -> None:
    take(engine, SMALL, at)

    with db.read(engine) as session:
        links = get_links(session)
        by_superior = [(x.depth, x.code) for x in list_tree(session, tree=Tree.RESPONSIBILITY)]
        by_place = [(x.depth, x.code) for x in list_tree(session, tree=Tree.TERRITORY)]
        bases = get_bases(session)
    assert (links["A1G"].parent, links["A1G"].territory) == ("A", "A1")
    assert by_superior == [(0, "A"), (1, "A1"), (1, "A1G")]
    assert by_place == [(0, "A"), (1, "A1"), (2, "A1G")]
    assert bases == {"A1G": {"households": 7}}


def test_the_same_file_twice_changes_nothing(engine: Engine, at: datetime) -> None:
    first = take(engine, SMALL, at)
    before = counts(engine)

    again = take(engine, SMALL, at)

    assert (first.new, again.new, again.renamed, again.bases, again.same) == (3, 0, 0, 0, 3)
    assert counts(engine) == before


def test_a_new_name_and_a_new_base_are_taken(engine: Engine, at: datetime) -> None:
    take(engine, SMALL, at)

    done = take(engine, SMALL.replace("甲一街道", "甲一新街道").replace(",7", ",8"), at)

    assert (done.renamed, done.new) == (1, 0)
    with db.read(engine) as session:
        assert get_bases(session) == {"A1G": {"households": 8}}
        assert get_links(session)["A1"].name == "甲一新街道"


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "B,乙区,district,,,\nB1,乙一,street,C,,\n",
        HEADER + "A,甲区,district,,,\nA1,甲一街道,community,A,,\n",
        HEADER + "B,乙区,district,,,\nB,乙区,district,,,\n",
    ],
)
def test_after_a_refusal_the_database_is_as_before(engine: Engine, at: datetime, text: str) -> None:
    take(engine, SMALL, at)
    before = counts(engine)

    with pytest.raises((Problems, KindChanged)):
        take(engine, text, at)

    assert counts(engine) == before


def test_a_real_district_comes_in_whole(engine: Engine, at: datetime, shared_data: Path) -> None:
    data = (shared_data / "units-510106.csv").read_bytes()

    with db.write(engine) as session:
        done = import_units(session, read_units(data, "units.csv"), actor="operator", at=at)
        under = list_tree(session, tree=Tree.TERRITORY, depth=0)

    assert done.new == 400
    assert [line.code for line in under] == ["510106"]
