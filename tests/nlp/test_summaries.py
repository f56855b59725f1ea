from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import measure_summaries
from nlp.summaries.article import summarise
from nlp.summaries.candidates import MOST_CHARACTERS, find_candidates
from nlp.summaries.choosing import WEIGHTS
from nlp.summaries.standing import find_standing, lead_excerpts
from nlp.summaries.story import summarise_story
from nlp.text import fold
from store.types import (
    Article,
    LanguageGuess,
    MentionKind,
    PlaceMention,
    ReadArticle,
    Reading,
    Relevance,
    RelevanceLabel,
    Scope,
    Story,
    StoryMember,
)

NOW = datetime(2026, 11, 20, tzinfo=UTC)

TITLE = "Mưa lớn làm sập cầu treo ở xã Ia Mơ, 40 hộ dân bị chia cắt"
TEXT = """(Báo Mẫu) - Mưa lớn đêm 19/11 đã làm sập cầu treo ở xã Ia Mơ, khiến 40 hộ dân bị chia cắt.
Ảnh: Trần Văn Mẫu
Cầu treo dài 60 m được xây dựng năm 2009 bằng vốn của chương trình giao thông nông thôn.
Xã đã cử lực lượng dân quân đưa lương thực sang cho các hộ dân bị chia cắt bằng thuyền.
“Chúng tôi rất lo. Nhà nào cũng hết gạo”, một người dân nói.
Vì sao cầu sập sau mười năm sử dụng?
Điều này khiến việc đi lại của người dân trong xã gặp nhiều khó khăn.
Ông cho biết sẽ làm cầu tạm trong tuần này để người dân đi lại.
UBND xã cho biết cầu tạm bằng gỗ sẽ được làm xong trước ngày 25/11 để học sinh đến trường.
Mời bạn đọc theo dõi báo trên các kênh mạng xã hội để biết thêm tin tức.
Tác giả: Nguyễn Văn Mẫu"""


def texts(title: str = TITLE, text: str = TEXT, **given: object) -> list[str]:
    return [excerpt.text for excerpt in summarise(title, text, **given)]  # type: ignore[arg-type]


def test_two_sentences_of_the_text_are_chosen_word_for_word_in_their_order():
    first, second = summarise(TITLE, TEXT)
    assert TEXT[first.start : first.end] == first.text
    assert TEXT[second.start : second.end] == second.text
    assert first.end <= second.start
    assert first.text.startswith("Mưa lớn đêm 19/11")


def test_the_name_of_the_outlet_before_the_news_is_not_part_of_the_quotation():
    assert "Báo Mẫu" not in " ".join(texts())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("vi", "Ảnh: Lực lượng dân quân giúp người dân sửa lại cầu treo bị sập."),
        ("vi", "Lực lượng dân quân giúp người dân sửa lại cầu treo (Ảnh: Báo Mẫu)."),
        ("vi", "Mời bạn đọc xem thêm các bài viết về cầu treo bị sập ở xã."),
        ("vi", "Tôi thấy cây cầu treo này đã hỏng từ lâu mà không ai sửa."),
        ("vi", "“Cây cầu treo đã hỏng từ lâu mà không ai đến sửa chữa”."),
        ("vi", "– Cây cầu treo đã hỏng từ lâu mà không ai đến sửa chữa."),
        ("vi", "Ông Mẫu nói: “Cây cầu treo đã hỏng từ lâu mà không ai sửa."),
        ("vi", "CẦU TREO Ở XÃ BỊ SẬP TRONG ĐÊM MƯA LỚN VỪA QUA."),
        ("vi", "Nguyễn Văn Mẫu và Trần Văn Mẫu"),
        ("vi", "Liên hệ toa-soan@bao-mau.example để gửi tin về cầu treo bị sập."),
        ("vi", "Lực lượng dân quân sửa lại cầu treo bị sập sáng nay - Ảnh Trần Mẫu."),
        ("vi", "Lực lượng dân quân sửa lại cầu treo ở xã sáng nay. Ảnh: T.M."),
        ("vi", "Từ khóa: cầu treo bị sập, xã biên giới, mưa lớn, dân quân."),
        ("vi", ">> Tỉnh rà soát 71 cầu treo yếu trước cuối tháng này."),
        ("vi", "2. Xã phía đông sửa cầu treo bị sập từ 13 giờ đến 17 giờ."),
        ("vi", "Người dân cần biết về cầu treo bị sập xin gọi số 1900 1909."),
        ("en", "Lire aussi : pourquoi le pont de la commune a cédé dans la nuit."),
        ("en", "Photo: Villagers repair the bridge that fell in the night."),
        ("en", "Subscribe to our newsletter for more about the bridge that fell."),
        ("en", "“The bridge had been broken for years and nobody came.”"),
        ("en", "We saw that the bridge had been broken for years."),
    ],
)
def test_captions_appeals_by_lines_and_speech_without_its_speaker_are_never_chosen(
    language: str, sentence: str
):
    other = {
        "vi": "Mưa lớn làm sập cầu treo ở xã biên giới trong đêm qua.",
        "en": "Heavy rain brought down a hanging bridge in the border commune.",
    }[language]
    assert texts("Cầu treo bridge", f"{sentence}\n{other}") == [other]
    assert texts("Cầu treo bridge", sentence) == []


