"""The sentences that stand for a story or an article, as the desk shows them."""

from __future__ import annotations

import html
import json
import re
from io import BytesIO
from typing import Any

import pytest

from desk.excerpts import CHOOSERS
from desk.export import Format, What, export
from nlp.summaries.standing import find_standing
from store.articles import find_article
from store.stories import find_story
from store.types import Gazetteer


def quotations(page: str) -> list[str]:
    section = re.search(r'<section class="excerpts".*?</section>', page, re.DOTALL)
    return (
        [html.unescape(q) for q in re.findall(r"<bdi>“(.*?)”</bdi>", section[0], re.DOTALL)]
        if section
        else []
    )


def texts_of(bench: Any, *names: str) -> dict[int, str]:
    with bench.deps.sessions() as session:
        numbers = [bench.seeded.numbers[name] for name in names]
        return {number: find_article(session, number).article.text for number in numbers}


def test_a_story_shows_two_sentences_word_for_word_with_the_article_each_is_from(lan: Any, bench: Any):
    page = lan.get("/stories/s-flood").text
    texts = texts_of(bench, "flood", "other")
    found = quotations(page)
    assert len(found) == 2
    assert all(any(quote in text for text in texts.values()) for quote in found)
    section = re.search(r'<section class="excerpts".*?</section>', page, re.DOTALL)[0]
    linked = {int(n) for n in re.findall(r'href="/articles/(\d+)\?version=1', section)}
    assert linked <= set(texts)
    assert section.count("<figcaption") == 2
    assert "Câu do máy chọn" in section


def test_an_article_with_a_poor_lead_shows_sentences_of_its_text(lan: Any, bench: Any):
    number = bench.seeded.numbers["other"]  # it has no lead
    found = quotations(lan.get(f"/articles/{number}").text)
    assert found
    assert all(quote in texts_of(bench, "other")[number] for quote in found)


def test_an_article_in_another_language_says_so_of_its_quotation(lan: Any, bench: Any):
    page = lan.get(f"/articles/{bench.seeded.numbers['foreign']}").text
    assert '<blockquote lang="en">' in page


def test_a_hostile_text_stays_text(lan: Any, bench: Any):
    page = lan.get("/stories/s-hostile").text
    assert "<script>alert(2)" not in page


def test_the_digest_and_the_pack_are_handed_exact_words_the_best_first(bench: Any):
    with bench.deps.sessions() as session:
        story = find_story(session, bench.seeded.flood)
    handed = [*CHOOSERS.of_story(story), *(p for m in story.members for p in CHOOSERS.of_article(m.item))]
    assert len(handed) >= 4
    assert all(passage.source[passage.start : passage.end].strip() for passage in handed)
    for member in story.members:
        standing = find_standing(member.item.article, member.item.reading)
        ranks = {(e.start, e.end): e.rank for e in standing.excerpts}
        assert [ranks[p.start, p.end] for p in CHOOSERS.of_article(member.item)] == list(range(len(ranks)))


@pytest.mark.parametrize("what", [What.ARTICLES, What.STORIES])
def test_the_export_holds_exact_words_with_their_offsets(bench: Any, what: What):
    out = BytesIO()
    with bench.deps.sessions() as session:
        export(session, what, Format.JSONL, out, gazetteer=Gazetteer((), (), "none"))
        records = [json.loads(line) for line in out.getvalue().splitlines()]
        checked = 0
        for record in records:
            for excerpt in record["summary"]["excerpts"]:
                number = excerpt.get("article", record["id"])
                article = find_article(session, number, version=excerpt.get("version")).article
                source = article.lead if record["summary"].get("field") == "lead" else article.text
                assert source[excerpt["start"] : excerpt["end"]] == excerpt["text"]
                checked += 1
    assert checked >= 2
