"""Help with foreign articles: the original with its terms explained, and a machine's translation if asked."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.web.app import make_app
from desk.web.foreign_view import view_foreign
from nlp.translation.lexicon import Lexicon
from nlp.translation.translator import TranslationError
from store.articles import iter_articles
from store.types import Article, Gazetteer, GlossaryTerm, Scope, Topic

BASE = "http://127.0.0.1:8080"
TEXT = "The commune has a border gate. Border gates opened after land demarcation.\n<script>alert(1)</script>"
GLOSSARY = (GlossaryTerm(("commune",), "xã", "Luật mẫu"), GlossaryTerm(("border gate",), "cửa khẩu"))
TOPICS = (Topic("T01", "Biên giới", "Border", "", (), ("land demarcation",)),)
LEXICON = Lexicon(GLOSSARY, TOPICS)
NOWHERE = Gazetteer((), (), "none")


class Shouter:
    """Translates into capitals."""

    name = "mẫu <b>1</b>"

    def can_translate(self, language: str) -> bool:
        return language == "en"

    def translate(self, sentences: Sequence[str]) -> list[str]:
        return [sentence.upper() for sentence in sentences]


class Breaker(Shouter):
    """Fails whatever it is asked."""

    def translate(self, sentences: Sequence[str]) -> list[str]:
        raise TranslationError(f"the model lost {len(sentences)} sentences")


def view(text: str = TEXT, language: str = "en", **given: Any):
    article = Article("https://x.example/", "x", "X", Scope.FOREIGN, "A bridge", text, language=language)
    return view_foreign(article, None, **({"lexicon": LEXICON, "gazetteer": NOWHERE} | given))


def test_the_stretches_make_up_the_original_and_only_the_first_of_a_term_has_a_note():
    seen = view()
    assert "".join(stretch.text for stretch in seen.stretches) == TEXT
    assert [(s.text, s.note) for s in seen.stretches if s.note] == [
        ("commune", "xã"),
        ("border gate", "cửa khẩu"),
    ]


def test_a_topics_cue_is_listed_and_never_passed_off_as_a_translation():
    assert [(gloss.text, gloss.vi) for gloss in view().topics] == [("land demarcation", "Biên giới")]


def test_a_vietnamese_article_needs_no_help():
    assert view(language="vi") is None


def test_nothing_is_translated_before_somebody_asks():
    assert view(translator=Shouter()).translated is None
    assert view(translator=Shouter(), is_wanted=True).translated.title == "A BRIDGE"


def test_a_language_the_model_does_not_know_is_not_translated():
    seen = view(language="fr", translator=Shouter(), is_wanted=True)
    assert (seen.can_translate, seen.translated) == (False, None)


@pytest.fixture
def with_model(bench: Any, lan: Any):
    """A translator, or None -> a browser of lan.anh, who is signed in, in an office with a glossary."""

    def start(translator: Any) -> TestClient:
        configuration = replace(bench.deps.configuration, glossary=GLOSSARY)
        deps = replace(bench.deps, configuration=configuration, translator=translator)
        client = TestClient(
            make_app(deps), base_url=BASE, client=("127.0.0.1", 50001), follow_redirects=False
        )
        client.cookies.update(lan.client.cookies)
        return client

    return start


@pytest.fixture
def foreign(bench: Any) -> int:
    """The number of the English article."""
    return bench.seeded.numbers["foreign"]


def test_the_page_shows_the_original_unchanged_with_terms_in_brackets(with_model: Any, foreign: int):
    page = with_model(None).get(f"/articles/{foreign}").text
    archived = re.search(r'<div class="archived" lang="en">(.*?)</div>', page, re.DOTALL)[1]
    assert '<dfn>commune</dfn><span class="gloss" lang="vi"> (xã)</span>' in archived
    without = re.sub(r'<span class="gloss" lang="vi">.*?</span>|<[^>]+>', "", archived)
    assert "Heavy rain flooded Duc Co commune in Gia Lai province." in html.unescape(without)
    assert "Chưa cài mô hình dịch cho ngôn ngữ này." in page


def test_a_vietnamese_page_has_no_such_help(lan: Any, bench: Any):
    page = lan.get(f"/articles/{bench.seeded.numbers['flood']}").text
    assert "<dfn>" not in page
    assert "Chưa cài mô hình dịch" not in page


def test_a_machine_translation_is_marked_as_such_and_stands_beside_the_original(
    with_model: Any, foreign: int
):
    offered = with_model(Shouter()).get(f"/articles/{foreign}").text
    assert "Xem bản dịch máy, chưa kiểm" in offered
    assert "HEAVY RAIN" not in offered
    page = with_model(Shouter()).get(f"/articles/{foreign}?translate=yes").text
    section = re.search(r'<section class="machine".*?</section>', page, re.DOTALL)[0]
    assert section.count("Dịch máy, chưa kiểm") == 2
    assert "HEAVY RAIN FLOODED" in section
    assert "Heavy rain flooded" in section
    assert "<b>1</b>" not in section


def test_a_translation_is_kept_nowhere(with_model: Any, foreign: int, bench: Any):
    with_model(Shouter()).get(f"/articles/{foreign}?translate=yes")
    with bench.deps.sessions() as session:
        kept = [stored.article for stored in iter_articles(session)]
    assert any("Heavy rain flooded" in article.text for article in kept)
    assert not any("HEAVY RAIN" in f"{article.title}{article.lead}{article.text}" for article in kept)


def test_a_model_that_fails_is_said_in_words_and_the_original_stays(with_model: Any, foreign: int):
    page = with_model(Breaker()).get(f"/articles/{foreign}?translate=yes").text
    assert 'role="alert">Mô hình dịch bị lỗi: the model lost' in page
    assert "Heavy rain flooded" in page
