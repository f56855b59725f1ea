from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import Article, Relevance

MakeArticle = Callable[..., Article]
Judge = Callable[..., Relevance]

FOOTBALL = "HAGL thắng 2-0. Cầu thủ ghi bàn ở vòng đấu này, huấn luyện viên khen tiền đạo."


@pytest.fixture
def judge(knowledge: Knowledge, article: MakeArticle):
    def judged(text: str, title: str = "") -> Relevance:
        return read(article(text, title), knowledge).relevance

    return judged


@pytest.mark.parametrize(
    ("title", "text", "label"),
    [
        ("Gia Lai: Bắt nhóm phá rừng", "Công an tỉnh Gia Lai bắt ba người ở huyện Đức Cơ.", "about"),
        ("", "Công an huyện Đức Cơ (tỉnh Gia Lai) khởi tố vụ án.", "about"),
        ("Gia Lai: Bat nhom pha rung", "Cong an tinh Gia Lai bat ba nguoi o huyen Duc Co.", "about"),
        ("Farmers protest in Gia Lai", "Farmers in Duc Co district protested on Monday.", "about"),
        ("HAGL thắng đậm", FOOTBALL, "sport"),
        (
            "HAGL win",
            "HAGL beat Hanoi. The striker scored two goals, the head coach said after the league game.",
            "sport",
        ),
        ("HAG báo lãi", "Hoàng Anh Gia Lai có lợi nhuận cao, cổ phiếu tăng, cổ đông vui.", "company"),
        ("Hà Nội họp báo", "Chính phủ họp ở Hà Nội.", "none"),
        ("", "", "none"),
    ],
)
def test_an_article_gets_its_label_with_reasons(judge: Judge, title: str, text: str, label: str):
    relevance = judge(text, title)
    assert relevance.label == label
    assert relevance.why
    assert 0 <= relevance.score <= 1


def test_a_name_in_passing_late_among_other_places_is_a_mention(judge: Judge):
    text = "Hà Nội và Hải Phòng bàn chuyện giao thông ở Hải Phòng. " * 20 + "Một dự án khác ở Gia Lai."
    assert judge(text).label == "mention"


def test_a_home_in_an_event_elsewhere_is_a_mention(judge: Judge):
    text = (
        "Công an Quảng Nam bắt hai người (cùng trú huyện Đức Cơ, Gia Lai) bán vàng giả ở Quảng Nam, Đà Nẵng."
    )
    assert judge(text).label == "mention"


def test_only_a_streets_name_is_nothing(judge: Judge):
    assert judge("Cháy trên đường Pleiku, quận Tân Bình, TP HCM.").label == "none"


def test_a_club_with_a_crime_in_the_province_is_about_the_province(judge: Judge):
    text = "Công an tỉnh Gia Lai khởi tố ba người cá độ ở huyện Đức Cơ. Họ xem trận HAGL. Đức Cơ yên trở lại."
    assert judge(text, "Gia Lai: Khởi tố nhóm đánh bạc").label == "about"


def test_the_outlet_is_no_reason(knowledge: Knowledge, article: MakeArticle):
    one = article("Công an tỉnh Gia Lai khởi tố vụ án.", "Gia Lai")
    other = replace(one, outlet="khac", outlet_name="Foreign Times")
    assert read(one, knowledge).relevance == read(other, knowledge).relevance


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội 42, Hải Phòng 38, Nghệ An 35, Gia Lai 30, Lâm Đồng 31, Cần Thơ 36.",
        "Giá tại Đắk Lắk: 120.000 đồng/kg; Lâm Đồng: 119.500 đồng/kg; Gia Lai: 119.900 đồng/kg.",
        "Đắk Lắk (62.000 đồng/kg), Gia Lai (61.000 đồng/kg), Lâm Đồng (63.000 đồng/kg).",
        "Gia Lai 12 ca, Kon Tum 8 ca và Đắk Lắk 20 ca.",
        "Gia Lai 12%, Kon Tum 8%, Đắk Lắk 20%",
        "Dak Lak 120, Gia Lai 119 and Lam Dong 118.",
        "Prices rose to 119,000 dong in Gia Lai, 120,000 in Dak Lak and 118,500 in Lam Dong.",
    ],
    ids=["marks", "prices", "brackets", "cases", "shares", "unaccented", "figures first"],
)
def test_a_row_of_provinces_with_their_figures_is_a_list(judge: Judge, text: str):
    assert judge(text).label == "mention"


def test_two_provinces_with_their_figures_are_no_list(judge: Judge):
    text = "Sạt lở làm Gia Lai 12 nhà, Kon Tum 8 nhà hư hỏng; UBND tỉnh Gia Lai họp khẩn ở Pleiku."
    assert judge(text, "Gia Lai: Sạt lở").label == "about"
