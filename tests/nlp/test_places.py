from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest

from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import Article, MentionKind, PlaceMention

MakeArticle = Callable[..., Article]
Find = Callable[..., dict[str, PlaceMention]]

BEFORE = date(2021, 5, 1)
AFTER = date(2026, 11, 20)


@pytest.fixture
def find(knowledge: Knowledge, article: MakeArticle) -> Find:
    def found(text: str, title: str = "", day: date | None = BEFORE) -> dict[str, PlaceMention]:
        return {p.name: p for p in read(article(text, title, day), knowledge).places}

    return found


def test_a_mention_is_exactly_what_the_text_says_at_its_offsets(knowledge: Knowledge, article: MakeArticle):
    text = unicodedata.normalize(
        "NFD", "Sáng 5/11, tại xã\u00a0Ia Dom, huyện Đức\u200b Cơ, tỉnh Gia Lai, trời mưa."
    )
    title = "Mưa lớn ở Đức Cơ"
    read_places = read(article(text, title, BEFORE), knowledge).places
    assert read_places[0].field == "title"
    assert len(read_places) == 4
    for place in read_places:
        assert (title if place.field == "title" else text)[place.start : place.end] == place.name


@pytest.mark.parametrize(
    ("text", "day", "name", "unit"),
    [
        ("Mưa lớn ở huyện Đức Cơ, tỉnh Gia Lai.", BEFORE, "huyện Đức Cơ", "d631"),
        ("Mưa lớn ở xã Đức Cơ, tỉnh Gia Lai.", AFTER, "xã Đức Cơ", "c23857"),
        ("Mưa lớn ở Đức Cơ, tỉnh Gia Lai.", AFTER, "Đức Cơ", "c23857"),
        ("Mưa lớn ở Đức Cơ, tỉnh Gia Lai.", BEFORE, "Đức Cơ", "d631"),
        ("Mưa lớn ở thị trấn Chư Ty, huyện Đức Cơ.", BEFORE, "thị trấn Chư Ty", "c23857"),
        ("Mưa lớn ở TP. Pleiku (Gia Lai).", BEFORE, "TP. Pleiku", "d622"),
        ("Mưa lớn ở phường Pleiku (Gia Lai).", AFTER, "phường Pleiku", "c23575"),
        ("Mưa lớn ở TP Plây Cu, tỉnh Gia Lai.", BEFORE, "TP Plây Cu", "d622"),
        ("Mưa lớn tại tỉnh Bình Định.", BEFORE, "tỉnh Bình Định", "p52"),
        ("Mưa lớn tại cửa khẩu Lệ Thanh.", AFTER, "cửa khẩu Lệ Thanh", "l-le-thanh"),
    ],
)
def test_the_unit_is_the_one_meant_on_the_day_and_todays_where_it_is_one(
    find: Find, text: str, day: date, name: str, unit: str
):
    assert find(text, day=day)[name].unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "Tai nạn ở xã An Phú, tỉnh An Giang.",
        "Tai nạn ở xã An Phú, huyện Tịnh Biên.",
        "Tai nạn ở huyện An Lão, TP Hải Phòng.",
        "Tai nạn ở An Phú sáng nay.",
        "Anh Nguyễn Đức Cơ nói chuyện.",
        "Nghe nhạc sĩ Lê Thanh đàn.",
        "Ở gia lai là viết sai.",
        "Đội tuyển Pleikuu thắng.",
        "Bà L. (sinh năm 1965, trú tại phường Trần Phú, TP Hà Tĩnh) bị phạt.",
        "Anh K., ngụ xã Phước Hòa, huyện Phú Giáo, bị bắt.",
        "Lao động đến từ Đông Âu tăng nhanh.",
        "Họ nói những người Mỹ lợi dụng dân thường.",
        "Ba thí sinh trường Từ Đức cơ sở 1 đoạt giải.",
        "Bão di chuyển về phía Đông Đông Nam, cách đảo 400 km.",
        "Tai nạn ở phường An Phú Đông, quận 12.",
    ],
)
def test_a_homonym_without_context_or_with_another_provinces_is_no_place_of_ours(find: Find, text: str):
    assert find(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "kind", "rule"),
    [
        ("Cháy lớn trên đường Pleiku, quận Tân Bình.", "Pleiku", MentionKind.OTHER_NAME, "đường phố"),
        ("Trận đấu trên sân Pleiku diễn ra hôm qua.", "Pleiku", MentionKind.OTHER_NAME, "thể thao"),
        ("Công ty Hoàng Anh Gia Lai báo lãi.", "Gia Lai", MentionKind.OTHER_NAME, "doanh nghiệp"),
        ("Gian hàng bán cà phê Gia Lai ở Hà Nội.", "Gia Lai", MentionKind.OTHER_NAME, "sản phẩm"),
        ("Bà từng là y tá ở Pleiku năm 1967.", "Pleiku", MentionKind.OTHER_NAME, "lịch sử"),
        ("Kết quả xổ số Gia Lai chiều nay.", "Gia Lai", MentionKind.LIST, "danh sách"),
        ("Mưa ở Kon Tum, Gia Lai, Đắk Lắk và Đắk Nông.", "Gia Lai", MentionKind.LIST, "danh sách"),
        (
            "Bắt Trần B. (SN 1985, trú huyện Đức Cơ, Gia Lai) ở Hà Nội.",
            "huyện Đức Cơ",
            MentionKind.ORIGIN,
            "quê quán",
        ),
        ("Bị hại (45 tuổi, huyện Đức Cơ) ở Hà Nội kể lại.", "huyện Đức Cơ", MentionKind.ORIGIN, "quê quán"),
    ],
)
def test_a_trap_an_origin_and_a_list_are_told_with_their_rule(
    find: Find, text: str, name: str, kind: MentionKind, rule: str
):
    place = find(text)[name]
    assert place.kind is kind
    assert rule in place.rule


