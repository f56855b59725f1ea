from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.claim_features import find_features
from nlp.claim_model import load_model
from nlp.claims import PLAN_THRESHOLD, THRESHOLD, find_claims, weigh
from nlp.loaded import LOADED, blank
from nlp.measure_claims import PRIOR
from store.types import Claim, MentionKind, PlaceMention

TEXT = (
    "Bão số 12 làm 12 nhà bị tốc mái ở xã Ia Dom, theo UBND tỉnh Gia Lai. Tôi nghĩ đây là điều "
    "rất đáng tiếc.\n"
    "Bao giờ con đường này được sửa xong? Dự kiến sang năm tỉnh sẽ làm ba cây cầu mới."
)


def claims(text: str, language: str = "vi", title: str = "") -> tuple[Claim, ...]:
    return find_claims(text, title=title, language=language, places=())


def test_a_claim_is_an_exact_sentence_with_its_figures_and_reasons():
    (claim,) = claims(TEXT)
    assert TEXT[claim.start : claim.end] == claim.text
    assert claim.text.startswith("Bão số 12")
    assert claim.text.endswith("Gia Lai.")
    assert [q.thing for q in claim.quantities] == ["nha toc mai"]
    assert TEXT[claim.quantities[0].start : claim.quantities[0].end] == "12 nhà"
    assert any(reason.startswith("figure +") for reason in claim.why)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tôi nghĩ đây là một quyết định rất đáng tiếc của huyện.",
        "Bao giờ thì con đường dài 12 km này được sửa xong?",
        "Dự kiến sang năm 2027 tỉnh sẽ xây thêm ba cây cầu mới.",
        "Chúng ta nên cùng nhau giữ gìn rừng cho con cháu mai sau.",
        "Có đúng là công ty đã chi 12 tỉ đồng xây ba cây cầu ở huyện trong năm 2024?",
    ],
    ids=["opinion", "question", "forecast", "value", "question full of figures"],
)
def test_opinion_question_forecast_and_value_are_no_claims(sentence: str):
    assert claims(sentence) == ()


def test_english_claims_are_found_and_english_opinion_is_not():
    text = (
        "The flood killed 12 people and damaged 1,240 houses last year. I think we should all be "
        "proud of you."
    )
    (claim,) = claims(text, "en")
    assert claim.text.startswith("The flood")


def test_an_announced_plan_is_a_claim_because_it_can_be_compared_with_the_plan():
    text = (
        "Theo quyết định của UBND tỉnh, dự án có tổng vốn 1.200 tỉ đồng sẽ được khởi công ngày "
        "3/10/2026, thu "
        "hồi 45 ha đất của 120 hộ dân."
    )
    (claim,) = claims(text)
    assert claim.score >= PLAN_THRESHOLD


@pytest.mark.parametrize("language", ["fr", "zh", "und", ""])
def test_a_language_without_a_measured_model_gives_no_claims(language: str):
    assert claims("Năm 2025 có 12 người chết ở xã.", language) == ()


def test_a_line_that_repeats_the_title_is_no_claim_of_its_own():
    title = "Bão số 12 làm 12 nhà bị tốc mái ở xã Ia Dom"
    assert claims(f"{title}.\n", title=title) == ()
    assert len(claims(f"{title}.\n", title="Khác")) == 1


def test_a_loaded_word_whose_spaces_do_not_break_is_taken_out_too():
    assert blank("Lời xuyên\u00a0tạc ấy") == f"Lời {' ' * 9} ấy"


def with_word(sentence: str, word: str, place: str) -> str:
    """A sentence with a word more: first, last before the stop, or before its figure."""
    if place == "first":
        return f"{word.capitalize()} {sentence}"
    if place == "last":
        return f"{sentence[:-1]} {word}{sentence[-1]}"
    return sentence.replace("12 ", f"12 {word} ", 1)


@pytest.mark.parametrize("place", ["first", "last", "inside the figure"])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Công an tỉnh bắt giữ 12 người tại cửa khẩu."),
        ("vi", "Theo UBND tỉnh, 12 tỉ đồng đã chi cho hộ nghèo!"),
        ("en", "Police arrested 12 people near the border last year."),
        ("en", "The province spent 12 million dollars on schools."),
    ],
    ids=["arrested", "by whose account", "English", "money"],
)
def test_a_loaded_word_first_last_or_inside_a_figure_leaves_the_score_exactly(
    language: str, sentence: str, place: str
):
    scored = {
        (claim.score, claim.why, len(claim.quantities))
        for said in (sentence, *(with_word(sentence, word, place) for word in LOADED))
        for claim in claims(said, language)
    }
    assert len(scored) == 1


def test_a_short_sentence_and_a_line_that_repeats_the_title_stay_none_with_a_loaded_word():
    assert claims("Có 12 người crackdown chết.") == ()
    title = "Bão số 12 làm 12 nhà bị tốc mái ở xã Ia Dom"
    assert claims(f"{title} crackdown.\n", title=title) == ()
    assert claims(f"{title}.\n", title=f"Xuyên tạc {title}") == ()


@pytest.mark.parametrize("word", LOADED)
def test_a_loaded_word_of_either_side_changes_no_score_and_no_reason(word: str):
    model = load_model("vi")
    plain = "Công an tỉnh bắt giữ 12 người ở xã Ia Dom ngày 3/10."
    loaded = f"Công an tỉnh {word} bắt giữ 12 người ở xã Ia Dom ngày 3/10."
    scored = [weigh(s, 0, quantities=(), has_place=False, model=model) for s in (plain, loaded)]
    assert (scored[0].score, scored[0].why) == (scored[1].score, scored[1].why)


def test_a_place_of_the_gazetteer_in_the_sentence_counts_and_elsewhere_does_not():
    sentence = "Công an bắt giữ 12 người ở Ia Dom ngày 3/10."
    text = f"{sentence} Trời nắng."
    inside = PlaceMention("Ia Dom", "c1", 27, 33, MentionKind.EVENT_PLACE, "test")
    in_title = PlaceMention("Ia Dom", "c1", 27, 33, MentionKind.EVENT_PLACE, "test", field="title")
    found = [
        find_claims(text, title="", language="vi", places=p)[0].score for p in ((inside,), (in_title,), ())
    ]
    assert found[0] > found[1] == found[2]


def test_no_feature_asks_who_publishes_or_who_speaks():
    names = find_features("Ông A nói có 12 người.", quantities=(), has_place=False)
    assert set(load_model("vi").weights) == set(load_model("en").weights) == set(names)
    assert set(PRIOR) == set(names)
    assert not {"outlet", "country", "tone", "person", "faith"} & set(names)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["vi", "en", "vi-x-unaccented"]))
def test_whatever_the_text_claims_are_exact_and_above_the_threshold(text: str, language: str):
    for claim in claims(text, language):
        assert text[claim.start : claim.end] == claim.text
        assert THRESHOLD <= claim.score <= 1
