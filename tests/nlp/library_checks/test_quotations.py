"""Quoted words beside the document they come from. All text is invented."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.checks.quotations import find_flags
from store.types import Stance

ORIGINAL = (
    "Hội nghị bắt đầu lúc 8 giờ. Tỉnh không thu hồi đất của 63 hộ dân trước khi đo đạc lại và cấp đủ giấy "
    "chứng nhận cho bà con. Việc đo đạc kết thúc trong quý tới."
)
SAID = "Biên bản nêu: “Tỉnh {} thu hồi đất của {} hộ dân trước khi đo đạc lại và cấp đủ giấy {} cho bà con”."
EXACT = SAID.format("không", "63", "chứng nhận")

ALTERED = {
    "another figure": (SAID.format("không", "36", "chứng nhận"), "ghi “36”, tài liệu ghi “63”"),
    "a negation less": (SAID.format("sẽ", "63", "chứng nhận"), "ghi “sẽ”, tài liệu ghi “không”"),
    "a word left out and not marked": (SAID.format("", "63", "chứng nhận"), "bỏ “không”"),
    "a word more": (SAID.format("không", "63", "chứng nhận tạm"), "có thêm “tạm”"),
    "another word": (SAID.format("không", "63", "xác nhận"), "ghi “xác”, tài liệu ghi “chứng”"),
}


@pytest.mark.parametrize(("said", "because"), ALTERED.values(), ids=ALTERED.keys())
def test_a_quotation_in_other_words_is_flagged_and_the_words_are_named(
    library: SimpleNamespace, said: str, because: str
) -> None:
    case = library.case(library.article(said), library.document(1, "Mở đầu biên bản.", ORIGINAL))
    (flag,) = find_flags(case)
    assert library.is_exact(flag, case)
    assert any(because in words for words in flag.because)
    assert [e.stance for e in flag.evidence] == [Stance.AGAINST]
    assert flag.evidence[0].text.startswith("Tỉnh không thu hồi")


def test_a_plan_or_an_opinion_is_no_claim_but_may_be_quoted_wrongly(library: SimpleNamespace) -> None:
    said = (
        "“Tôi mong rằng {} làng ven sông Ba sẽ có một mùa xuân thật ấm áp và đầy tiếng chiêng”, già làng nói."
    )
    article = library.article(said.format("mọi"))
    assert article.reading.claims == ()
    stands = said.format("vài").replace("“", "").replace("”, già làng nói", "")
    (flag,) = find_flags(library.case(article, library.document(1, stands)))
    assert flag.because[0].endswith("ghi “mọi”, tài liệu ghi “vài”.")
    assert find_flags(library.case(article, library.document(1, stands.replace("vài", "mọi")))) == ()


LONG = (
    "Bà con đã chờ ba năm rồi. Chúng tôi không nhận được một đồng hỗ trợ nào từ ngày dời làng đến nay. "
    "Mong tỉnh sớm trả lời cho cả làng được biết."
)
TOLD = LONG.replace("không nhận", "đã nhận")


@pytest.mark.parametrize(
    "said",
    [
        f"Ông nói: “{TOLD}”",
        f'Ông nói: "{TOLD}"',
        f"Ông nói: «{TOLD}»",
        f"Ông nói: “Thưa cán bộ. {TOLD}” rồi về.",
    ],
    ids=["curly marks", "straight marks", "angle marks", "in the middle of the paragraph"],
)
def test_a_sentence_in_the_middle_of_a_longer_quotation_is_quoted_too(
    library: SimpleNamespace, said: str
) -> None:
    flags = find_flags(library.case(library.article(said), library.document(1, LONG)))
    assert [flag.because for flag in flags] == [("Lời trích ghi “đã”, tài liệu ghi “không”.",)]


@pytest.mark.parametrize(
    "said",
    [f'Ông nói: "{TOLD}" Bảng ghi 5" thôi.', f"Ông nói: “Thưa cán bộ xã. {TOLD}", TOLD],
    ids=["a straight mark left over", "a mark that is not closed ends with its sentence", "not quoted"],
)
def test_where_nobody_can_tell_what_is_quoted_nothing_is_compared(
    library: SimpleNamespace, said: str
) -> None:
    assert find_flags(library.case(library.article(said), library.document(1, LONG))) == ()


NO_DIFFERENCE = {
    "word for word": EXACT,
    "another case and other stops": EXACT.replace("“Tỉnh", "“TỈNH").replace(
        "đo đạc lại và", "đo đạc lại, và"
    ),
    "another case, other stops": EXACT.replace("“Tỉnh", "“TỈNH").replace("lại và", "lại, và"),
    "an omission that is marked": (
        "Biên bản nêu: “Tỉnh không thu hồi đất của 63 hộ dân […] và cấp đủ giấy chứng nhận cho bà con”."
    ),
    "an omission marked by dots": (
        "Biên bản nêu: “Tỉnh không thu hồi đất của 63 hộ dân… và cấp đủ giấy chứng nhận cho bà con”."
    ),
    "not quoted": SAID.format("không", "36", "chứng nhận").replace("“", "").replace("”", ""),
    "a few words": "Biên bản nêu rõ việc “không thu hồi đất của 36 hộ” trong cuộc họp sáng nay.",
    "quite another text": "Ông nói: “Chúng tôi mong có thêm trường học, trạm y tế và nước sạch cho 63 hộ”.",
}


@pytest.mark.parametrize("said", NO_DIFFERENCE.values(), ids=NO_DIFFERENCE.keys())
def test_what_is_no_difference_raises_nothing(library: SimpleNamespace, said: str) -> None:
    assert find_flags(library.case(library.article(said), library.document(1, ORIGINAL))) == ()


def test_i_and_y_and_the_place_of_the_tone_mark_are_no_difference(library: SimpleNamespace) -> None:
    said = "Văn bản ghi: “Công ty hóa chất cam kết xử lí nước thải đúng kĩ thuật trước khi hoà vào sông Ba”."
    there = "Công ty hoá chất cam kết xử lý nước thải đúng kỹ thuật trước khi hòa vào sông Ba."
    assert find_flags(library.case(library.article(said), library.document(1, there))) == ()


def test_a_document_that_has_the_words_exactly_settles_it(library: SimpleNamespace) -> None:
    other = ORIGINAL.replace("63 hộ", "60 hộ")
    case = library.case(library.article(EXACT), library.document(1, other), library.document(2, ORIGINAL))
    assert find_flags(case) == ()


def test_a_superseded_document_alone_raises_nothing(library: SimpleNamespace) -> None:
    said = SAID.format("không", "36", "chứng nhận")
    document = library.document(1, ORIGINAL, superseded_by=2)
    assert find_flags(library.case(library.article(said), document)) == ()


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from('“”«»"…[]().,0aáyý \u0000\u202e'), max_size=400))
def test_hostile_text_raises_nothing(library: SimpleNamespace, text: str) -> None:
    case = library.case(
        library.article(f"Năm 2025 có 12 người: “{text}"), library.document(1, ORIGINAL, text or "x")
    )
    assert all(library.is_exact(flag, case) for flag in find_flags(case))
