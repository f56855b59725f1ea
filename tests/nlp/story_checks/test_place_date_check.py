from __future__ import annotations

from typing import Any

import pytest

from nlp.checks.place_date import find_flags
from nlp.loaded import LOADED
from store.types import Stance

PLACE = "Theo công an, vụ cháy kho hàng xảy ra tại {} khiến nhiều tài sản bị thiêu rụi trong đêm."
DATE = "Theo ban tổ chức, lễ hội cồng chiêng của các làng sẽ khai mạc vào ngày {} tại quảng trường lớn."
ENGLISH = (
    "Police said the warehouse fire broke out on {} and destroyed goods stored by several local traders."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PLACE.format("xã Ia Dom"), PLACE.format("xã Ia Mơ")),
        (PLACE.format("huyện Đức Cơ"), PLACE.format("huyện Chư Prông")),
        (PLACE.format("Đà Nẵng"), PLACE.format("Hà Nội")),
        (DATE.format("15/11"), DATE.format("18/11")),
        (DATE.format("15 tháng 11"), DATE.format("18/11")),
        (ENGLISH.format("15 November"), ENGLISH.format("November 18")),
        (
            "Công an tỉnh {}, trú tại Hà Nội, bắt giữ hai đối tượng trong đêm.".format("Đà Nẵng"),
            "Công an tỉnh {}, trú tại Hà Nội, bắt giữ hai đối tượng trong đêm.".format("Hà Nội"),
        ),
        ("Vụ cháy xảy ra tối 14/11.", "Vụ cháy xảy ra tối 12/11."),
    ],
    ids=[
        "communes",
        "districts",
        "provinces",
        "days",
        "days in words",
        "days in English",
        "a place the sentence names twice",
        "few words, and all the same",
    ],
)
def test_both_sentences_are_flagged_with_each_other_as_evidence(make: Any, one: str, other: str):
    case = make.case(make.item(1, one), make.item(2, other))
    first, second = find_flags(case)
    assert [(e.article, e.text, e.stance) for e in first.evidence] == [(2, other, Stance.AGAINST)]
    assert [(e.article, e.text, e.stance) for e in second.evidence] == [(1, one, Stance.AGAINST)]
    assert first.strength == second.strength
    assert all(make.is_exact(flag, case) for flag in (first, second))


@pytest.mark.parametrize(
    ("one", "other", "hours"),
    [
        (PLACE.format("xã Ia Dom"), PLACE.format("huyện Đức Cơ"), 0),
        (PLACE.format("tỉnh Gia Lai"), PLACE.format("xã Ia Mơ"), 0),
        (PLACE.format("tỉnh Kon Tum"), PLACE.format("tỉnh Quảng Ngãi"), 0),
        (DATE.format("15/11"), DATE.format("15-11"), 0),
        (DATE.format("05/11"), DATE.format("5 tháng 11"), 0),
        (
            "Ngày 15/11, công an huyện bắt tạm giam nghi phạm trong vụ cháy kho hàng.",
            "Ngày 20/11, tòa án huyện mở phiên xét xử bị cáo trong vụ cháy kho hàng.",
            120,
        ),
        (
            "Ngày 15/11, tỉnh ghi nhận thêm nhiều ca mắc sốt xuất huyết tại các xã vùng sâu.",
            "Ngày 16/11, tỉnh ghi nhận thêm nhiều ca mắc sốt xuất huyết tại các xã vùng sâu.",
            24,
        ),
        (
            "Ngày 16/11, công an huyện cho biết đã kiểm tra đột xuất hai cơ sở chế biến măng ở chợ.",
            "Ngày 15/11, công an huyện đã kiểm tra đột xuất hai cơ sở chế biến măng ở chợ.",
            0,
        ),
        ("Mưa ở xã Ia Dom.", "Mưa ở xã Ia Mơ.", 0),
        (DATE.format("31/4"), DATE.format("30/4"), 0),
    ],
    ids=[
        "a commune in the district",
        "the province",
        "merged provinces",
        "the same day",
        "the same day in words",
        "arrest and trial",
        "a bulletin and the next one",
        "the day of saying and of the event",
        "too few words",
        "no day of the calendar",
    ],
)
def test_what_can_both_be_true_is_not_flagged(make: Any, one: str, other: str, hours: float):
    assert find_flags(make.case(make.item(1, one), make.item(2, other, hours=hours))) == ()


