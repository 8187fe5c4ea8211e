"""A small invented district for the tests of this door: two streets, three communities, a union."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine

from shuangyong_core import db
from shuangyong_core.accounts.actions import create_token
from shuangyong_core.accounts.actor import Actor, Role
from shuangyong_core.units.actions import import_units
from shuangyong_core.units.reading import read_units

OPERATOR = Actor("operator", "test", "操作员")
LAUNCHED_AT = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
UNITS = """code,name,kind,parent_code,territory_code
990107,望江区,district,,
990107001,甲街道,street,990107,
990107002,乙街道,street,990107,
990107001001,甲一社区,community,990107001,
990107001002,甲二社区,community,990107001,
990107002001,乙一社区,community,990107002,
990107-ZGH,望江区总工会,union_federation,990107,
990107-ZGH001,甲厂工会,grassroots_union,990107-ZGH,990107001
"""
TOKENS: Mapping[str, tuple[str, Role]] = {
    "district": ("990107", Role.ISSUER),
    "district_reviewer": ("990107", Role.REVIEWER),
    "street": ("990107001", Role.MANAGER),
    "street_reviewer": ("990107001", Role.REVIEWER),
    "sibling": ("990107002", Role.MANAGER),
    "community": ("990107001001", Role.REPORTER),
    "federation": ("990107-ZGH", Role.MANAGER),
    "union": ("990107-ZGH001", Role.REPORTER),
}


def build(engine: Engine) -> dict[str, str]:
    """This function will keep the units and give a token's secret for every role above."""
    with db.write(engine) as session:
        listed = read_units(UNITS.encode(), "units.csv")
        import_units(session, listed, actor=OPERATOR.key, at=LAUNCHED_AT)
        return {
            name: create_token(
                session, unit=unit, role=role, label=name, actor=OPERATOR, at=LAUNCHED_AT
            )
            for name, (unit, role) in TOKENS.items()
        }
