from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nlp.checks.case import Case
from nlp.checks.headline import find_flags
from nlp.checks.headline_figures import is_slip
from nlp.loaded import LOADED
from store.types import Stance

REST = (
    "Chính quyền cùng người dân dọn dẹp sau mưa. Đường vào thôn đã thông, trường học mở cửa trở lại. "
    "Cán bộ đến từng nhà hỏi thăm, ghi lại những gì bị hư hỏng để có cách giúp đỡ. Bà con mong sớm yên ổn "
    "để gieo lại vụ mùa. Trời đã hửng nắng, nước rút dần ở các cánh đồng thấp quanh làng. Nhiều nhà phơi "
    "lại thóc ướt ngay bên lề đường, trẻ nhỏ theo cha mẹ ra ruộng vớt rác và sửa lại bờ mương đã vỡ. "
    "Ai cũng nói sẽ nhớ mãi những ngày này và dặn nhau trữ thêm gạo cho mùa mưa sau. "
    "Buổi tối, nhà rông lại sáng đèn và tiếng chiêng vang lên như mọi khi."
)


def text_with(sentence: str) -> str:
    return f"{sentence} {REST}"


UNSUPPORTED = [
    ("Mưa lũ làm 9 người chết ở Gia Lai", "Mưa lũ tại Gia Lai đã làm 4 người chết, công an xã cho biết."),
    ("Hỗ trợ 50 tỷ đồng cho vùng lũ", "Tỉnh hỗ trợ 20 tỷ đồng cho các xã vùng lũ."),
    ("Lốc xoáy ở Đức Cơ làm đổ nhiều cây", "Lốc xoáy ở Chư Prông làm đổ nhiều cây, theo UBND xã."),
    ("Lũ quét ở Đà Nẵng cuốn trôi nhiều nhà", "Lũ quét ở Gia Lai cuốn trôi nhiều nhà ven suối."),
]


@pytest.mark.parametrize(("title", "sentence"), UNSUPPORTED, ids=["deaths", "money", "district", "province"])
def test_a_headline_that_its_text_contradicts_is_flagged_with_the_texts_own_sentence(
    make: Any, title: str, sentence: str
):
    case = make.case(make.item(1, text_with(sentence), title))
    (flag,) = find_flags(case)
    assert flag.claim.field == "title"
    assert flag.claim.text == title
    assert [(e.text, e.stance) for e in flag.evidence] == [(sentence, Stance.AGAINST)]
    assert make.is_exact(flag, case)


def test_an_english_headline_is_set_beside_its_text_too(make: Any):
    rest = (
        "Roads were cleared by noon and schools opened again while people dried their rice by the road. " * 6
    )
    sentence = "Officials said the flood left 4 people dead in the district."
    case = make.case(make.item(1, f"{sentence} {rest}", "Flood leaves 9 people dead in the highlands"))
    (flag,) = find_flags(case)
    assert [e.text for e in flag.evidence] == [sentence]


def test_a_figure_of_which_the_text_says_nothing_cites_its_first_sentence_as_context(make: Any):
    item = make.item(1, text_with("Mưa lớn kéo dài suốt tuần."), "Hỗ trợ 50 tỷ đồng", lead="Mưa lớn.")
    case = make.case(item)
    (flag,) = find_flags(case)
    assert [(e.text, e.stance) for e in flag.evidence] == [("Mưa lớn kéo dài suốt tuần.", Stance.CONTEXT)]
    assert flag.missing == ("Câu trong bài nói đến “50 tỷ đồng”.",)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Hỗ trợ 50 tỷ đồng", "Mưa lớn kéo dài suốt tuần."),
        ("Vùng lũ được hỗ trợ thêm 50 tỷ đồng", "Khoản này đưa doanh thu của quỹ lên 620 tỷ đồng."),
        ("20 nghìn trẻ em bị cô lập", "Ước tính có hơn 50 nghìn người bị cô lập."),
        ("Thế giới có hơn 45 triệu nạn nhân", "Với 18 triệu người, một nước có nhiều nạn nhân nhất."),
    ],
    ids=["nothing of it", "other money", "others too", "people, of whom nothing more is said"],
)
def test_a_text_whose_lead_is_not_known_contradicts_only_with_a_figure_of_the_same_thing(
    make: Any, title: str, sentence: str
):
    """A page often sets its first paragraph apart, and with it what the headline says."""
    assert find_flags(make.case(make.item(1, text_with(sentence), title))) == ()