def test_a_caption_before_its_credit_is_left_out_and_a_paragraph_before_one_is_not():
    body = "Mưa lớn làm sập cầu treo ở xã biên giới trong đêm qua."
    more = "Xã đang làm cầu tạm bằng gỗ để học sinh đến trường."
    caption = "Cầu treo bị sập nằm giữa dòng suối sáng nay. Dân quân đứng bên bờ suối canh gác. Ảnh: T.M."
    assert texts("Cầu treo bị sập", f"{caption}\n{body}\n{more}") == [body, more]
    whole = f"{body} {more} Dân quân đứng bên bờ suối canh gác cầu treo. Ảnh: T.M."
    assert texts("Cầu treo bị sập", whole) == [body, more]


@pytest.mark.parametrize(
    "dateline", ["GIA LAI (TTXVN) - ", "PLEIKU, Vietnam, Nov 9 (Reuters) - ", "VOV.VN – ", "(GLO)- "]
)
def test_the_line_of_place_and_agency_before_the_news_is_not_quoted(dateline: str):
    body = "Mưa lớn làm sập cầu treo ở xã biên giới trong đêm qua."
    assert texts("Cầu treo bị sập", f"{dateline}{body}") == [body]


@pytest.mark.parametrize(
    "sentence",
    [
        "Vì sao cầu treo ở xã biên giới lại bị sập trong đêm?",
        "Điều này khiến cầu treo ở xã biên giới bị sập trong đêm.",
        "Ông cho biết cầu treo ở xã biên giới bị sập trong đêm.",
        "Theo đó, cầu treo ở xã biên giới bị sập trong đêm.",
        "Dự án nói trên làm cầu treo ở xã biên giới bị sập.",
        "Thật đáng tiếc khi cầu treo ở xã biên giới bị sập.",
        "“The bridge in the border commune fell last night,” he said.",
        "“Cầu treo ở xã biên giới bị sập trong đêm qua”, ông nói.",
        "In their report the bridge in the border commune fell last night.",
        "They said the bridge in the border commune fell last night.",
        "This is the bridge in the border commune that fell.",
        "Who built the bridge in the border commune that fell?",
        "It is outrageous that the bridge in the border commune fell.",
    ],
)
def test_a_question_or_a_dangling_beginning_is_taken_only_where_no_other_sentence_is(sentence: str):
    other = "Một cơn mưa kéo dài nhiều giờ đã xảy ra ở vùng núi."
    title = "Cầu treo ở xã biên giới bị sập bridge border commune fell"
    assert texts(title, f"{sentence}\n{other}") == [other]
    assert texts(title, sentence) == [sentence]


def test_a_form_of_address_with_its_name_stands_alone():
    sentence = "Ông Nguyễn Văn Mẫu cho biết cầu treo ở xã biên giới bị sập."
    assert texts("Cầu treo bị sập", f"Điều này làm người dân trong xã lo lắng nhiều ngày.\n{sentence}") == [
        sentence
    ]


def test_speech_keeps_its_speaker():
    sentence = "“Cây cầu đã hỏng từ lâu mà không ai đến sửa”, ông Trần Văn Mẫu nói."
    assert texts("Cây cầu đã hỏng", sentence) == [sentence]


def test_a_quotation_over_several_sentences_is_never_cut_open():
    text = "Ông Mẫu nói: “Cây cầu đã hỏng từ rất lâu rồi. Không ai đến sửa cây cầu của xã cả. Dân khổ lắm”."
    assert texts("Cây cầu đã hỏng không ai sửa", text) == []


def test_the_same_sentences_are_chosen_without_tone_marks():
    bare = "".join(fold(char).text.upper() if char.isupper() else fold(char).text for char in TEXT)
    assert len(bare) == len(TEXT)
    spans = [(e.start, e.end) for e in summarise(TITLE, TEXT)]
    assert [(e.start, e.end) for e in summarise(fold(TITLE).text, bare)] == spans


