from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.loaded import LOADED
from nlp.quantities import find_quantities
from nlp.quantities.numerals import read_digits, read_words
from nlp.text import fold
from store.types import Quantity


def only(text: str, language: str = "vi") -> Quantity:
    found = find_quantities(text, language=language)
    assert len(found) == 1, [q.text for q in found]
    assert text[found[0].start : found[0].end] == found[0].text
    return found[0]


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("1.200", "vi", 1200),
        ("1,200", "vi", 1200),
        ("1,2", "vi", 1.2),
        ("1.2", "vi", 1.2),
        ("0,125", "vi", 0.125),
        ("21.576,53", "vi", 21576.53),
        ("1.234.567", "vi", 1234567),
        ("1,200", "en", 1200),
        ("1.200", "en", 1.2),
        ("21,576.53", "en", 21576.53),
        ("1.2.3", "vi", None),
        ("12.34.567", "vi", None),
        ("9" * 400, "vi", None),
    ],
)
def test_digits_are_read_by_shape_and_language(written: str, language: str, value: float | None):
    assert read_digits(written, language=language) == value


def test_before_a_scale_three_digits_after_a_comma_are_decimals_in_vietnamese():
    assert read_digits("1,245", language="vi", scaled=True) == 1.245


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("ba", 3),
        ("mười hai", 12),
        ("hai mươi lăm", 25),
        ("một trăm linh ba", 103),
        ("hai trăm năm mươi", 250),
        ("năm trăm nghìn", 500_000),
        ("hai ba", None),
        ("twenty-five", 25),
        ("two hundred and three", 203),
    ],
)
def test_number_words_are_read_in_both_languages(written: str, value: float | None):
    assert read_words(written) == value


@pytest.mark.parametrize(
    ("text", "low", "unit", "thing"),
    [
        ("Bão làm 12 nhà bị tốc mái.", 12, "house", "nha toc mai"),
        ("Có 12 căn nhà tốc mái.", 12, "house", "nha toc mai"),
        ("Có 12 người chết.", 12, "person", "nguoi chet"),
        ("Lũ làm chết ba người.", 3, "person", "nguoi chet"),
        ("Số người chết đã tăng lên 14.", 14, "person", "nguoi chet"),
        ("Có 5 người bị thương.", 5, "person", "nguoi bi thuong"),
        ("Có 5 người bị thương nặng.", 5, "person", "nguoi bi thuong nang"),
        ("Xã di dời hai mươi lăm hộ dân.", 25, "household", "ho di doi"),
        ("Có 12 nhà có nguy cơ sập.", 12, "house", "nha khong chac sap"),
        ("Tổng vốn đầu tư 1,5 nghìn tỉ đồng.", 1.5e12, "VND", "von dau tu"),
        ("Thiệt hại 1.200 tỷ đồng.", 1.2e12, "VND", "thiet hai"),
        ("Thiệt hại 3 tỉ 500 triệu đồng.", 3.5e9, "VND", "thiet hai"),
        ("Hỗ trợ 2 tỷ rưỡi đồng.", 2.5e9, "VND", "ho tro"),
        ("Hỗ trợ nửa triệu đồng.", 5e5, "VND", "ho tro"),
        ("Giá 100.000 đồng/kg.", 1e5, "VND/kg", "gia"),
        ("Thu được 470.000 nhân dân tệ.", 4.7e5, "CNY", "thu"),
        ("Hỗ trợ 20 triệu riel.", 2e7, "KHR", "ho tro"),
        ("Trị giá 30.000 euro.", 3e4, "EUR", "gia"),
        ("Tỷ lệ hộ nghèo giảm 2 điểm phần trăm.", 2, "percentage point", "ho ngheo"),
        ("Có 5 sào lúa bị ngập.", 5, "sao", "lua ngap"),
        ("Diện tích 21.576,53 km².", 21576.53, "km2", "dien tich"),
        ("Tuyến đường dài 90km.", 90, "km", "chieu dai"),
        ("Kinh tế tăng trưởng 7,5%.", 7.5, "percent", "tang truong"),
        ("Lũ làm 1.200 ha lúa bị ngập.", 1200, "ha", "lua ngap"),
        ("Tỉnh có 12 dự án điện gió.", 12, "item", "du an"),
        ("Tổng thiệt hại do bão ở tỉnh Gia Lai là 35 tỷ đồng.", 3.5e10, "VND", "thiet hai"),
        ("Xã bồi thường thiệt hại cho gia đình ông số tiền 290 triệu đồng.", 2.9e8, "VND", "boi thuong"),
        ("Vốn đầu tư của quốc gia cho đường cao tốc là 90 tỷ đồng.", 9e10, "VND", "von dau tu"),
        ("Gia vang hom nay la 90 trieu dong.", 9e7, "VND", "gia"),
        ("Lốc làm sập 6 nhà bếp.", 6, "item", "nha bep"),
        ("Huyện có 4 nhà máy.", 4, "item", "nha may"),
        ("Có 12 ha rừng bị chặt phá.", 12, "ha", "rung bi pha"),
        ("Tờ tiền mệnh giá 100 đồng.", 100, "VND", "menh gia"),
    ],
)
def test_vietnamese_figures_with_what_they_count(text: str, low: float, unit: str, thing: str):
    quantity = only(text)
    assert (quantity.low, quantity.high, quantity.unit, quantity.thing) == (low, low, unit, thing)


