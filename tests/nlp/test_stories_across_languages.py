"""Invented reports: each event told in Vietnamese and in English, and English ones of other events.

The words are our own. They were looked at while the rules were made, so what they give is no promise.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from nlp.bilingual import find_cues, name_cue
from nlp.stories import Grouper, GroupItem

DAY = datetime(2026, 11, 15, 1, tzinfo=UTC)


class Pair(NamedTuple):
    """One event: Vietnamese title and text, English title and text."""

    vi: tuple[str, str]
    en: tuple[str, str]


PAIRS = {
    "flood": Pair(
        (
            "Lũ sông Ba gây ngập hơn 1.200 căn nhà",
            "Sáng 14/11, nước sông Ba dâng nhanh làm 1.240 căn nhà ở xã Ia Rsai và Phú Túc bị ngập.",
        ),
        (
            "Ba River flood swamps homes in Gia Lai",
            "Flood water from the Ba River swamped 1,240 houses in Ia Rsai and Phu Tuc on November 14.",
        ),
    ),
    "solar": Pair(
        (
            "Khởi công nhà máy điện mặt trời ở Krông Pa",
            "Ngày 12/11, Công ty Nắng Cao Nguyên khởi công nhà máy điện mặt trời 450 MW tại Krông Pa.",
        ),
        (
            "Work starts on Krong Pa solar plant",
            "Nang Cao Nguyen Company broke ground on a 450 MW solar power plant in Krong Pa on 12 November.",
        ),
    ),
    "durian": Pair(
        (
            "Chư Prông xuất khẩu lô sầu riêng đầu tiên sang Trung Quốc",
            "Hợp tác xã Ia Phìn đưa 38 tấn sầu riêng của Chư Prông sang Trung Quốc trong tuần này.",
        ),
        (
            "Chu Prong ships first durian to China",
            "The Ia Phin cooperative in Chu Prong sent 38 tonnes of durian to China this week.",
        ),
    ),
    "bridge": Pair(
        (
            "Cầu treo Kon Gang sập, ba học sinh rơi xuống suối",
            "Cầu treo ở xã Kon Gang sập chiều 13/11, ba học sinh rơi xuống suối và được cứu.",
        ),
        (
            "Three pupils rescued as Kon Gang bridge collapses",
            "A hanging bridge in Kon Gang collapsed on 13 November and three students fell into the stream.",
        ),
    ),
    "dengue": Pair(
        (
            "Sốt xuất huyết tăng ở An Khê",
            "Trung tâm Y tế An Khê ghi nhận 312 ca sốt xuất huyết từ đầu năm, gấp đôi cùng kỳ.",
        ),
        (
            "Dengue fever cases double in An Khe",
            "The An Khe health centre recorded 312 cases of dengue since the start of the year.",
        ),
    ),
    "wind": Pair(
        (
            "Điện gió Ia Boòng hòa lưới 50 MW",
            "Nhà máy điện gió Ia Boòng đưa 50 MW lên lưới quốc gia từ ngày 10/11.",
        ),
        (
            "Ia Boong wind farm joins the grid",
            "The wind power plant at Ia Boong fed 50 MW into the national grid from November 10.",
        ),
    ),
    "gongs": Pair(
        (
            "Liên hoan cồng chiêng quy tụ 1.150 nghệ nhân",
            "Liên hoan cồng chiêng tại quảng trường Đại Đoàn Kết có 1.150 nghệ nhân của 24 đoàn tham gia.",
        ),
        (
            "Gong festival gathers artisans",
            "The gong festival at Dai Doan Ket square brought together 1,150 artisans of 24 troupes.",
        ),
    ),
    "forest": Pair(
        (
            "Phát hiện vụ phá rừng tại Kbang",
            "Kiểm lâm Kbang phát hiện 47 cây gỗ bị đốn hạ ở tiểu khu 112, xã Đăk Rong.",
        ),
        (
            "Illegal logging found in Kbang",
            "Rangers in Kbang found 47 trees felled in Dak Rong commune, in what they call illegal logging.",
        ),
    ),
    "airport": Pair(
        (
            "Sân bay Phù Cát mở đường bay tới Seoul",
            "Từ 1/12, sân bay Phù Cát có 4 chuyến mỗi tuần tới Seoul.",
        ),
        (
            "Phu Cat airport to open Seoul route",
            "Phu Cat airport will have 4 flights a week to Seoul from December 1.",
        ),
    ),
    "gate": Pair(
        (
            "Cửa khẩu Lệ Thanh thông quan 820 xe nông sản",
            "Cửa khẩu quốc tế Lệ Thanh thông quan 820 xe hạt điều và sắn từ Oyadav trong một ngày.",
        ),
        (
            "Le Thanh border gate clears farm trucks",
            "The Le Thanh border gate cleared 820 trucks of cashew and cassava from Oyadav in one day.",
        ),
    ),
    "fish": Pair(
        (
            "Cá chết trắng hồ Ayun Hạ",
            "Khoảng 25 tấn cá lồng chết ở hồ Ayun Hạ từ ngày 9/11, dân nghi do nước thải.",
        ),
        (
            "Fish die in Ayun Ha reservoir",
            "About 25 tonnes of caged fish died in Ayun Ha reservoir since November 9, farmers said.",
        ),
    ),
    "fire": Pair(
        (
            "Cháy chợ Chư Sê, thiêu rụi nhiều gian hàng",
            "Vụ cháy rạng sáng 14/11 ở chợ Chư Sê thiêu rụi 63 gian hàng, không ai bị thương.",
        ),
        (
            "Fire destroys stalls at Chu Se market",
            "A fire at Chu Se market on 14 November destroyed 63 stalls; nobody was hurt.",
        ),
    ),
}
OTHERS = {
    "another flood": ("Flood in Quang Nam", "Flood water covered 3,900 houses in Dai Loc on November 13."),
    "another solar plant": ("Solar plant in Ninh Thuan", "A 204 MW solar power plant opened in Thuan Nam."),
    "coffee abroad": ("Coffee futures climb", "Robusta futures in London rose to 5,310 dollars a tonne."),
    "another dengue": ("Dengue in Ca Mau", "Doctors in Ca Mau recorded 2,870 cases of dengue this year."),
    "durian at large": (
        "Durian exports reach record",
        "Viet Nam sold durian worth 3 billion dollars abroad.",
    ),
    "another route": ("Da Nang opens Tokyo route", "Da Nang airport will have 7 flights a week to Tokyo."),
    "another market fire": (
        "Fire in Vinh market",
        "A fire destroyed 140 stalls at a market in Vinh on Sunday.",
    ),
    "Kbang weather": ("Cold spell in the highlands", "Temperatures in Kbang and Pleiku fell to 13 degrees."),
    "Chu Se pepper": ("Pepper growers turn to avocado", "Farmers in Chu Se replaced pepper with avocado."),
    "An Khe history": ("Stone tools tell of An Khe", "Archaeologists date stone tools of An Khe anew."),
    "gong class": (
        "Children learn the gong",
        "A weekend class in Kon Tum teaches children to play the gong.",
    ),
    "football": ("Hoang Anh Gia Lai held at home", "A late goal gave the visitors a 1-1 draw in Pleiku."),
}


LATE = DAY + timedelta(hours=7)
VIETNAMESE = [GroupItem(f"vi {name}", *pair.vi, DAY) for name, pair in PAIRS.items()]
ENGLISH = [GroupItem(f"en {name}", *pair.en, LATE) for name, pair in PAIRS.items()]
ENGLISH += [GroupItem(f"other {name}", *told, LATE) for name, told in OTHERS.items()]


def find_event(english: GroupItem) -> str:
    """The event whose Vietnamese story an English report joins among all of them; "" for none."""
    grouper = Grouper(window=timedelta(days=14))
    events = {grouper.add(each).story: each.id.removeprefix("vi ") for each in VIETNAMESE}
    assert len(events) == len(PAIRS)
    return events.get(grouper.add(english).story, "")


def test_english_reports_join_their_own_vietnamese_story_and_no_other():
    joined = {each.id: event for each in ENGLISH if (event := find_event(each))}
    right = [name for name, event in joined.items() if name == f"en {event}"]
    precision, recall = len(right) / len(joined), len(right) / len(PAIRS)
    assert precision >= 0.95, joined
    assert recall >= 0.8, joined


def test_a_shared_place_alone_joins_nothing():
    weather = GroupItem("x", *OTHERS["Kbang weather"], LATE)
    assert find_event(weather) == ""


def test_a_place_and_the_kind_of_event_join_two_languages_and_the_reason_names_both():
    grouper = Grouper(window=timedelta(days=14))
    first = grouper.add(GroupItem("a", "Cháy chợ", "Vụ cháy lớn xảy ra ở chợ Chư Sê.", DAY))
    later = grouper.add(GroupItem("b", "Market blaze", "A fire broke out at the market of Chu Se.", LATE))
    assert later.story == first.story
    assert "cùng tên riêng: Chu Se" in later.why
    assert "cùng loại việc: cháy" in later.why


@pytest.mark.parametrize(
    ("flat", "cues"),
    [
        ("nuoc lu lut dang cao", {"!flood"}),
        ("the solar farm and the wind farm", {"!solar", "!wind"}),
        ("firemen of floodlit towns", set()),
        ("", set()),
    ],
)
def test_kinds_of_event_are_whole_words_of_either_language(flat: str, cues: set[str]):
    assert find_cues(flat) == cues
    assert all(name_cue(cue) for cue in cues)
