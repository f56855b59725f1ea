from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.language import CODES, detect, is_unaccented
from nlp.syllables import is_toneless_syllable
from nlp.text import fold

SMALL_SET = {
    "vi": (
        "Gia Lai đón đoàn khách quốc tế đầu năm",
        "Đường lên biên giới Ia Mơ lầy lội",
        "Giá hồ tiêu tăng mạnh",
        "Lúng túng",
        "Quy Nhơn mưa lớn, nhiều tuyến phố ngập",
        "Bắt nhóm đối tượng phá rừng ở Kbang",
        "HAGL thắng đậm trên sân nhà",
        "TP HCM: kẹt xe nghiêm trọng",
        "Nắng nóng gay gắt kéo dài",
        "Microsoft giã từ Wi-Fi",
        "Cà phê Gia Lai vào châu Âu",
        "Ngư dân kêu cứu",
        "Tin vui cho bà con",
        "Cấm biển từ chiều nay",
        "Khai mạc lễ hội cồng chiêng",
    ),
    "en": (
        "Vietnam coffee exports hit record",
        "Border guards rescue fishermen off Quy Nhon",
        "Rights group urges Vietnam to free pastor",
        "Gia Lai wind farms stall",
        "Thailand deports Montagnard activist",
        "Le Thanh gate reopens",
        "Rubber company sued over land in Ratanakiri",
        "Cambodia and Vietnam open new crossing",
        "Pleiku museum draws visitors",
        "Typhoon nears central coast",
    ),
    "fr": (
        "Le Vietnam exporte davantage de café",
        "Les hauts plateaux sous la pluie",
        "Des pêcheurs secourus au large de Quy Nhon",
        "La frontière avec le Cambodge rouvre",
        "Une église fermée dans la province de Gia Lai",
        "Les Montagnards demandent l'asile en Thaïlande",
        "Café : les prix s'envolent",
    ),
    "zh": (
        "越南嘉莱省咖啡出口增长",
        "越南中部遭台风袭击",
        "柬越边境口岸重新开放",
        "越南胡志明市地铁开通",
        "归仁港扩建",
        "越南西原少数民族",
        "越南與柬埔寨簽署協議",
    ),
    "km": (
        "ព្រំដែនកម្ពុជា វៀតណាម",
        "ខេត្តរតនគិរី",
        "ច្រកទ្វារអូរយ៉ាដាវ",
        "អាជ្ញាធរចាប់ខ្លួនជនសង្ស័យ",
    ),
    "lo": (
        "ລາວ ແລະ ຫວຽດນາມ ຮ່ວມມື",
        "ແຂວງອັດຕະປື",
        "ຊາຍແດນລາວ",
    ),
    "th": (
        "ไทยส่งตัวผู้ลี้ภัยชาวมองตานญาด",
        "เวียดนามส่งออกกาแฟ",
        "พายุเข้าภาคกลางเวียดนาม",
        "ชายแดนกัมพูชา",
    ),
    "ko": (
        "베트남 커피 수출 증가",
        "잘라이성 풍력 발전",
        "베트남 중부 태풍 피해",
        "퀴논 한국 관광객",
    ),
    "ja": (
        "ベトナムのコーヒー輸出が増加",
        "ザライ省で大雨",
        "ベトナム中部に台風接近",
        "クイニョン港の拡張",
    ),
    "und": (
        "La policía detuvo a tres hombres",
        "Vietnams Kaffeeexporte steigen stark an",
        "Вьетнам увеличил экспорт кофе",
        "Harga kopi naik di pasar dunia karena cuaca buruk",
        "تصدير القهوة الفيتنامية",
        "O governo não comentou a decisão do tribunal",
    ),
}
UNACCENTED_SET = (
    "Gia Lai don doan khach quoc te dau nam",
    "Gia ho tieu tang manh",
    "Quy Nhon mua lon, nhieu tuyen pho ngap",
    "Bat nhom doi tuong pha rung o Kbang",
    "Nang nong gay gat keo dai",
    "Khai mac le hoi cong chieng",
    "KHOI TO VU AN BUON LAU GO",
    "Ngu dan keu cuu giua bien",
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Đức Cơ: Bắt giữ ba đối tượng buôn lậu", "vi"),
        ("Tháng ba Tây Nguyên là tháng nào", "vi"),
        ("Nông dân Gia Lai vào vụ", "vi"),
        ("Bat giu 3 doi tuong buon lau qua bien gioi", "vi"),
        ("GIA LAI: KHOI TO VU AN PHA RUNG", "vi"),
        ("Vietnam jails Montagnard Christians", "en"),
        ("Gia Lai coffee exports rise", "en"),
        ("Land dispute in Đức Cơ district", "en"),
        ("Thailand extradites activist to Vietnam", "en"),
        ("Vietnam: les montagnards demandent l'asile", "fr"),
        ("Des réfugiés renvoyés au Vietnam", "fr"),
        ("柬埔寨遣返越南难民", "zh"),
        ("ベトナム中部高原のコーヒー", "ja"),
        ("베트남 잘라이성 커피", "ko"),
        ("ភ្នំពេញ", "km"),
        ("ລາວ ຫວຽດນາມ", "lo"),
        ("ชายแดนเวียดนาม", "th"),
        ("La policía detuvo a tres hombres en la frontera", "und"),
        ("😀😀", "und"),
        ("12 345", "und"),
        ("", "und"),
    ],
)
def test_a_short_text_gets_its_language(text: str, code: str):
    assert detect(text).code == code


