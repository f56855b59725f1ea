"""The province as one of many, or where somebody is from, and words that are no name of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import Article, Reading

MakeArticle = Callable[..., Article]
Reader = Callable[..., Reading]

AFTER = date(2026, 10, 15)


@pytest.fixture
def reading(office: Knowledge, article: MakeArticle) -> Reader:
    def made(text: str, title: str = "") -> Reading:
        return read(article(text, title, AFTER), office)

    return made


@pytest.mark.parametrize(
    "text",
    [
        (
            "Công ty vẽ dự án bán đất nền tại Cam Ranh, Ninh Hòa (Khánh Hòa), Krông Bông (Đắk Lắk) và "
            "Chư Sê (Gia Lai). Công an tỉnh Khánh Hòa đang điều tra."
        ),
        "Từ Tà Xùa tới Bạch Mã, Măng Đen, Chư Nâm (Gia Lai), Cầu Đất hay Núi Cấm, mùa mây mỗi nơi mỗi khác.",
    ],
    ids=["each with its province", "one with its province"],
)
def test_one_of_a_row_of_places_over_the_country_is_a_mention(reading: Reader, text: str):
    read_one = reading(text, "Một chuyện ở nhiều nơi")
    assert read_one.relevance.label == "mention"
    assert not [place for place in read_one.places if place.kind == "event_place"]


def test_a_row_of_our_own_places_with_the_province_behind_is_no_list(reading: Reader):
    text = "Mưa đá làm hư nhiều nhà ở Ia Dom, Ia Nan, Ia Pnôn (Gia Lai), Ia Chia cũng bị gió lốc."
    read_one = reading(text, "Mưa đá ở vùng biên")
    assert read_one.relevance.label == "about"
    assert "list" not in {place.kind for place in read_one.places}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Nữ sinh Gia Lai giành học bổng",
            "Một cô gái vừa nhận học bổng của đại học ở Hà Nội. Em lớn lên tại TP HCM.",
        ),
        (
            "Bổ nhiệm bốn thứ trưởng",
            "Ông N., từng là Phó bí thư Tỉnh ủy Gia Lai, giữ chức thứ trưởng. Lễ trao diễn ra ở Hà Nội.",
        ),
    ],
    ids=["called after it", "post held before"],
)
def test_who_is_of_the_province_elsewhere_is_a_mention(reading: Reader, title: str, text: str):
    assert reading(text, title).relevance.label == "mention"


def test_an_office_that_a_house_held_before_is_where_the_house_is(reading: Reader):
    text = "Tòa nhà từng là trụ sở Huyện ủy Krông Pa, tỉnh Gia Lai bỏ hoang một năm nay, cỏ mọc đầy sân."
    assert reading(text, "Trụ sở bỏ hoang").relevance.label == "about"


def test_a_river_that_is_said_to_belong_elsewhere_is_no_place_of_ours(reading: Reader):
    text = "Nước lũ còn ngập sâu ở hạ lưu sông Ba thuộc phía đông Đắk Lắk, hàng nghìn nhà bị cô lập."
    assert "sông Ba" not in {place.name for place in reading(text, "Lũ lớn ở Đắk Lắk").places}


@pytest.mark.parametrize(
    "text",
    ["Chủ mỏ cam kết vá đường ở xã Hoài Ân, tỉnh Gia Lai.", "Chu mo cam ket va duong o tinh Gia Lai."],
    ids=["marks", "unaccented"],
)
def test_a_sentence_that_begins_as_a_commune_is_called_names_none(reading: Reader, text: str):
    assert not [place for place in reading(text).places if place.name.lower().startswith("ch")]


@pytest.mark.parametrize("text", ["Mưa đá ở Chư sê, Gia Lai.", "Mua da o huyen Chu se, tinh Gia Lai."])
def test_a_district_with_a_small_second_syllable_is_known(reading: Reader, text: str):
    assert any("ch" in place.name.lower() for place in reading(text).places)


def test_the_border_guards_post_tells_which_commune_is_meant(reading: Reader):
    text = "Tổ tuần tra của Đồn Biên phòng Ia O nổ máy ca nô, đi dọc sông kiểm tra từng cột mốc."
    assert reading(text, "Tuần tra trên sông").relevance.label == "about"


def test_a_hospital_to_which_the_hurt_are_taken_is_no_place_of_the_event(reading: Reader):
    text = (
        "Bình khí nén phát nổ trong xưởng ở Tuy Phước (Gia Lai). Hai thợ hàn được đưa xuống bệnh viện "
        "đa khoa tỉnh ở Quy Nhơn."
    )
    places = {place.name for place in reading(text, "Nổ xưởng").places if place.kind == "event_place"}
    assert places == {"Tuy Phước"}


def test_a_quarter_of_a_ward_is_a_place_as_a_village_is(reading: Reader):
    text = "Sóng lớn đánh sập nhà ở khu phố Công Thạnh, phường Hoài Nhơn Bắc, tỉnh Gia Lai."
    assert "khu phố Công Thạnh" in {place.name for place in reading(text).places}


@pytest.mark.parametrize(
    "text",
    [
        (
            "Sáng nay đại lễ diễn ra ở Hà Nội. Tại Huế, lễ rước đông nghịt. Ở Gia Lai, nhà chùa thắp sen. "
            "Tại Cần Thơ, người dân thả đèn."
        ),
        (
            "Sáng nay đại lễ diễn ra ở Hà Nội. Tại Huế, lễ rước đông. Ở Gia Lai, chùa Minh Thành thắp sen. "
            "Tại Cần Thơ, người dân thả đèn."
        ),
        "Cả vùng có bảy ca tử vong: Đắk Lắk bốn, Lâm Đồng hai, Gia Lai một.",
    ],
    ids=["a sentence each", "with a landmark", "figures in words"],
)
def test_one_of_many_provinces_is_a_mention(reading: Reader, text: str):
    assert reading(text, "Chuyện ở nhiều tỉnh").relevance.label == "mention"


def test_the_province_named_first_is_not_one_of_many(reading: Reader):
    text = (
        "Xe khách lao xuống vực ở Gia Lai sáng nay, ba người chết. Xe từ Đà Nẵng đi TP HCM, trên xe có "
        "khách quê Huế, Nghệ An."
    )
    assert reading(text, "Xe khách lao xuống vực").relevance.label == "about"


def test_a_numbered_village_of_ours_is_where_it_happened(reading: Reader):
    text = "Vết nứt dài 300 m khiến 60 hộ ở thôn 3, xã An Vinh, tỉnh Gia Lai phải dời lên trường học."
    places = {place.name for place in reading(text).places if place.kind == "event_place"}
    assert {"thôn 3", "xã An Vinh"} <= places


@pytest.mark.parametrize(
    "text",
    [
        "Người bị thương trú tại thôn 3, xã An Vinh, tỉnh Gia Lai, đang làm thuê ở Đà Nẵng.",
        "Hai hộ ở thôn 3, xã Hòa Bắc, Đà Nẵng phải dời nhà vì sạt lở.",
    ],
    ids=["a home", "elsewhere"],
)
def test_a_number_alone_names_no_village_of_ours(reading: Reader, text: str):
    assert "thôn 3" not in {place.name for place in reading(text).places}


def test_a_bus_with_the_provinces_plate_elsewhere_is_a_mention(reading: Reader):
    text = (
        "Xe khách mang biển số Gia Lai bốc cháy trên cao tốc đoạn qua xã Xuân Hòa, Đồng Nai. "
        "28 khách kịp thoát ra ngoài."
    )
    assert reading(text, "Xe khách Gia Lai cháy rụi ở Đồng Nai").relevance.label == "mention"


@pytest.mark.parametrize(
    ("text", "village"),
    [
        (
            "A bus overturned in Ia Boong commune, Gia Lai province, near Ga village on Thursday.",
            "Ga village",
        ),
        ("Hai nguoi dan lang Tung, xa Ia Nan, tinh Gia Lai bi canh sat nuoc ban giu.", "lang Tung"),
    ],
    ids=["en", "unaccented"],
)
def test_a_village_is_found_in_text_without_marks(reading: Reader, text: str, village: str):
    assert village in {place.name for place in reading(text).places}


@pytest.mark.parametrize(
    "text",
    [
        "A bus overturned in Ia Boong commune, Gia Lai province. The village has no clinic.",
        "Old Jarai village life goes on in Ia Boong commune, Gia Lai province.",
        "Xe khach lat o xa Ia Boong, tinh Gia Lai. Chi Lan lang Tung la nguoi dau tien den giup.",
    ],
    ids=["the village", "a people's", "no address"],
)
def test_what_only_looks_like_a_village_without_marks_is_none(reading: Reader, text: str):
    names = {place.name.casefold() for place in reading(text).places}
    assert not [name for name in names if "village" in name or name.startswith("lang")]
