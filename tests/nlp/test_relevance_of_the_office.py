"""Relevance with the office's own gazetteer and topics: traps of geography, and other scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import Article, Relevance

MakeArticle = Callable[..., Article]
Judge = Callable[..., Relevance]

AFTER = date(2026, 10, 15)


@pytest.fixture
def judge(office: Knowledge, article: MakeArticle) -> Judge:
    def judged(text: str, title: str = "") -> Relevance:
        return read(article(text, title, AFTER), office).relevance

    return judged


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("越南嘉莱省发生洪水", "越南中部嘉莱省周二发生洪水,造成五人死亡。波来古市区被淹。"),
        ("越南嘉萊省發生洪水", "越南中部嘉萊省週二發生洪水,造成五人死亡。波來古市區被淹。"),
        ("ザライ省で洪水", "ベトナム中部ザライ省で洪水、5人が死亡した。クイニョンでも浸水。"),
        ("베트남 잘라이성 홍수", "베트남 잘라이성에서 홍수로 5명이 숨졌다. 쁠래이꾸 시내도 침수됐다."),
        ("ទឹកជំនន់នៅខេត្តយ៉ាឡាយ", "ទឹកជំនន់នៅខេត្តយ៉ាឡាយ ប្រទេសវៀតណាម បានសម្លាប់មនុស្ស ៥ នាក់។"),
        ("น้ำท่วมจังหวัดบิ่ญดิ่ญ", "เกิดน้ำท่วมในจังหวัดบิ่ญดิ่ญ ประเทศเวียดนาม มีผู้เสียชีวิต 5 คน"),
    ],
    ids=["zh", "zh-Hant", "ja", "ko", "km", "th"],
)
def test_news_of_the_province_in_other_scripts_is_about_it(judge: Judge, title: str, text: str):
    assert judge(text, title).label == "about"


@pytest.mark.parametrize(
    "text",
    [
        "清军平定叛乱,史书有载。",
        "ディスプレイクリーナーの新製品が発売された。",
        "ដំណឹងពីស្រុកអូរយ៉ាដាវ ខេត្តរតនគិរី។",
    ],
    ids=["to pacify", "display cleaner", "Ratanakiri alone"],
)
def test_other_scripts_words_that_are_no_name_of_ours_are_nothing(judge: Judge, text: str):
    assert judge(text).label == "none"


@pytest.mark.parametrize(
    "text",
    [
        "The Le Thanh-Oyadav crossing handled 500 trucks a day.",
        "The Le Thanh - O'Yadav crossing handled 500 trucks a day.",
        "Trucks queue daily at the Oyadav–Le Thanh checkpoint.",
    ],
    ids=["hyphen", "spaced", "the other way round, dash"],
)
def test_the_pair_of_gates_is_ours_in_either_order(judge: Judge, text: str):
    assert judge(text, "Trade with Cambodia").label == "about"


def test_a_person_of_the_gates_name_is_nothing(judge: Judge):
    assert judge("The singer Le Thanh died in Hanoi on Monday.", "Singer Le Thanh dies").label == "none"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Cháy rừng ở Ia Dom", "Cháy rừng xảy ra ở Ia Dom chiều qua, 2 ha bị thiêu rụi."),
        ("Ngư dân Đề Gi và Tam Quan vươn khơi", "Tàu cá của ngư dân Đề Gi và Tam Quan cập cảng."),
        ("Dịch tả heo ở Chư Krey", "Dịch tả heo xảy ra chiều qua, 20 con chết."),
        ("Người dân Bồng Sơn dọn lũ", "Người dân Bồng Sơn dọn bùn sau lũ."),
        ("Chay rung o Ia Dom", "Chay rung xay ra tai Ia Dom chieu qua, 2 ha bi thieu rui."),
        ("Ia Pnôn mùa khô", "Nước về Ia Pnôn, Ia Nan, hai nơi khát nhất."),
    ],
    ids=["at", "two fishing places", "title only", "people of", "unaccented", "two side by side"],
)
def test_a_communes_name_that_exists_nowhere_else_needs_no_unit_word(judge: Judge, title: str, text: str):
    assert judge(text, title).label == "about"


@pytest.mark.parametrize(
    "text",
    [
        "Nhà phê bình Hoài Thanh viết Thi nhân Việt Nam.",
        "Gặp lại Hoài Xuân sau nhiều năm, tôi thấy Hoài Xuân vẫn trẻ.",
        "Kẹt xe ở Trần Quang Diệu sáng nay.",
        "Cháy nhà ở An Phú, hai xe máy bị thiêu rụi.",
        "Cháy rừng ở Ia Dom, tỉnh Quảng Ngãi.",
        "Gap Hoai Tan o Sai Gon.",
        "Qua cổng Tam Quan vào chùa.",
    ],
    ids=["critic", "girl", "street", "homonym", "another province", "unaccented", "gate of a pagoda"],
)
def test_a_communes_name_that_may_be_anothers_stays_nothing(judge: Judge, text: str):
    assert judge(text).label == "none"


@pytest.mark.parametrize(
    "text",
    [
        "Tuyến đường Bình Định và phố Quy Nhơn ở Đà Nẵng ngập nửa mét.",
        "Mưa lớn khiến tuyến đường Bình Định ở trung tâm Đà Nẵng ngập nửa mét.",
        "Con đường Gia Lai ở TP HCM đang được sửa.",
        "Tuyen duong Binh Dinh o Da Nang ngap nua met.",
    ],
    ids=["and another", "centre of", "city's short name", "unaccented"],
)
def test_a_street_in_a_town_elsewhere_is_nothing_though_called_a_route(judge: Judge, text: str):
    assert judge(text, "Ngập").label == "none"


@pytest.mark.parametrize(
    "text",
    [
        "Tuyến đường Pleiku - Chư Sê đang được sửa.",
        "Tuyến đường Gia Lai đi Kon Tum bị sạt lở ở nhiều đoạn, UBND tỉnh Gia Lai cho biết.",
        "Tuyến đường Quy Nhơn - Đà Nẵng thông xe tại Quy Nhơn.",
    ],
    ids=["within", "to another", "with a dash"],
)
def test_a_road_that_leads_somewhere_is_no_street(judge: Judge, text: str):
    assert judge(text, "Thi công đường").label == "about"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Veteran remembers Pleiku",
            (
                "He was a medic with the 4th Infantry Division near Pleiku, Vietnam, in 1967. He will be "
                "honored in Ohio on Veterans Day."
            ),
        ),
        (
            "Camp Holloway attack recalled",
            (
                "Sixty years ago Viet Cong sappers attacked Camp Holloway near Pleiku, killing eight "
                "Americans. Veterans gathered in Texas."
            ),
        ),
        (
            "Decorated veteran of Ia Drang dies at 84",
            (
                "A retired sergeant who fought with the 7th Cavalry in 1965 near Pleiku died Monday. He "
                "earned the Silver Star when his battalion was attacked. He is survived by his wife."
            ),
        ),
    ],
    ids=["medic", "attack", "obituary"],
)
def test_a_memory_of_the_war_is_a_mention_at_most(judge: Judge, title: str, text: str):
    assert judge(text, title).label in {"mention", "none"}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "US team searches for remains in Gia Lai",
            (
                "A US team began excavating a 1968 crash site in Gia Lai province, Vietnam, this week, "
                "looking for the remains of servicemen killed in action."
            ),
        ),
        (
            "Veterans return to Pleiku",
            "Twelve veterans of the 4th Infantry Division visited Pleiku on Monday and met residents.",
        ),
        (
            "Gia Lai kỷ niệm 60 năm chiến thắng Plei Me",
            (
                "Sáng 19/11, tỉnh Gia Lai tổ chức lễ kỷ niệm 60 năm chiến thắng Plei Me (1965-2025) tại "
                "Pleiku, các cựu chiến binh tiểu đoàn năm xưa dâng hương."
            ),
        ),
        (
            "Gia Lai ky niem 60 nam chien thang Plei Me",
            "Sang 19/11, tinh Gia Lai to chuc le ky niem 60 nam chien thang Plei Me (1965-2025) tai Pleiku.",
        ),
    ],
    ids=["excavation", "return", "anniversary", "anniversary unaccented"],
)
def test_what_is_done_today_for_the_war_is_about_the_province(judge: Judge, title: str, text: str):
    assert judge(text, title).label == "about"


@pytest.mark.parametrize(
    ("title", "text", "label"),
    [
        ("HAGL thắng Nam Định 2-0", "HAGL thắng Nam Định 2-0 trên sân nhà.", "sport"),
        ("HAGL", "HAGL thang Nam Dinh 2-0 tren san nha", "sport"),
        ("HAGL beat Hanoi 1-0", "HAGL beat Hanoi 1-0 on Sunday.", "sport"),
        ("Hoang Anh Gia Lai", "HAGL Agrico reported a loss of 90 billion dong.", "company"),
        ("HAGL Agrico lỗ", "HAGL Agrico lỗ 150 tỷ đồng trong quý III.", "company"),
        ("HAGL Agrico lo", "HAGL Agrico lo 150 ty dong trong quy III.", "company"),
    ],
    ids=["result", "unaccented", "en result", "en company", "company", "company unaccented"],
)
def test_a_short_item_of_the_club_or_the_company_is_known(judge: Judge, title: str, text: str, label: str):
    relevance = judge(text, title)
    assert relevance.label == label
    assert relevance.why
    assert relevance.score >= 0.5


def test_a_company_that_is_fined_in_the_province_is_about_it(judge: Judge):
    text = (
        "UBND tỉnh Gia Lai xử phạt một trang trại heo của Công ty Hoàng Anh Gia Lai 450 triệu đồng do xả "
        "thải ra suối tại xã Ia Pa."
    )
    assert judge(text, "Hoàng Anh Gia Lai bị phạt").label == "about"