@pytest.mark.parametrize(
    ("title", "sentence", "instead"),
    [
        ("Kiểm lâm thu giữ 350 kg gỗ trắc", "Kiểm lâm đã thu giữ 550 kg gỗ trắc giấu dưới hầm.", "550 kg"),
        ("Mua 800 máy bơm chống hạn", "Tỉnh vừa ký hợp đồng mua 100 máy bơm chống hạn.", "100 máy bơm"),
        ("Khởi công nhà máy 7,2 tỷ USD", "Sáng nay khởi công nhà máy 2,7 tỷ USD.", "2,7 tỷ USD"),
    ],
)
def test_of_whatever_is_counted_the_sentence_that_tells_the_same_is_set_beside_the_headline(
    make: Any, title: str, sentence: str, instead: str
):
    (flag,) = find_flags(make.case(make.item(1, text_with(sentence), title)))
    assert flag.evidence[0].text == sentence
    assert flag.evidence[0].stance is Stance.AGAINST
    assert f"bài ghi “{instead}" in flag.because[0]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Mua 800 máy bơm chống hạn", "Tỉnh đã mua 300 bao cát và 100 áo phao."),
        ("Mua 800 máy bơm chống hạn", "Cả vùng hiện chỉ còn dưới 100 máy bơm chạy được."),
        ("Bán 800 vé, còn 100 vé xem hội", "Ban tổ chức còn 100 vé xem hội."),
        ("Tỷ lệ hộ nghèo giảm 5,48%", "Tỷ lệ hộ nghèo giảm từ 10,39% xuống 4,91%."),
    ],
    ids=["other things", "said of something else", "another figure of the headline", "a difference"],
)
def test_a_figure_of_something_else_contradicts_no_headline(make: Any, title: str, sentence: str):
    assert find_flags(make.case(make.item(1, text_with(sentence), title))) == ()


SLIPS = [
    ("Xét xử vụ thất thoát 731 tỷ đồng", "Bị cáo khai đã rút ra 231 tỷ đồng trong vụ này.", "231 tỷ đồng"),
    ("Khách tới hồ nước đạt 20.500 lượt", "Cả hè hồ nước đón 25.000 lượt khách.", ""),
    ("Trả nợ 8910 tỷ", "Món nợ lên tới hơn 891 tỷ đồng, tòa nói.", "hơn 891 tỷ đồng"),
    ("Trăn rừng nặng 94 kg vào nhà dân", "Con trăn dài bốn mét, nặng 49 kg.", "49 kg"),
]


