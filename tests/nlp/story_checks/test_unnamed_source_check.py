from __future__ import annotations

from typing import Any

import pytest

from nlp.checks import unnamed_source
from nlp.checks.unnamed_source import find_flags
from nlp.loaded import LOADED
from store.types import Stance

ACCUSED = [
    "cán bộ xã",
    "công an huyện",
    "công ty cao su",
    "người biểu tình",
    "chức sắc hội thánh",
    "nhóm vũ trang",
]
ACCUSATION = "Một nguồn tin cho biết {} đã đánh đập hai người dân trong đêm ở làng."


@pytest.mark.parametrize("accused", ACCUSED)
def test_an_accusation_by_nobody_named_is_flagged_alike_whomever_it_accuses(make: Any, accused: str):
    text = ACCUSATION.format(accused)
    case = make.case(make.item(1, f"Trời mưa. {text}"))
    (flag,) = find_flags(case)
    assert flag.claim.text == text
    assert [(e.text, e.stance) for e in flag.evidence] == [(text, Stance.CONTEXT)]
    assert flag.strength == 0.4
    assert flag.because == ("Câu này nói đến việc nghiêm trọng (“đánh đập”) và chỉ dẫn “Một nguồn tin”.",)
    assert "Nguồn được nêu tên." in flag.missing
    assert make.is_exact(flag, case)


@pytest.mark.parametrize(
    "text",
    [
        "Người dân cho biết hai thanh niên bị tra tấn trong trụ sở xã.",
        "Theo mạng xã hội, chủ tịch xã nhận hối lộ để cấp đất cho công ty.",
        "Sources said villagers were tortured after the protest last week.",
        "Residents said the protesters set fire to the commune office at night.",
        "A pastor was beaten by men in plain clothes, according to social media.",
    ],
)
def test_it_is_found_in_many_words_and_both_languages(make: Any, text: str):
    (flag,) = find_flags(make.case(make.item(1, text)))
    assert flag.claim.text == text


@pytest.mark.parametrize(
    "text",
    [
        "Một nguồn tin cho biết giá cà phê sẽ tăng trong tuần tới ở các huyện.",
        "Công an huyện cho biết hai người đã đánh đập một người dân trong đêm.",
        "Người dân cho biết không có ai bị đánh đập trong vụ việc ở làng.",
        "Một nguồn tin cho biết cán bộ xã đánh đập dân. Theo kết luận của huyện, cán bộ xã có hành hung dân.",
        "Một nguồn tin cho biết giám đốc nhận hối lộ. Ông bị khởi tố về tội nhận hối lộ từ tuần này.",
        "Một nguồn tin cho biết cán bộ xã đánh đập dân làng. Bà Rơ Châm H. kể mình bị đánh đập trong đêm.",
        "Cư dân mạng thể hiện sự giận dữ trước nạn xâm hại trẻ em ở nhiều nước.",
        "",
    ],
    ids=[
        "no grave act",
        "named",
        "denied",
        "a document",
        "on record",
        "a witness by name",
        "a view",
        "empty",
    ],
)
def test_what_is_borne_out_or_accuses_nobody_is_not_flagged(make: Any, text: str):
    assert find_flags(make.case(make.item(1, text))) == ()


def test_another_outlet_that_carries_it_in_its_own_words_is_a_second_source(make: Any):
    one = make.item(1, ACCUSATION.format("cán bộ xã"))
    other = make.item(2, "Phóng viên ghi nhận vết thương của hai người bị đánh đập ở làng.")
    assert find_flags(make.case(one, other)) == ()
    assert len(find_flags(make.case(one, other, copies=((2, 1),)))) == 1


def test_copies_count_once(make: Any):
    text = ACCUSATION.format("cán bộ xã")
    case = make.case(make.item(1, text), make.item(2, text), copies=((2, 1),))
    assert [flag.article for flag in find_flags(case)] == [1]


def test_names_of_outlets_and_loaded_words_change_nothing(make: Any):
    text = ACCUSATION.format("công an huyện")
    case = make.case(make.item(1, text))
    said = [(f.strength, f.because, f.missing) for f in find_flags(case)]
    loaded = make.case(make.item(1, text.replace("đã đánh đập", f"đã {LOADED[0]} đánh đập")))
    assert [(f.strength, f.because, f.missing) for f in find_flags(make.swapped(case))] == said
    assert [(f.strength, f.because, f.missing) for f in find_flags(loaded)] == said


def test_no_word_of_the_lists_names_a_person_or_a_group():
    listed = " ".join(unnamed_source._ACTS.values()).casefold()
    named = (
        "công an",
        "police",
        "cán bộ",
        "chính quyền",
        "tin lành",
        "thượng",
        "mục sư",
        "người dân",
        "church",
    )
    assert [word for word in named if word in listed] == []


def test_a_text_that_ten_thousand_print_is_one_source(make: Any, many: Any):
    assert len(find_flags(many(make.item(1, ACCUSATION.format("cán bộ xã"))))) == 1
