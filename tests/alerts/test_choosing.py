from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from alerts.briefing import PackMaterial
from alerts.briefing import compose as compose_pack
from alerts.choosing import Choosers, Passage, find_opening, quote_passages
from alerts.digest import compose
from alerts.quotes import count_words
from alerts.render.mail import render as render_mail
from alerts.render.pack import render as render_pack
from store.types import Article, LanguageGuess, ReadArticle, Reading, Relevance, RelevanceLabel, Scope

TEXT = "Câu mở đầu của bài viết này. Câu thứ hai nói về cầu treo. Câu thứ ba nói về học sinh."


def passages(item: ReadArticle, *sentences: str, field: str = "text") -> tuple[Passage, ...]:
    source = Passage(item, field, 0, 0).source
    return tuple(Passage(item, field, source.index(s), source.index(s) + len(s)) for s in sentences)


def read_item(text: str) -> ReadArticle:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    reading = Reading(LanguageGuess("vi", "t", 1), Relevance(RelevanceLabel.ABOUT, 1, ()), (), (), (), "t")
    return ReadArticle(1, 1, Article("u", "o", "O", Scope.DOMESTIC, "T", text), reading, at)


@pytest.fixture
def item() -> ReadArticle:
    return read_item(TEXT)


def test_passages_are_quoted_in_the_order_of_the_text_whatever_their_rank(item: ReadArticle):
    found = quote_passages(
        passages(item, "Câu thứ ba nói về học sinh.", "Câu thứ hai nói về cầu treo."), words=40
    )
    assert [each.quote.text for each in found] == [
        "Câu thứ hai nói về cầu treo.",
        "Câu thứ ba nói về học sinh.",
    ]
    assert [TEXT[each.quote.start : each.quote.end] for each in found] == [each.quote.text for each in found]


def test_all_quotations_of_one_article_together_keep_within_the_cap(item: ReadArticle):
    found = quote_passages(
        passages(item, "Câu thứ ba nói về học sinh.", "Câu thứ hai nói về cầu treo."), words=10
    )
    assert [each.quote.text for each in found] == ["Câu thứ ba nói về học sinh."]


def test_where_none_fits_the_best_is_cut_and_marked(item: ReadArticle):
    (found,) = quote_passages(
        passages(item, "Câu thứ ba nói về học sinh.", "Câu thứ hai nói về cầu treo."), words=3
    )
    assert (found.quote.text, found.quote.cut) == ("Câu thứ ba", True)


def test_nothing_chosen_is_nothing_quoted(item: ReadArticle):
    assert quote_passages((), words=40) == ()


@given(st.text(max_size=120), st.integers(1, 12))
def test_no_text_is_quoted_otherwise_than_it_stands_or_longer_than_allowed(text: str, words: int):
    found = quote_passages(find_opening(read_item(text)), words=words)
    assert sum(count_words(each.quote.text) for each in found) <= words
    assert all(text[each.quote.start : each.quote.end] == each.quote.text for each in found)


def choose_third(item: ReadArticle) -> tuple[Passage, ...]:
    return passages(item, "Câu thứ ba.")


def test_the_digest_quotes_what_was_chosen_for_the_article_in_quotation_marks(make: Any, plain: Any):
    digest = compose(
        make.material(make.story("s1", make.read(1)), choosers=Choosers(of_article=choose_third))
    )
    mail = render_mail(digest, plain)
    assert "“Câu thứ ba.”" in mail.text
    assert "Câu thứ nhất" not in mail.text
    assert ">Câu thứ ba.</bdi>”" in mail.html


def test_the_lead_can_be_quoted_too(make: Any, plain: Any):
    item = make.read(1, lead="Lời dẫn của bài báo này.")
    choosers = Choosers(of_article=lambda each: passages(each, "Lời dẫn của bài báo này.", field="lead"))
    (group,) = compose(make.material(make.story("s1", item), choosers=choosers)).domestic
    ((quoted,),) = [entry.quotes for entry in group.entries]
    assert (quoted.field, quoted.quote.text) == ("lead", "Lời dẫn của bài báo này.")


def test_the_pack_says_of_each_quotation_which_article_it_is_from(make: Any, plain: Any):
    one, other = make.read(1), make.read(2, text="Bài kia nói khác hẳn.", outlet="songba")
    choosers = Choosers(
        of_story=lambda _story: (*passages(other, "Bài kia nói khác hẳn."), *choose_third(one))
    )
    material = PackMaterial(
        (make.story("s1", one, other),),
        (),
        make.office,
        make.start,
        make.end,
        is_chosen=True,
        choosers=choosers,
    )
    pack = compose_pack(material)
    assert [(each.cited.number, each.quote.text) for each in pack.reported[0].quotes] == [
        (2, "Bài kia nói khác hẳn."),
        (1, "Câu thứ ba."),
    ]
    words = "\n".join(p.text for p in Document(BytesIO(render_pack(pack, plain))).paragraphs)
    assert re.search(r"“Bài kia nói khác hẳn\.” \(Tin Sông Ba, [^)]*\[2\]\)", words)
    assert re.search(r"“Câu thứ ba\.” \(Báo Ngọn Gió, [^)]*\[1\]\)", words)