@pytest.mark.parametrize(
    ("text", "low", "unit", "thing"),
    [
        ("Flood killed 12 people.", 12, "person", "nguoi chet"),
        ("The death toll rose to 14.", 14, "person", "nguoi chet"),
        ("Twelve Vietnamese workers died.", 12, "person", "cong nhan chet"),
        ("The storm damaged 1,240 houses.", 1240, "house", "nha hu hong"),
        ("It did $1.2 million in damage.", 1.2e6, "USD", "thiet hai"),
    ],
)
def test_english_figures_count_the_same_things_as_vietnamese_ones(
    text: str, low: float, unit: str, thing: str
):
    quantity = only(text, "en")
    assert (quantity.low, quantity.unit, quantity.thing) == (low, unit, thing)


@pytest.mark.parametrize(
    ("text", "certainty", "low", "high"),
    [
        ("Có khoảng 100 người chết.", "about", 100, 100),
        ("Có gần 100 người chết.", "about", 100, 100),
        ("Có hơn 100 người chết.", "at_least", 100, 100),
        ("Có ít nhất 100 người chết.", "at_least", 100, 100),
        ("Có 100 người trở lên bị thương.", "at_least", 100, 100),
        ("Có tối đa 100 người chết.", "at_most", 100, 100),
        ("Có hàng chục người chết.", "about", 20, 99),
        ("Có từ 20 đến 30 người chết.", "exact", 20, 30),
        ("Có 20-30 người chết.", "exact", 20, 30),
        ("Tuần qua có 29 người chết.", "exact", 29, 29),
    ],
)
def test_certainty_and_ranges(text: str, certainty: str, low: float, high: float):
    quantity = only(text)
    assert (quantity.certainty, quantity.low, quantity.high) == (certainty, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 12/3/2026, hội nghị bế mạc.",
        "Sáng 15.10, đoàn lên đường.",
        "Lúc 14h30, xe đến nơi.",
        "Cuộc họp lúc 8 giờ 15 phút.",
        "Năm 2025 tỉnh hợp nhất.",
        "Giai đoạn 2021-2025 kết thúc.",
        "Ông A, 45 tuổi, là nông dân.",
        "Xe chạy trên quốc lộ 19 rồi dừng.",
        "Nghị định 244/2026/NĐ-CP đã ban hành.",
        "Báo cáo số 05/BC vừa ký.",
        "Gọi 0905 123 456 để hỏi.",
        "Đội nhà thắng 2-1 trên sân khách.",
        "Đây là lần thứ 3 xã đón khách.",
        "Tỉnh vượt mốc 30 trong bảng.",
        "Dịch Covid-19 đã qua.",
        "Ba tôi là nông dân.",
        "Một người đàn ông đi qua.",
        "On 12 March 2026 he left.",
        "The 45-year-old man left.",
    ],
)
def test_dates_hours_ages_roads_documents_and_scores_are_no_quantities(text: str):
    assert find_quantities(text, language="en" if text.isascii() else "vi") == ()


def test_unaccented_text_counts_the_same_things():
    assert only("Bao lam 12 nha bi toc mai.").thing == "nha toc mai"