@pytest.mark.parametrize("text", ["Ngư dân Nhơn Châu gặp nạn ở Trường Sa", "Xã biên giới Ia Dom có điện"])
def test_the_same_headline_without_marks_is_vietnamese_and_says_so(text: str):
    assert not is_unaccented(detect(text))
    assert is_unaccented(detect(fold(text).text))


def test_what_the_page_declares_counts_only_when_nothing_else_decides():
    assert detect("😀", declared="fr-FR").code == "fr"
    assert detect("Đường lên biên giới", declared="fr-FR").code == "vi"
    assert detect("😀", declared="tlh").code == "und"


@given(st.text(max_size=120))
def test_any_text_gets_a_known_code_a_method_and_a_confidence(text: str):
    guess = detect(text)
    assert guess.code in CODES
    assert guess.method
    assert 0 <= guess.confidence <= 1


@pytest.mark.parametrize(
    ("word", "legal"),
    [
        *((word, True) for word in ("nghieng", "quyet", "gieng", "ngheo", "xoong", "the")),
        *((word, False) for word in ("street", "kaf", "border", "ngi", "cheese")),
    ],
)
def test_a_syllable_is_legal_by_onset_and_rhyme(word: str, legal: bool):
    assert is_toneless_syllable(word) is legal


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in SMALL_SET.items() for text in texts]
)
def test_a_headline_of_every_class_gets_its_language(code: str, text: str):
    guess = detect(text)
    assert guess.code == code
    assert not is_unaccented(guess)


@pytest.mark.parametrize("text", UNACCENTED_SET)
def test_an_unaccented_headline_is_vietnamese_and_says_so(text: str):
    assert is_unaccented(detect(text))


@pytest.mark.parametrize(("code", "texts"), SMALL_SET.items())
def test_a_longer_text_gets_the_same_language(code: str, texts: tuple[str, ...]):
    if code == "und":
        return_codes = {detect(text * 6).code for text in texts}
        assert return_codes == {"und"}
    else:
        assert detect(". ".join(texts)).code == code


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "least"), [("clustering/vims/vims", 0.995), ("classification/unc/unc", 0.995)]
)
def test_titles_of_the_vietnamese_press_are_vietnamese(data: Path, name: str, least: float):
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        titles = [
            row.get("title") or row["text"].strip().split("\n")[0][:120] for row in map(json.loads, lines)
        ]
    right = sum(detect(title).code == "vi" for title in titles)
    assert right / len(titles) >= least


@pytest.mark.parametrize(
    "text", ["x. " + "1" * 500, "1.2 3.4 " * 60 + "kg", "a: " + "#-=" * 60], ids=["digits", "table", "signs"]
)
def test_a_text_with_next_to_no_letters_is_of_no_language(text: str):
    guess = detect(text, declared="vi")
    assert guess.code == "und"
    assert guess.method == "few-letters"
