from __future__ import annotations

import pytest

from crawler.pages.language import check_language

VIETNAMESE = "Ủy ban nhân dân tỉnh họp báo về tiến độ tuyến đường cao tốc, theo kế hoạch đã công bố. "
ENGLISH = "The committee of the province told reporters on the progress of the road and that it is on time. "
FRENCH = "Le comité de la province a rendu compte de la construction des routes dans les montagnes. "
JRAI = "Bơnai đah rơkơi djơ̆ amăng plơi ăt hrŏm hăng khua mua lăng tơlơi hrăm hră kơ ƀing čơđai. "

CASES = {
    "as declared": ("vi", VIETNAMESE, "vi"),
    "Vietnamese declared as English": ("en", VIETNAMESE, "vi"),
    "nothing declared": ("", VIETNAMESE, "vi"),
    "English declared as Vietnamese": ("vi", ENGLISH, "en"),
    "French declared as Vietnamese": ("vi", FRENCH, ""),
    "French": ("fr", FRENCH, "fr"),
    "Jrai is not Vietnamese": ("jra", JRAI, "jra"),
    "Japanese": ("en", "道路の建設について記者会見を開いた。" * 4, "ja"),
    "Chinese": ("", "省人民委员会就高速公路建设进度举行新闻发布会" * 4, "zh"),
    "Korean": ("", "도로 건설에 관한 기자 회견을 열었다 " * 4, "ko"),
    "Khmer": ("", "គណៈកម្មាធិការប្រជាជន" * 4, "km"),
    "too short to contradict anybody": ("en", "Họp báo ở Đức Cơ", "en"),
    "empty": ("vi", "", "vi"),
}


@pytest.mark.parametrize(("declared", "text", "expected"), CASES.values(), ids=CASES.keys())
def test_the_letters_have_the_last_word(declared: str, text: str, expected: str) -> None:
    assert check_language(declared, text if len(text) < 20 else text * 3) == expected
