"""The words for a unit's kind: English as stored, Chinese as shown and as typed in a file."""

from __future__ import annotations

from shuangyong_core.units.models import Kind

WORD_OF_KIND: dict[str, str] = {
    Kind.NATION: "全国",
    Kind.PROVINCE: "省",
    Kind.CITY: "市",
    Kind.DISTRICT: "区",
    Kind.STREET: "街道",
    Kind.COMMUNITY: "社区",
    Kind.UNION_FEDERATION: "区总工会",
    Kind.UNION_SUBFEDERATION: "街道总工会",
    Kind.GRASSROOTS_UNION: "基层工会",
    Kind.MEMBER_UNIT: "成员单位",
    Kind.ARMED_FORCES_DEPT: "人武部",
}
KIND_OF_WORD: dict[str, str] = (
    {str(kind): str(kind) for kind in Kind}
    | {word: str(kind) for kind, word in WORD_OF_KIND.items()}
    | {"县总工会": str(Kind.UNION_FEDERATION), "村": str(Kind.COMMUNITY)}
)