LUNAR = {
    "a lunar day and another of the common calendar": ("mùng 10 tháng 3 âm lịch năm 2026", "28/4", True),
    "a lunar day and the same": ("mùng 10 tháng 3 âm lịch năm 2026", "26/4", False),
    "the year by its name, and another day": ("10/3 năm Bính Ngọ", "28 tháng 4", True),
    "the year by its name, and the same day": ("10/3 năm Bính Ngọ", "26/4", False),
    "the day with its sign alone, and the same digits": ("10/3/2026 âm lịch", "10/3", True),
    "no year": ("mùng 10 tháng 3 âm lịch", "28/4", False),
    "no year, the same digits": ("10/3 âm lịch", "10/3", False),
    "no sign: it may be either calendar's": ("mùng 10 tháng 3", "28/4", False),
    "two lunar days": ("mùng 10 tháng 3 âm lịch", "mùng 12 tháng 3 âm lịch", True),
    "two lunar days that are one": ("10/3 âm lịch", "mùng mười tháng ba âm lịch", False),
    "the full moon": ("rằm tháng Bảy năm 2026", "30/8", True),
    "the full moon and its day": ("rằm tháng Bảy năm 2026", "27/8", False),
    "no day of that lunar year": ("30/2 âm lịch năm 2025", "28/4", False),
    "in the twelfth month the number of a year says too little": ("23 tháng Chạp năm 2025", "28/4", False),
}


@pytest.mark.parametrize(("one", "other", "is_flagged"), LUNAR.values(), ids=LUNAR.keys())
def test_a_lunar_day_is_compared_where_its_year_is_known(
    make: Any, one: str, other: str, *, is_flagged: bool
):
    told = [make.item(n, DATE.format(day)) for n, day in enumerate((one, other), 1)]
    for case in (make.case(*told), make.case(*reversed(told))):
        flags = find_flags(case)
        assert len(flags) == (2 if is_flagged else 0)
        assert all(make.is_exact(flag, case) for flag in flags)


def test_the_days_of_tet_are_told_each_in_its_own_bulletin(make: Any):
    told = "{} Tết, bệnh viện tỉnh tiếp nhận nhiều ca tai nạn giao thông do uống rượu bia."
    one, other = make.item(1, told.format("Mùng 2")), make.item(2, told.format("Mùng 3"), hours=24)
    assert find_flags(make.case(one, other)) == ()


def test_what_is_printed_again_within_hours_with_another_day_is_no_bulletin_of_the_next(make: Any):
    one, other = DATE.format("15/11"), DATE.format("16/11")
    assert len(find_flags(make.case(make.item(1, one, hours=14), make.item(2, other, hours=17)))) == 2


def test_an_outlet_does_not_disagree_with_itself(make: Any):
    told = [make.item(n, PLACE.format(place), outlet="a") for n, place in ((1, "xã Ia Dom"), (2, "xã Ia Mơ"))]
    assert find_flags(make.case(*told)) == ()


def test_copies_of_one_sentence_count_once(make: Any):
    one, other = PLACE.format("xã Ia Dom"), PLACE.format("xã Ia Mơ")
    case = make.case(make.item(1, one), make.item(2, one), make.item(3, other), copies=((2, 1),))
    assert [(flag.article, len(flag.evidence)) for flag in find_flags(case)] == [(1, 1), (3, 1)]


def test_names_of_outlets_and_loaded_words_change_nothing(make: Any):
    told = (PLACE.format("xã Ia Dom"), PLACE.format("xã Ia Mơ"))
    case = make.case(*(make.item(n, text) for n, text in enumerate(told, 1)))
    loaded = make.case(
        *(make.item(n, text.replace("vụ", f"vụ {LOADED[0]}", 1)) for n, text in enumerate(told, 1))
    )
    said = [(f.article, f.strength, f.because) for f in find_flags(case)]
    assert [(f.article, f.strength, f.because) for f in find_flags(make.swapped(case))] == said
    assert [(f.article, f.strength, f.because) for f in find_flags(loaded)] == said


def test_ten_thousand_articles_of_one_wording_are_not_compared_each_with_each(make: Any, many: Any):
    base = make.item(1, PLACE.format("xã Ia Dom"))
    assert find_flags(many(base)) == ()


def test_of_many_days_each_is_told_once_with_the_others_as_evidence(make: Any):
    items = [make.item(n, DATE.format(f"{n % 28 + 1}/11")) for n in range(1, 201)]
    case = make.case(*items)
    flags = find_flags(case)
    assert len(flags) == 28
    assert all(make.is_exact(flag, case) for flag in flags)