@pytest.mark.parametrize("name", ["Pleiku", "Đức Cơ"])
def test_every_name_in_a_row_of_streets_is_a_street(find: Find, name: str):
    text = "Nhiều cây xăng tại các tuyến phố lớn như Trường Chinh, Pleiku, Đức Cơ, Láng Hạ hết hàng."
    assert find(text)[name].kind is MentionKind.OTHER_NAME


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mưa lớn ở xã Ia dom, huyện Đức Cơ.", "xã Ia dom"),
        ("Mưa lớn ở Gia lai.", "Gia lai"),
        ("Mưa lớn ở huyện Đức cơ.", "huyện Đức cơ"),
    ],
)
def test_a_small_second_syllable_is_of_a_name_with_its_word_of_the_highlands_or_of_the_province(
    find: Find, text: str, name: str
):
    assert name in find(text)


def test_the_word_for_city_is_no_street(find: Find):
    assert (
        find("Lễ hội ở thành phố Pleiku, tỉnh Gia Lai.")["thành phố Pleiku"].kind is MentionKind.EVENT_PLACE
    )


def test_an_ambiguous_name_counts_near_the_province(find: Find):
    text = "UBND tỉnh Gia Lai họp. Sau đó đoàn về xã An Phú kiểm tra."
    assert find(text)["xã An Phú"].unit == "c23602"


def test_a_village_and_an_unlisted_commune_are_tied_to_the_place_of_their_address(find: Find):
    places = find("Cháy ở làng Bi, xã Ia Kriêng, huyện Đức Cơ, tỉnh Gia Lai.")
    assert places["làng Bi"].kind is MentionKind.EVENT_PLACE
    assert places["xã Ia Kriêng"].unit == "d631"


def test_a_landmark_is_named_with_its_word(find: Find):
    text = "Phá rừng Kon Ka Kinh ở Gia Lai bị xét xử."
    assert find(text)["rừng Kon Ka Kinh"].unit == "l-kon-ka-kinh"


def test_an_article_about_somewhere_else_has_no_event_here(find: Find):
    text = (
        "Công an Hà Nội bắt nhóm lừa đảo. "
        + "Vụ án ở Hà Nội, Hà Nội và Hải Phòng. " * 30
        + "Từng có vụ ở huyện Đức Cơ."
    )
    assert find(text)["huyện Đức Cơ"].kind is MentionKind.MENTION


def test_the_only_home_named_is_where_an_article_about_the_province_happens(find: Find):
    text = "Bệnh viện tỉnh Gia Lai cứu ông B. (56 tuổi, trú xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai)."
    assert find(text)["xã Ia Dom"].kind is MentionKind.EVENT_PLACE


@pytest.mark.parametrize(
    ("text", "name", "unit"),
    [
        ("Police in Duc Co district, Gia Lai province, detained three people.", "Duc Co district", "d631"),
        ("Villagers of Ia Dom commune in Gia Lai protested.", "Ia Dom commune", "c23872"),
        ("Cong an huyen Duc Co, tinh Gia Lai bat giu 3 doi tuong.", "huyen Duc Co", "d631"),
        ("在嘉莱省的农民。", "嘉莱", "p52"),
    ],
)
def test_foreign_and_unaccented_text_is_matched_without_marks(find: Find, text: str, name: str, unit: str):
    assert find(text)[name].unit == unit


@pytest.mark.parametrize(
    "text", ["A poem by Le Thanh was read in Paris.", "He lives in Le Thanh street, Hanoi."]
)
def test_a_personal_name_in_foreign_text_is_no_border_gate(find: Find, text: str):
    assert all(p.kind is MentionKind.OTHER_NAME for p in find(text).values())
