"""确认任务分解: one button when nothing changed, every fault at once, one of two is told."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select

from shuangyong_core import db
from shuangyong_core.assignments.models import Assignment, Quota
from shuangyong_core.plans.models import Target
from shuangyong_core.units.models import Unit
from tests.web.conftest import Browser
from tests.web.district import COMMUNITY, DISTRICT, FEDERATION, PLAN, SECOND, STREET, District

Open = Callable[..., Browser]
HERE = f"/split/{PLAN}/{STREET}"
CELL = re.compile(r'name="(\w+\.[\w-]+)" value="([^"]*)"')
SEAL = re.compile(r'name="version" value="([^"]+)"')


def form_of(html: str) -> dict[str, str]:
    """The cells of the page and what it read."""
    found = SEAL.search(html)
    assert found
    return dict(CELL.findall(html)) | {"version": found[1]}


def held(district: District, code: str, unit: str) -> tuple[int, str]:
    """What a unit holds of a target, and how it stands."""
    with db.read(district.engine) as session:
        row = session.execute(
            select(Quota.held, Quota.state)
            .join(Target, Target.id == Quota.target)
            .join(Unit, Unit.id == Quota.unit)
            .where(Target.code == code, Unit.code == unit, Quota.valid_to.is_(None))
        ).one()
        return row.held, row.state


def hold_statuses(district: District, unit: str) -> set[str | None]:
    """Where everything that a unit passes on stands."""
    with db.read(district.engine) as session:
        rows = session.scalars(
            select(Assignment.hold_status)
            .join(Unit, Unit.id == Assignment.unit)
            .where(Unit.code == unit, Assignment.hold_status.is_not(None))
        )
        return set(rows)


def test_the_default_is_confirmed_with_one_button_asked_once(
    district: District, open_browser: Open
) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)

    asked = street.post_form(HERE, cells | {"act": "ask"})
    assert "按默认方案，没有改动" in asked.text
    done = street.post_form(HERE, cells | {"act": "confirm"})

    assert done.status_code == 303
    assert hold_statuses(district, STREET) == {"decomposed"}
    assert held(district, "C03", COMMUNITY)[1] == "confirmed"
    assert "已确认" in street.get(HERE).text


def test_changed_numbers_are_kept_and_confirmed(district: District, open_browser: Open) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)
    first, second = f"C03.{COMMUNITY}", f"C03.{SECOND}"
    before = int(cells[first])
    changed = cells | {first: str(before - 2), second: str(int(cells[second]) + 2)}

    done = street.post_form(HERE, changed | {"act": "confirm"})

    assert done.status_code == 303
    assert held(district, "C03", COMMUNITY) == (before - 2, "confirmed")
    assert hold_statuses(district, STREET) == {"decomposed"}
    # The default stays beside what was made of it.
    assert f'data-proposed="{before}"' in street.get(HERE).text


def test_every_fault_is_said_at_once_and_nothing_is_written(
    district: District, open_browser: Open
) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)
    wrong = cells | {f"C03.{COMMUNITY}": "十二点五", f"G03.{SECOND}": "-3", f"D06.{SECOND}": "1.5"}

    asked = street.post_form(HERE, wrong | {"act": "ask"})

    assert asked.status_code == 422
    assert asked.text.count('aria-invalid="true"') == 3
    assert "有 3 处需要改" in asked.text
    assert "十二点五" in asked.text
    assert street.post_form(HERE, wrong | {"act": "confirm"}).status_code == 422
    assert hold_statuses(district, STREET) == {"issued"}


def test_too_little_is_refused_for_every_task_at_once(
    district: District, open_browser: Open
) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)
    short = cells | {f"C03.{COMMUNITY}": "0", f"C04.{COMMUNITY}": "0"}

    answer = street.post_form(HERE, short | {"act": "confirm"})

    assert answer.status_code == 422
    assert "C03 春节走访优抚对象、烈军属：分解合计比下达数少" in answer.text
    assert "C04 八一走访优抚对象、烈军属：分解合计比下达数少" in answer.text
    assert hold_statuses(district, STREET) == {"issued"}


def test_an_excess_above_the_limit_needs_a_reason(district: District, open_browser: Open) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)
    more = cells | {f"C03.{COMMUNITY}": "60"}

    refused = street.post_form(HERE, more | {"act": "ask"})
    assert refused.status_code == 422
    assert 'name="reason"' in refused.text
    done = street.post_form(HERE, more | {"act": "confirm", "reason": "年初摸底新增"})

    assert done.status_code == 303
    page = open_browser("office").get("/progress")
    assert "分解数超过下达数" in page.text
    assert "年初摸底新增" in page.text


def test_of_two_the_second_is_told_who_changed_what(district: District, open_browser: Open) -> None:
    street, office = open_browser("street"), open_browser("office")
    mine, theirs = form_of(street.get(HERE).text), form_of(office.get(HERE).text)
    first, second = f"C03.{COMMUNITY}", f"C03.{SECOND}"
    moved = {first: str(int(mine[first]) - 1), second: str(int(mine[second]) + 1)}
    assert street.post_form(HERE, mine | moved | {"act": "confirm"}).status_code == 303

    late = office.post_form(HERE, theirs | {"act": "confirm"})

    assert late.status_code == 409
    assert "江滨街道联络员" in late.text
    assert "C03 春节走访优抚对象、烈军属" in late.text
    assert HERE in late.text


def test_the_default_can_be_taken_back(district: District, open_browser: Open) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)
    typed = cells | {f"C03.{COMMUNITY}": "99", "act": "reset"}

    answer = street.post_form(HERE, typed)

    assert form_of(answer.text)[f"C03.{COMMUNITY}"] == cells[f"C03.{COMMUNITY}"]


def test_a_viewer_looks_and_does_not_confirm(district: District, open_browser: Open) -> None:
    viewer = open_browser("viewer")

    page = viewer.get(HERE)

    assert page.status_code == 200
    assert 'value="ask"' not in page.text
    assert "管理" in page.text
    answer = viewer.post_form(HERE, form_of(page.text) | {"act": "confirm"})
    assert answer.status_code == 422
    assert hold_statuses(district, STREET) == {"issued"}


def test_the_issuer_and_the_federation_have_the_page_and_a_community_has_nothing_to_split(
    district: District, open_browser: Open
) -> None:
    assert "C03" in open_browser("office").get(f"/split/{PLAN}/{DISTRICT}").text
    assert "没有要分下去的数" in open_browser("federation").get(f"/split/{PLAN}/{FEDERATION}").text
    assert open_browser("clerk").get(f"/split/{PLAN}/{COMMUNITY}").status_code == 422


def test_a_method_fills_the_cells_and_nothing_else(district: District, open_browser: Open) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)

    shared = street.post_form(HERE, cells | {"how.C03": "equal", "act": "share"})
    same = street.post_form(HERE, cells | {"how.C03": "same", "act": "share"})
    lacking = street.post_form(HERE, cells | {"how.C03": "base:fleet", "act": "share"})

    equal = [int(one) for name, one in form_of(shared.text).items() if name.startswith("C03.")]
    total = sum(int(one) for name, one in cells.items() if name.startswith("C03."))
    assert sum(equal) == total
    assert max(equal) - min(equal) <= 1
    alike = [one for name, one in form_of(same.text).items() if name.startswith("C03.")]
    assert len(set(alike)) == 1
    assert lacking.status_code == 422
    assert "没有基数" in lacking.text
    assert hold_statuses(district, STREET) == {"issued"}


def test_a_cell_of_another_streets_unit_is_refused(district: District, open_browser: Open) -> None:
    street = open_browser("street")
    cells = form_of(street.get(HERE).text)

    answer = street.post_form(HERE, cells | {"C03.990106002001": "0", "act": "confirm"})

    assert answer.status_code == 422
    assert "不是本单位这项任务的下级" in answer.text
    assert hold_statuses(district, STREET) == {"issued"}


def test_an_earlier_date_is_given_below_and_shown_above(
    district: District, open_browser: Open
) -> None:
    street = open_browser("street")
    street.get(f"{HERE}/dates")
    wish = {"round": "R3", "unit": COMMUNITY, "target": "C04", "act": "give"}

    early = street.post_form(f"{HERE}/dates", wish | {"due": "2026-07-29"})
    nothing = street.post_form(f"{HERE}/dates", wish | {"due": "八月初"})
    given = street.post_form(f"{HERE}/dates", wish | {"due": "2026-07-29", "reason": "街道先汇总"})

    assert (early.status_code, nothing.status_code, given.status_code) == (422, 422, 303)
    assert "请写明理由" in early.text
    assert "街道先汇总" in street.get(f"{HERE}/dates").text
    above = open_browser("office").get(f"/guards/{PLAN}/{DISTRICT}")
    assert "街道先汇总" in above.text
    assert "8月7日 → 7月29日" in above.text
    assert open_browser("clerk").get(f"/guards/{PLAN}/{DISTRICT}").status_code == 404


def test_a_half_done_split_is_put_aside_and_gone_on_with(
    district: District, open_browser: Open
) -> None:
    street, office = open_browser("street"), open_browser("office")
    cells = form_of(street.get(HERE).text)
    office.get(HERE)
    typed = cells | {f"C03.{COMMUNITY}": "1", f"C03.{SECOND}": "八九个"}
    assert street.post_form(HERE, typed | {"act": "draft"}).status_code == 303

    page = open_browser("street").get(HERE).text
    assert "这份分解方案还没有下达" in page
    assert form_of(page)[f"C03.{SECOND}"] == "八九个"
    assert page.count('aria-invalid="true"') == 1
    todo = street.get("/todo").text
    assert "有一份没下达的分解方案（C03，7月20日存）" in todo
    late = office.post_form(HERE, typed | {f"C03.{SECOND}": "5", "act": "draft"})
    assert late.status_code == 409
    assert "江滨街道联络员" in late.text
    assert form_of(late.text)[f"C03.{SECOND}"] == "5"
    assert "这份分解方案" not in open_browser("viewer").get(HERE).text

    street.get(HERE)
    total = sum(int(one) for name, one in cells.items() if name.startswith("C03."))
    rest = total - sum(
        int(one) for name, one in cells.items()
        if name.startswith("C03.") and name not in (f"C03.{COMMUNITY}", f"C03.{SECOND}")
    )  # fmt: skip
    whole = typed | {f"C03.{SECOND}": str(rest - 1)}
    street.post_form(HERE, whole | {"act": "ask"})
    assert street.post_form(HERE, whole | {"act": "confirm"}).status_code == 303
    assert held(district, "C03", SECOND) == (rest - 1, "confirmed")
    assert "没下达的分解方案" not in street.get("/todo").text + street.get(HERE).text