def test_decomposed_text_gives_the_same_words():
    decomposed = unicodedata.normalize("NFD", TEXT)
    found = [unicodedata.normalize("NFC", each) for each in texts(text=decomposed)]
    assert found == texts()
    assert all(decomposed[e.start : e.end] == e.text for e in summarise(TITLE, decomposed))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nguyễn Văn Mẫu", "Trần Thị Bình Minh"), ("Báo Mẫu", "Đài Xa"), ("sai phạm", "xuyên tạc")],
    ids=["person", "outlet", "loaded word"],
)
def test_who_speaks_which_outlet_tells_and_loaded_words_change_nothing(one: str, other: str):
    facts = [
        "Cầu treo dài 60 m ở xã biên giới đã bị sập trong đêm mưa lớn.",
        f"Ngày 20/11 tại trụ sở, {one} nói về cầu treo và việc đi lại của người dân.",
        f"Trong buổi sáng {one} được nhắc đến nhiều lần ở cuộc họp của các hộ dân.",
        "Mưa lớn kéo dài hai ngày đã làm nước suối dâng cao hơn ba mét.",
        f"Người dân gặp {one} để bàn việc làm cầu tạm qua suối.",
    ]
    text = "\n".join(facts)
    chosen = summarise(f"Cầu treo sập, {one} lên tiếng", text, outlet=one)
    swapped = summarise(f"Cầu treo sập, {other} lên tiếng", text.replace(one, other), outlet=other)
    lines = [text[: e.start].count("\n") for e in chosen]
    assert [text.replace(one, other)[: e.start].count("\n") for e in swapped] == lines
    assert len(lines) == 2


def test_a_sentence_that_names_where_it_happened_is_preferred():
    text = "Mưa lớn đã làm hỏng nhiều đoạn đường trong đêm.\nNước lũ đã cuốn nhiều bè cá của dân ở xã Ia Mơ."
    start = text.index("Ia Mơ")
    place = PlaceMention("Ia Mơ", "c1", start, start + 5, MentionKind.EVENT_PLACE, "test")
    weights = replace(WEIGHTS, position=0.1)
    (chosen,) = summarise("Mưa lũ", text, places=(place,), count=1, weights=weights)
    assert "Ia Mơ" in chosen.text


def test_the_second_sentence_does_not_repeat_the_first():
    again = "Cầu treo ở xã biên giới đã bị sập trong đêm mưa lớn vừa qua."
    text = (
        f"{again}\nCầu treo ở xã biên giới đã bị sập trong đêm mưa lớn hôm qua.\n"
        "Xã đang làm cầu tạm bằng gỗ cho học sinh."
    )
    assert texts("Cầu treo ở xã biên giới bị sập", text) == [
        again,
        "Xã đang làm cầu tạm bằng gỗ cho học sinh.",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("Mưa.", 0),
        ("Mưa lớn đêm qua đã làm sập một cây cầu ở xã biên giới.", 1),
        ("😀🎉🔥" * 300, 0),
        ("\u202e\u200f\u2067" * 100, 0),
        ("\ud800 mưa lớn đêm qua đã làm sập một cây cầu ở xã biên giới.", 1),
        ("từ " * 1_700_000, 0),
        ("x" * 5_000_000, 0),
        ('"' * 100_000, 0),
        ("。" * 50_000, 0),
        ("大雨冲毁了边境乡的一座吊桥,四十户居民出行受阻。当地政府正在修建临时桥梁以便学生上学。", 2),
    ],
    ids=["empty", "blank", "one word", "one sentence", "emoji", "direction marks", "surrogate", "word 5 MB",
         "no space 5 MB", "quotes", "stops", "Chinese"],
)  # fmt: skip
def test_whatever_the_text_holds_there_is_a_result_or_none(text: str, count: int):
    assert len(summarise("Tiêu đề", text)) == count


def test_only_the_beginning_of_an_endless_text_is_looked_at():
    sentence = "Mưa lớn đêm qua đã làm sập một cây cầu ở xã biên giới. "
    assert find_candidates(sentence * 100_000)[-1].end <= MOST_CHARACTERS


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=80),
    st.lists(st.sampled_from([*TEXT.splitlines(), "“", "”. ", "? ", "\u0301", "İ"]) | st.text(max_size=40)),
)
def test_every_choice_is_an_exact_quotation(title: str, parts: Sequence[str]):
    text = " ".join(parts)
    for excerpt in summarise(title, text):
        assert excerpt.text == text[excerpt.start : excerpt.end]
        assert excerpt.text == excerpt.text.strip()


