from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.sentences import split


def parts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mưa lớn. Nước dâng nhanh!", ["Mưa lớn.", "Nước dâng nhanh!"]),
        ("Tiêu đề không chấm\nCâu đầu. Câu hai.", ["Tiêu đề không chấm", "Câu đầu.", "Câu hai."]),
        (
            "TS. Rơ Châm Lan ở TP. Pleiku nói vậy. Ai tin?",
            ["TS. Rơ Châm Lan ở TP. Pleiku nói vậy.", "Ai tin?"],
        ),
        ("PGS.TS. Lê Na đến.", ["PGS.TS. Lê Na đến."]),
        ("Ở Q. 1 và P. Hội Phú. Hết.", ["Ở Q. 1 và P. Hội Phú.", "Hết."]),
        ("Nghị định 30/2020/NĐ-CP. Theo đó, cấm.", ["Nghị định 30/2020/NĐ-CP.", "Theo đó, cấm."]),
        ("Bắt Nguyễn Văn A. Công an đang điều tra.", ["Bắt Nguyễn Văn A.", "Công an đang điều tra."]),
        ("Có 1.200 ha, ngày 5.9. Sau đó mưa.", ["Có 1.200 ha, ngày 5.9.", "Sau đó mưa."]),
        ("Mưa lớn.\u200b Nước dâng.", ["Mưa lớn.\u200b", "Nước dâng."]),
        ("Xem gialai.gov.vn. Rồi gọi.", ["Xem gialai.gov.vn.", "Rồi gọi."]),
        ("Xem https://bao.example/a.html?b=1. Rồi gọi.", ["Xem https://bao.example/a.html?b=1.", "Rồi gọi."]),
        ('"Tôi đi." Ông nói.', ['"Tôi đi."', "Ông nói."]),
        ("“Đi thôi!” Họ đi.", ["“Đi thôi!”", "Họ đi."]),
        ("(Ảnh chụp hôm qua.) Sau đó trời mưa.", ["(Ảnh chụp hôm qua.)", "Sau đó trời mưa."]),
        ("“Sao thế?” anh hỏi.", ["“Sao thế?” anh hỏi."]),
        ("Chờ... và chờ… Rồi xong.", ["Chờ... và chờ…", "Rồi xong."]),
        ("1. Tình hình chung", ["1. Tình hình chung"]),
        ("Vụ việc năm 2020. Ông khai vậy.", ["Vụ việc năm 2020.", "Ông khai vậy."]),
        ("Mr. Smith left at 5 a.m. The police came.", ["Mr. Smith left at 5 a.m.", "The police came."]),
        ("The U.S. Army left. It rained.", ["The U.S. Army left.", "It rained."]),
        ("John F. Kennedy spoke. Yes.", ["John F. Kennedy spoke.", "Yes."]),
        ("There is no. 5 here. Say no. Then go.", ["There is no. 5 here.", "Say no.", "Then go."]),
        ("UBND. TP. Pleiku họp. Hết.", ["UBND. TP. Pleiku họp.", "Hết."]),
        ("Trình UBND. Sau đó họp.", ["Trình UBND.", "Sau đó họp."]),
        ("GS.TS. Lê Na và ThS.BS. Trần B. đến. Hết.", ["GS.TS. Lê Na và ThS.BS. Trần B. đến.", "Hết."]),
        ("UBND TP.HCM họp. Hết.", ["UBND TP.HCM họp.", "Hết."]),
        ("Giá 1.200.000 đồng/kg, tăng 2.5%. Hết.", ["Giá 1.200.000 đồng/kg, tăng 2.5%.", "Hết."]),
        ("Gọi 0269.3824.404. Hết.", ["Gọi 0269.3824.404.", "Hết."]),
        ('"Đừng đi!" - bà nói. "Vâng." Anh đáp.', ['"Đừng đi!" - bà nói.', '"Vâng."', "Anh đáp."]),
        ("Mưa to. - Bà nói.", ["Mưa to.", "- Bà nói."]),
        (
            "- Mục một.\n- Mục hai\n1. Mục ba\n2. Mục bốn",
            ["- Mục một.", "- Mục hai", "1. Mục ba", "2. Mục bốn"],
        ),
        ("Thư: toasoan@bao.example. Hết.", ["Thư: toasoan@bao.example.", "Hết."]),
        ("Dòng một\r\nDòng hai\u2028Dòng ba", ["Dòng một", "Dòng hai", "Dòng ba"]),
        ("Một câu。另一句。", ["Một câu。", "另一句。"]),
        ("", []),
        (" \n\t ", []),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]):
    assert parts(text) == sentences


@given(st.text(alphabet='aÂ. !?\n"”)(1Q…。', max_size=80) | st.text(max_size=80))
def test_sentences_are_in_order_apart_and_without_white_space_at_their_ends(text: str):
    end = 0
    for span in split(text):
        assert end <= span.start < span.end
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end


@given(st.text(alphabet="ab. \n!", max_size=80))
def test_no_letter_is_lost(text: str):
    assert "".join("".join(parts(text)).split()) == "".join(text.split())
