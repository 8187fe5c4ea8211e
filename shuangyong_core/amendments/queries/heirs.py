"""Who is to go on for a unit, as an act names them: known, new, or not to be had."""

from __future__ import annotations

from collections.abc import Mapping

from shuangyong_core.amendments.queries.resolved import Resolved
from shuangyong_core.amendments.queries.units_named import UnitKnown
from shuangyong_core.amendments.rules.acts import Act, ActKind
from shuangyong_core.units.kinds import WORD_OF_KIND
from shuangyong_core.units.models import Kind
from shuangyong_core.units.successions import Succession

UNKNOWN = "没有这个编码的单位，或者不在您的范围内。"
NOT_NEW = "没有这个编码的单位；新设的单位请同时写新名称。"
LOWEST = (Kind.COMMUNITY, Kind.GRASSROOTS_UNION)


def find_heir(
    found: Resolved, act: Act, unit: UnitKnown, gone: Mapping[str, list[Succession]]
) -> int | None:
    """This function will give the unit an act goes to, made known when it is new."""
    heir = found.units.get(act.to)
    is_new = act.name and act.to not in found.taken
    if heir is None and act.kind is not ActKind.MOVE and is_new:
        heir = UnitKnown(-len(found.fresh) - 1, act.to, act.name, unit.kind)
        found.units[act.to] = heir
        found.fresh.append(heir)
    said = _why_no_heir(act, unit, heir)
    if said:
        found.wrong(act.row, "to", said[0], said[1], act.to)
        return None
    if heir is None or act.to in gone:
        found.is_gone(act, "to", gone.get(act.to, []))
        return None
    return heir.id


def _why_no_heir(act: Act, unit: UnitKnown, heir: UnitKnown | None) -> tuple[str, str] | None:
    if heir is None:
        return "unknown_unit", UNKNOWN if act.kind is ActKind.MOVE else NOT_NEW
    if heir.id == unit.id and act.kind is not ActKind.SPLIT:
        return "itself", "去向不能是它自己。"
    if act.kind is ActKind.MOVE:
        word = WORD_OF_KIND.get(heir.kind, heir.kind)
        return ("too_low", f"{word}下面不再设单位，请核对上级。") if heir.kind in LOWEST else None
    if act.name and heir.name != act.name:
        return "other_name", f"这个单位已有，叫“{heir.name}”；要改名请另写一行“更名”。"
    if heir.kind != unit.kind:
        return "other_kind", "两个单位的类型不同，不能合并或拆分，请核对编码。"
    return None


def find_site(found: Resolved, act: Act, gone: Mapping[str, list[Succession]]) -> int | None:
    """This function will give the territory a moved unit is to lie in, if one is named."""
    if not act.territory:
        return None
    if act.kind is not ActKind.MOVE:
        found.wrong(act.row, "territory", "not_used", "只有划转可以写新属地。", act.territory)
        return None
    site = found.units.get(act.territory)
    if site is None or act.territory in gone:
        found.wrong(act.row, "territory", "unknown_unit", UNKNOWN, act.territory)
        return None
    return site.id