@pytest.mark.parametrize(("title", "sentence", "instead"), SLIPS, ids=["digit", "unlike", "nought", "swap"])
def test_a_figure_written_nearly_as_the_text_writes_it_is_set_beside_it(
    make: Any, title: str, sentence: str, instead: str
):
    flags = find_flags(make.case(make.item(1, text_with(sentence), title)))
    assert [f"bài ghi “{instead}" in flag.because[0] for flag in flags] == ([True] if instead else [])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("231 tỷ", "731 tỷ", True),
        ("2,7", "7,2", True),
        ("22.500 lít", "42.500 lít", True),
        ("17", "170", True),
        ("360", "3.600", True),
        ("3", "5", False),
        ("300", "500", False),
        ("231", "745", False),
        ("12", "1,1", False),
        ("17", "17", False),
        ("hàng trăm", "17", False),
        ("1", "10000", False),
    ],
)
def test_a_slip_is_one_digit_of_several_an_exchange_or_a_nought(one: str, other: str, *, expected: bool):
    assert is_slip(one, other) is expected
    assert is_slip(other, one) is expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Đến 19 giờ ngày 19/5, có 2 người chết.",
        "Nạn nhân 20 tuổi; có 2 người chết.",
        "Sau 20 ngày, 2 người chết.",
    ],
)
def test_an_hour_a_day_or_an_age_bears_out_no_count(make: Any, sentence: str):
    (flag,) = find_flags(make.case(make.item(1, text_with(sentence), "Lũ quét làm 20 người chết")))
    assert "bài ghi “2 người chết" in flag.because[0] or "bài ghi “2 người" in flag.because[0]


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Mưa lũ làm 9 người chết", "Mưa lũ đã làm chín người chết."),
        ("Gần 200 hộ dân bị cô lập", "Có 192 hộ dân bị cô lập."),
        ("Hỗ trợ hơn 50 tỷ đồng", "Tỉnh hỗ trợ 53,4 tỷ đồng."),
        ("Động đất làm hơn 300 người chết", "Động đất đã làm 379 người chết."),
        ("Hỗ trợ 1,2 tỷ đồng", "Tỉnh hỗ trợ 1.200 triệu đồng."),
        ("Thu giữ 1,5 tấn gỗ", "Lực lượng kiểm lâm thu giữ gần 1.500 kg gỗ."),
        ("Mưa lũ làm 5 người chết", "Có 3 người chết ở xã Ia Dom và 2 người chết ở xã Ia Mơ."),
        ("Xô xát làm ba người bị thương", "Xô xát khiến 2 cán bộ bị thương và một người dân nhập viện."),
        ("Đấu giá được 97 tỷ đồng", "Đồng xu được bán với giá 4,2 triệu USD trong phiên đấu giá."),
        ("Sét đánh 7 người bị thương", "Sét đánh trúng anh A, chị B và năm người đi làm đồng cùng nhóm."),
        ("Hàng trăm hộ dân bị cô lập", "Có 340 hộ dân bị cô lập."),
        ("Mưa lớn ở huyện Đức Cơ", "Mưa lớn ở xã Ia Dom từ đêm qua."),
        ("Mưa lớn ở Gia Lai", "Mưa lớn ở Pleiku và Chư Prông."),
        ("Mưa lớn ở tỉnh Kon Tum", "Mưa lớn ở tỉnh Quảng Ngãi."),
        ("5 điều cần biết về mưa lũ", "Có 12 hộ dân bị cô lập."),
        ("Mưa lớn ở Hà Nội", "Mưa lớn từ đêm qua, sân bay đón thêm khách từ nơi khác (Đà Nẵng)."),
        ("", "Có 12 hộ dân bị cô lập."),
    ],
    ids=[
        "in words",
        "nearly",
        "more than",
        "much more than",
        "another scale",
        "another unit",
        "a sum",
        "a sum with one in words",
        "another currency",
        "a few, told one by one",
        "hundreds",
        "a commune in the district",
        "places in the province",
        "merged provinces",
        "a list",
        "a place in brackets",
        "no headline",
    ],
)
def test_a_headline_that_its_text_bears_out_is_not_flagged(make: Any, title: str, sentence: str):
    item = make.item(1, text_with(sentence), title)
    assert find_flags(make.case(replace(item, article=replace(item.article, title=title)))) == ()


@pytest.mark.parametrize(
    "given", [{"summary_only": True}, {"text": "Mưa lũ làm 4 người chết."}], ids=["summary", "short"]
)
def test_a_text_that_is_not_whole_bears_out_nothing_and_is_not_flagged(make: Any, given: dict[str, Any]):
    title, sentence = UNSUPPORTED[0]
    text = given.pop("text", text_with(sentence))
    assert find_flags(make.case(make.item(1, text, title, **given))) == ()


def test_without_an_atlas_places_are_not_asked_about(make: Any):
    case = make.case(make.item(1, text_with(UNSUPPORTED[2][1]), UNSUPPORTED[2][0]))
    assert find_flags(Case(case.story)) == ()


@pytest.mark.parametrize(
    ("title", "sentence"), UNSUPPORTED[:4], ids=["deaths", "money", "district", "province"]
)
def test_names_of_outlets_and_loaded_words_change_nothing(make: Any, title: str, sentence: str):
    case = make.case(make.item(1, text_with(sentence), title))
    loaded = make.case(make.item(1, text_with(sentence), f"{title} {LOADED[0]}"))
    (flag,), (swapped,), (tinted,) = find_flags(case), find_flags(make.swapped(case)), find_flags(loaded)
    assert (swapped.strength, swapped.because) == (flag.strength, flag.because)
    assert (tinted.strength, tinted.because) == (flag.strength, flag.because)


@pytest.mark.parametrize(
    "title", ["\x00", "9 " * 200, "9" * 400, "\ud800 9 người chết", "＜script＞", "9 người chết" * 9]
)
def test_hostile_headlines_raise_nothing(make: Any, title: str):
    item = make.item(1, text_with("Có 4 người chết."))
    case = make.case(replace(item, article=replace(item.article, title=title)))
    assert all(make.is_exact(flag, case) for flag in find_flags(case))


def test_ten_thousand_members_are_looked_at_once_each(make: Any, many: Any):
    base = make.item(1, text_with(UNSUPPORTED[0][1]), "Dọn dẹp sau mưa")
    assert find_flags(many(base)) == ()