def test_a_text_in_decomposed_letters_gives_the_same_with_offsets_of_its_own():
    text = "Bão làm 12 người chết và 5 người bị thương."
    decomposed = unicodedata.normalize("NFD", text)
    plain, other = find_quantities(text), find_quantities(decomposed)
    assert [(q.low, q.thing) for q in other] == [(q.low, q.thing) for q in plain]
    assert all(decomposed[q.start : q.end] == q.text for q in other)


@pytest.mark.parametrize("word", LOADED)
def test_a_loaded_word_beside_a_figure_changes_nothing_that_is_counted(word: str):
    plain = find_quantities("Có 12 người bị thương ở xã.")
    loaded = find_quantities(f"Có 12 người {word} bị thương ở xã.")
    assert [(q.low, q.unit, q.thing, q.certainty) for q in loaded] == [
        (q.low, q.unit, q.thing, q.certainty) for q in plain
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "1." * 20_000,
        "1/" * 20_000,
        "hai mươi " * 8_000,
        "12 người chết và " * 3_000,
        "$" * 50_000,
    ],
    ids=["digits", "dots", "slashes", "words", "figures", "dollars"],
)
def test_long_and_silly_texts_are_read_to_the_end(text: str):
    assert all(text[q.start : q.end] == q.text for q in find_quantities(text))


_pieces = st.sampled_from(
    [
        "12",
        "1.200",
        "3,5",
        "20-30",
        "từ",
        "đến",
        "khoảng",
        "hơn",
        "người",
        "chết",
        "bị thương",
        "nhà",
        "tỉ",
        "triệu",
        "đồng",
        "km²",
        "ha",
        "%",
        "$",
        "năm",
        "hai mươi",
        "nửa",
        ",",
        ".",
        "/",
        "\n",
        "ngày",
        "quốc lộ",
        "people",
        "killed",
        "million",
        "at least",
        "thirty",
        "Số người chết",
        "lên",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(_pieces, max_size=30).map(" ".join) | st.text(max_size=200), st.sampled_from(["vi", "en", "fr"])
)
def test_whatever_the_text_quantities_are_finite_ordered_and_exact(text: str, language: str):
    found = find_quantities(text, language=language)
    position = 0
    for quantity in found:
        assert position <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert math.isfinite(quantity.low)
        assert quantity.low <= quantity.high
        assert quantity.thing == fold(quantity.thing).text
        position = quantity.end


@pytest.mark.parametrize(
    ("text", "low", "certainty"),
    [("dân số 1.200 người", 1200, "exact"), ("tổng số 45 hộ nghèo", 45, "exact"),
     ("trên dưới 20 người", 20, "about"), ("dan so 1.200 nguoi", 1200, "exact")],
)  # fmt: skip
def test_a_number_after_a_word_for_a_count_is_how_many(text: str, low: float, certainty: str) -> None:
    (found,) = find_quantities(text, language="vi")
    assert (found.low, found.certainty) == (low, certainty)


def test_a_number_that_says_which_is_no_count() -> None:
    assert find_quantities("nhà số 1.200 người ở", language="vi") == ()


def test_until_when_is_counted_is_no_part_of_what_is_counted() -> None:
    (found,) = find_quantities("còn 41.250 hộ nghèo tính đến hết tháng 9", language="vi")
    assert found.thing == "ho ngheo"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_thousands_apart_by_a_space_are_not_read_as_their_last_three_digits(space: str) -> None:
    assert find_quantities(f"có 1{space}200 người", language="vi") == ()
    assert [q.low for q in find_quantities("có 12 người và 200 hộ", language="vi")] == [12, 200]


@pytest.mark.parametrize(
    ("text", "written", "value"),
    [
        ("Khoản nợ lên tới hơn 891 tỷ.", "hơn 891 tỷ", 891e9),
        ("Đề án chống ngập 20.000 tỷ ở thành phố", "20.000 tỷ", 2e13),
        ("Công ty lỗ 5.000 tỷ/năm", "5.000 tỷ", 5e12),
    ],
)
def test_thousands_of_millions_of_which_nothing_is_counted_are_dong(text: str, written: str, value: float):
    quantity = only(text)
    assert (quantity.text, quantity.low) == (written, value)
    assert quantity.unit.startswith("VND")


@pytest.mark.parametrize(
    "text", ["Dân số thế giới đạt 8 tỷ", "Vốn hóa tính bằng USD nay là 3 tỷ", "Clip có lượt xem là 2 tỷ"]
)
def test_people_and_other_money_are_no_bare_dong(text: str):
    assert find_quantities(text) == ()
