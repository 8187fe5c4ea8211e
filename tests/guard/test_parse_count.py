"""A number is read exactly, what was normalised is said, and nothing is guessed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shuangyong_core.guard.numbers import NotANumber, format_scaled, parse_count, ratio_text

WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
WHOLE = st.integers(-(10**15) + 1, 10**15 - 1)


def reason(value: object, **options: object) -> tuple[str, str]:
    """This function will give the code and the sentence a value is refused with."""
    with pytest.raises(NotANumber) as refused:
        parse_count(value, **options)  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    return problem.code, problem.message


@pytest.mark.parametrize(
    ("value", "scaled", "notes"),
    [
        (12, 12, ()),
        ("12", 12, ()),
        ("0", 0, ()),
        ("１２", 12, ("全角数字已转为半角：12",)),
        ("1,234", 1234, ("千分位逗号已去掉：1234",)),
        ("1，234，567", 1234567, ("千分位逗号已去掉：1234567",)),
        ("１，２３４", 1234, ("全角数字已转为半角：1，234", "千分位逗号已去掉：1234")),
        ("\u00a012\u3000", 12, ("首尾空格已去掉：12",)),
        ("\ufeff12\n", 12, ("首尾空格已去掉：12",)),
        ("3.0", 3, ("3.0 按 3 记",)),
        (3.0, 3, ("3.0 按 3 记",)),
        ("+5", 5, ("+5 按 5 记",)),
        ("007", 7, ("007 按 7 记",)),
        ("999999999999999", 999999999999999, ()),
    ],
)
def test_a_count_is_read_and_what_was_changed_is_said(
    value: object, scaled: int, notes: tuple[str, ...]
) -> None:
    parsed = parse_count(value)

    assert (parsed.scaled, parsed.notes) == (scaled, notes)


@pytest.mark.parametrize(
    ("value", "scaled"),
    [
        ("12.5", 1250),
        ("12.50", 1250),
        ("１２．５", 1250),
        (12.5, 1250),
        (0.1, 10),
        ("1,234.5", 123450),
        (Decimal("8.05"), 805),
        (7, 700),
    ],
)
def test_money_is_kept_in_fen(value: object, scaled: int) -> None:
    assert parse_count(value, decimals=2).scaled == scaled


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("3.5", "fraction"),
        (3.5, "fraction"),
        (Decimal("0.5"), "fraction"),
        ("1_000", "underscore"),
        ("nan", "not_a_number"),
        (float("nan"), "not_a_number"),
        ("NaN", "not_a_number"),
        (Decimal("sNaN"), "not_a_number"),
        (float("inf"), "not_a_number"),
        ("-Infinity", "not_a_number"),
        ("٣", "not_a_number"),
        ("²", "not_a_number"),
        ("①", "not_a_number"),
        ("Ⅳ", "not_a_number"),
        ("1e3", "exponent"),
        ("3.0E+05", "exponent"),
        (1e16, "exponent"),
        (Decimal("1E+3"), "exponent"),
        (True, "not_a_number"),
        (None, "blank"),
        ("", "blank"),
        ("  ", "blank"),
        ("无", "blank"),
        ("/", "blank"),
        ("—", "blank"),
        ([], "not_a_number"),
        ({"value": 3}, "not_a_number"),
        (10**15, "too_big"),
        pytest.param(10**5000, "too_big", id="5001 digits"),
        ("1" * 16, "too_big"),
        ("9" * 5000, "too_long"),
        (2**63, "too_big"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("－５", "negative"),
        (-5, "negative"),
        ("(5)", "brackets"),
        ("5%", "wrong_unit"),
        ("12万", "wrong_unit"),
        ("1.2亿", "wrong_unit"),
        ("12人", "wrong_unit"),
        ("约50", "about"),
        ("50余", "about"),
        ("3万余元", "about"),
        (">5", "about"),
        ("10-20", "range"),
        ("10～20", "range"),
        ("10至20户", "range"),
        ("十二", "chinese_number"),
        ("一百零五", "chinese_number"),
        ("〇", "chinese_number"),
        ("壹佰", "chinese_number"),
        ("1 234", "inner_blank"),
        ("1\u00a023", "inner_blank"),
        ("12,34", "commas"),
        ("1,2345", "commas"),
        ("0,123", "commas"),
        (",123", "commas"),
        (".5", "half_a_number"),
        ("5.", "half_a_number"),
        ("=1+1", "formula"),
        ("0.1+0.2", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("0x1F", "not_a_number"),
        ("1\x002", "not_a_number"),
        pytest.param("\ud800", "not_a_number", id="lone surrogate"),
    ],
)
def test_what_is_no_plain_number_is_refused_with_a_hint(value: object, code: str) -> None:
    found, message = reason(value)

    assert found == code
    assert message.endswith("。")


def test_the_sentence_says_what_to_write() -> None:
    assert reason("3.5")[1] == "这一项是计数，不能有小数，请填整数，例如 6。"
    assert reason("十二")[1] == "请用阿拉伯数字，不要用中文数字，如果是 12，请填 12。"
    assert reason(True)[1] == "“是/否”不是数，请填整数，例如 6。"
    assert reason("")[1] == "没有填数；没有发生请填 0，请填整数，例如 6。"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("壹佰", 100), ("〇", 0)),
        *(("两千零三十", 2030), ("一千零一", 1001), ("九千九百九十九", 9999), ("一百一十", 110)),
    ],
)
def test_an_exact_chinese_numeral_is_proposed_not_taken(text: str, number: int) -> None:
    assert reason(text)[1].endswith(f"如果是 {number}，请填 {number}。")


@pytest.mark.parametrize(
    "text", ["一百五", "二〇二六", "十百", "零零", "一百零十", "五六十", "三个"]
)
def test_a_chinese_numeral_that_is_not_exact_is_not_proposed(text: str) -> None:
    assert reason(text) == (
        "chinese_number",
        "请用阿拉伯数字，不要用中文数字，请填整数，例如 6。",
    )


def test_more_decimals_than_the_indicator_has_are_never_rounded() -> None:
    found, message = reason("12.345", decimals=2)

    assert found == "too_many_decimals"
    assert message == "最多 2 位小数，不会替您四舍五入，请填数字，最多 2 位小数，例如 6.50。"


def test_a_float_that_is_not_exact_is_refused() -> None:
    assert reason(0.1 + 0.2, decimals=2)[0] == "too_many_decimals"


def test_what_does_not_fit_eight_bytes_is_refused() -> None:
    assert parse_count("9223372036854", decimals=6).scaled == 9223372036854 * 10**6
    assert reason("9223372036855", decimals=6)[0] == "too_big"


def test_the_declared_unit_is_stripped_and_said() -> None:
    assert parse_count("12户", unit="户").notes == ("单位“户”已去掉：12",)
    assert parse_count("12 人", unit="人").scaled == 12
    assert parse_count("96.8％", decimals=1, unit="%").scaled == 968
    assert parse_count("1，234元", decimals=2, unit="元").scaled == 123400


def test_another_unit_than_the_declared_one_is_named_not_converted() -> None:
    found, message = reason("12人", unit="户")

    assert found == "wrong_unit"
    assert "单位是“户”" in message
    assert reason("户", unit="户")[0] == "not_a_number"


def test_a_refusal_names_the_field_and_masks_the_value() -> None:
    with pytest.raises(NotANumber) as refused:
        parse_count("电话13000000001", field="C03")

    assert str(refused.value).startswith("C03填的“（内容不再显示）”不能用：")
    assert refused.value.problems[0].field == "C03"
    assert "13000000001" not in repr(refused.value.problems)


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    with pytest.raises(NotANumber) as refused:
        parse_count("{why.__class__}")

    assert "{why.__class__}" in str(refused.value)


@pytest.mark.parametrize("part", ["_", "1,", "1 ", "约", "/", "\u200b ", "1"])
def test_a_hostile_text_is_answered_at_once(part: str) -> None:
    started = process_time()

    reason(part * 100_000 + "x")

    assert process_time() - started < 1


@given(WHOLE)
def test_an_integer_is_itself_in_every_spelling(number: int) -> None:
    spellings = (number, str(number), str(number).translate(WIDE), f" {number:,}\u00a0")

    assert {parse_count(each, allow_negative=True).scaled for each in spellings} == {number}


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.integers(0, 6))
def test_what_is_written_is_read_back(scaled: int, decimals: int) -> None:
    text = format_scaled(scaled, decimals)
    if abs(scaled) >= 10 ** (15 + decimals):
        return

    assert parse_count(text, decimals=decimals, allow_negative=True).scaled == scaled


@given(st.text(max_size=60) | st.floats() | st.decimals() | st.none() | st.booleans())
@example("1" * 15 + "." + "1" * 6)
@example("_" * 60)
def test_any_input_is_a_number_or_a_refusal(value: object) -> None:
    try:
        parsed = parse_count(value, decimals=2, allow_negative=True)
    except NotANumber:
        return

    assert abs(parsed.scaled) < 2**63


@given(st.text(alphabet="0123456789.,，-+ eE_٣²①十", max_size=24))
def test_a_text_is_only_read_as_the_number_python_reads_too(value: str) -> None:
    try:
        scaled = parse_count(value, decimals=3, allow_negative=True).scaled
    except NotANumber:
        return

    plain = value.strip().replace(",", "").replace("，", "")
    assert Decimal(plain).scaleb(3) == scaled


def test_a_scaled_integer_is_written_exactly() -> None:
    assert format_scaled(123456789012345678, 2) == "1234567890123456.78"
    assert format_scaled(5, 2) == "0.05"
    assert format_scaled(-5, 1) == "-0.5"
    assert format_scaled(12, 0) == "12"


def test_a_ratio_is_divided_once_halves_up() -> None:
    assert ratio_text(30, 31) == "96.8"
    assert ratio_text(1, 1) == "100.0"
    assert ratio_text(0, 7) == "0.0"
    assert ratio_text(1, 8, places=0) == "13"
    assert ratio_text(25, 20000, places=1) == "0.1"
    assert ratio_text(5, 10000, places=1) == "0.1"
    assert ratio_text(5, 0) == "—"


@given(st.integers(-(2**63), 2**63 - 1), st.integers(1, 2**63 - 1), st.integers(0, 4))
def test_a_ratio_is_what_long_division_gives(numerator: int, denominator: int, places: int) -> None:
    with localcontext() as context:
        context.prec = 80
        exact = Decimal(numerator) * 100 / Decimal(denominator)
        wanted = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)

    assert Decimal(ratio_text(numerator, denominator, places=places)) == wanted
