"""What must not be kept is found however it is written, and everyday words are left alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuangyong_core.guard.masking import HARMFUL, mask
from shuangyong_core.guard.scanning import Hit, Kind, Policy, Way, scan
from shuangyong_core.guard.scanning.numbers import CHECK_LETTERS, WEIGHTS, is_bank_card

MOBILE = "130" + "0" * 8  # made up, as all numbers here
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


def id_number(seventeen: str) -> str:
    """A made-up number of an invented district, with its right check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + CHECK_LETTERS[total % 11]


def card(first: str, *, length: int) -> str:
    """A made-up card number that passes the Luhn check."""
    body = first.ljust(length - 1, "0")
    return next(body + digit for digit in "0123456789" if is_bank_card(body + digit))


ID = id_number("99010619000101001")
CARD = card("6200", length=19)


def kinds(text: str) -> list[Kind]:
    """What a scan finds in a text."""
    return [hit.kind for hit in scan(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("慰问00000部队官兵", Kind.DESIGNATION),
        ("慰问 ０００００ 部队", Kind.DESIGNATION),
        ("慰问〇〇〇〇〇部队", Kind.DESIGNATION),
        ("慰问零零零零零部队", Kind.DESIGNATION),
        ("慰问0 0 0 0 0部队", Kind.DESIGNATION),
        ("慰问0\u200b0\u200b0\u200b0\u200b0部队", Kind.DESIGNATION),
        ("慰问⓪⓪⓪⓪⓪部队", Kind.DESIGNATION),
        ("部队代号：00000", Kind.DESIGNATION),
        ("番号为甲乙", Kind.DESIGNATION),
        ("第999集团军", Kind.DESIGNATION),
        ("第九百九十旅", Kind.DESIGNATION),
        ("九九九旅来人", Kind.DESIGNATION),
        ("武警某部第99支队", Kind.DESIGNATION),
        ("海军第99支队", Kind.DESIGNATION),
        ("机密★10年", Kind.CLASSIFICATION_MARK),
        ("秘密 ☆", Kind.CLASSIFICATION_MARK),
        ("密级：秘密", Kind.CLASSIFICATION_MARK),
        ("会议纪要\n绝密\n", Kind.CLASSIFICATION_MARK),
        ("内部资料，注意保存", Kind.CLASSIFICATION_MARK),
        ("驻军近日换防", Kind.MILITARY_MATTER),
        ("兵力99人", Kind.MILITARY_MATTER),
        ("营区坐标见附图", Kind.MILITARY_MATTER),
        ("位于东经99.001度", Kind.MILITARY_MATTER),
        (f"身份证{ID}", Kind.ID_NUMBER),
        (f"身份证{ID[:6]} {ID[6:14]} {ID[14:]}", Kind.ID_NUMBER),
        ("身份证" + " ".join(ID), Kind.ID_NUMBER),
        (ID.translate(WIDE), Kind.ID_NUMBER),
        (ID.translate(HAN), Kind.ID_NUMBER),
        (f"电话{MOBILE}", Kind.MOBILE_NUMBER),
        ("电话130 0000 0000", Kind.MOBILE_NUMBER),
        ("电话+86-130-0000-0000", Kind.MOBILE_NUMBER),
        (MOBILE.translate(HAN), Kind.MOBILE_NUMBER),
        (f"卡号{CARD}", Kind.BANK_CARD),
        ("卡号" + " ".join(CARD[at : at + 4] for at in range(0, 19, 4)), Kind.BANK_CARD),
    ],
)
def test_it_is_found_however_it_is_written(text: str, kind: Kind) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "走访慰问驻军单位A，看望部队官兵 30 人",
        "第12届职工运动会，参加12人",
        "慰问金 50000 元，慰问品 10000 份",
        "编制双拥工作规划，配备健身装备2套",
        "参加第3团支部活动，2团员、3连冠、第三营业部",
        "学校师生 120 人，十二师生代表",
        "消防救援第3中队、少先队第2中队共建",
        "开展保密教育，不得涉及国家秘密和工作秘密",
        "区双拥办〔2026〕12号文件，2026-07-03 至 2026-07-05",
        "单位编码 990106001002，户数 1 2 3 4 5 6 7 8 9 10 11 12",
        "2026年十一月二十日，武警官兵参加",
        "合唱团、旅游团 3 个，军民共建基地 12 个",
        f"编号{id_number('99010619000101001')[:17]}",
        "身份证号 " + ID[:17] + ("0" if ID[17] != "0" else "1"),
        "卡号" + CARD[:-1] + str((int(CARD[-1]) + 1) % 10),
        "电话 0991-0000000、12000000000",
        "",
    ],
)
def test_everyday_words_and_numbers_are_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_a_hit_says_where_it_begins_and_repeats_nothing() -> None:
    (hit,) = scan(f"联系人电话{MOBILE}，请联系")

    assert hit == Hit(Kind.MOBILE_NUMBER, 6)
    assert hit.sentence == "第 6 个字起像是手机号：请删掉。"


def test_what_is_found_is_not_shown_either() -> None:
    assert mask(f"电话{MOBILE}") == mask("第999集团军") == HARMFUL


def test_a_classified_paper_is_refused_whatever_the_policy_says() -> None:
    lenient = Policy(secrecy=Way.HOLD, personal=Way.HOLD)

    assert lenient.way(Kind.CLASSIFICATION_MARK) is Way.REFUSE
    assert lenient.way(Kind.DESIGNATION) is Way.HOLD
    assert Policy().way(Kind.ID_NUMBER) is Way.REFUSE


@given(st.text(alphabet="走访慰问军民，。！ab", max_size=12), st.integers(0, 999), st.randoms())
def test_an_id_number_is_found_between_any_words(
    words: str, number: int, chance: random.Random
) -> None:
    written = id_number(f"99010619{chance.randrange(10, 99)}0101{number:03}")
    spaced = "".join(digit + chance.choice(["", "\u200b"]) for digit in written)

    assert Kind.ID_NUMBER in kinds(f"{words}，{spaced}。{words}")


@given(st.text(max_size=300))
def test_no_text_breaks_a_scan(text: str) -> None:
    assert all(1 <= hit.begins <= len(text) for hit in scan(text))