def item(
    number: int, title: str, text: str, *, lead: str = "", language: str = "vi", outlet: str = "Báo"
) -> ReadArticle:
    reading = Reading(
        LanguageGuess(language, "test", 1.0), Relevance(RelevanceLabel.ABOUT, 1.0, ()), (), (), (), "test"
    )
    article = Article(f"https://b.example/{number}", outlet, outlet, Scope.DOMESTIC, title, text, lead=lead)
    return ReadArticle(number, 1, article, reading, NOW)


def story(*items: ReadArticle, copies: Sequence[int] = ()) -> Story:
    return Story("s1", tuple(StoryMember(i, 1 if i.number in copies else 0, ()) for i in items))


def test_a_storys_sentences_say_which_article_each_is_from():
    second = "Nước lũ rút vào sáng nay và xã bắt đầu làm cầu tạm bằng gỗ qua suối."
    members = story(item(1, TITLE, TEXT), item(2, "Xã làm cầu tạm sau mưa lớn", second))
    for chosen in summarise_story(members):
        assert chosen.item.article.text[chosen.excerpt.start : chosen.excerpt.end] == chosen.excerpt.text
    assert {chosen.item.number for chosen in summarise_story(members)} == {1, 2}


def test_what_one_wrote_and_others_reprinted_is_one_voice():
    alone = story(
        item(1, TITLE, TEXT), item(2, "Khác", "Nước lũ rút vào sáng nay và xã bắt đầu làm cầu tạm.")
    )
    with_copies = story(
        *(m.item for m in alone.members), *(item(n, TITLE, TEXT) for n in range(3, 9)), copies=range(3, 9)
    )
    assert [c.excerpt for c in summarise_story(with_copies)] == [c.excerpt for c in summarise_story(alone)]


def test_a_story_in_two_languages_is_told_in_the_one_that_most_articles_have():
    english = item(
        1, "Bridge falls", "Heavy rain brought down a hanging bridge in the border commune.", language="en"
    )
    members = story(english, item(2, TITLE, TEXT), item(3, "Cầu sập", TEXT))
    assert {c.item.reading.language.code for c in summarise_story(members)} == {"vi"}


def test_a_story_of_a_thousand_articles_is_told_from_a_dozen():
    members = story(*(item(n, TITLE, TEXT) for n in range(1, 1001)))
    assert all(c.item.number in {*range(1, 9), *range(997, 1001)} for c in summarise_story(members))


def test_a_story_without_text_has_no_sentences():
    assert summarise_story(story(item(1, TITLE, ""))) == ()


GOOD_LEAD = (
    "Mưa lớn đêm qua đã làm sập một cây cầu ở xã biên giới. Học sinh phải nghỉ học nhiều ngày liền. "
    "Xã đang sửa cầu."
)


def test_a_good_lead_stands_for_its_article_with_its_first_two_sentences():
    standing = find_standing(item(1, TITLE, TEXT, lead=GOOD_LEAD).article)
    assert standing.field == "lead"
    assert [e.text for e in standing.excerpts] == re.findall(r"[^ ][^.]+\.", GOOD_LEAD)[:2]


@pytest.mark.parametrize(
    "lead",
    ["", "Cầu sập.", TITLE + ".", "Vì sao cầu treo ở xã biên giới lại bị sập trong đêm?",
     "Mời bạn đọc xem thêm bài viết về cầu treo.",
     "(Báo Mẫu) -", "Mưa lớn đêm qua đã làm sập một cây cầu ở xã biên giới và Xem thêm"],
    ids=["missing", "short", "headline again", "question", "appeal", "dateline", "cut off"],
)  # fmt: skip
def test_a_poor_lead_gives_way_to_chosen_sentences(lead: str):
    assert lead_excerpts(TITLE, lead) == ()
    assert find_standing(item(1, TITLE, TEXT, lead=lead).article).field == "text"


def test_rouge_of_a_text_with_itself_is_one_and_with_another_is_nothing():
    assert measure_summaries.rouge(["a", "b"], ["a", "b"]) == {"rouge1": 1, "rouge2": 1, "rougeL": 1}
    assert measure_summaries.rouge(["a", "b"], ["c", "d"]) == {"rouge1": 0, "rouge2": 0, "rougeL": 0}


@pytest.mark.data
def test_chosen_sentences_are_nearer_to_the_editors_lead_than_the_first_two(data: Path):
    scores = measure_summaries.measure(data, halves="B")["B"]
    assert {n: scores[n] for n, floor in measure_summaries.load_floors().items() if scores[n] < floor} == {}
    assert [n for n in ("rouge1", "rouge2", "rougeL") if scores[n] < scores[f"lead2_{n}"]] == []
    assert [n for n in ("story_rouge1", "story_rouge2") if scores[n] < scores[f"lead2_{n}"]] == []
