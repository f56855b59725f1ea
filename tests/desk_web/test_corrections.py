"""The form by which a colleague corrects what was read in an article."""

from __future__ import annotations

import re
from typing import Any

import pytest

from store.corrections import corrections_of
from store.readings import find_read


def correct(visitor: Any, number: int, **fields: Any):
    given = {
        "article": str(number),
        "relevance": "about",
        "was_relevance": "about",
        "topic": ["T12"],
        "was_topic": ["T12"],
        "story": "s-flood",
        "reason": "",
    }
    return visitor.send("/correction", given | fields, page="/")


def read(bench: Any, number: int):
    with bench.deps.sessions() as session:
        found = find_read(session, number)
        return found.reading, corrections_of(session, number)


def test_the_page_of_an_article_says_what_was_read_and_offers_to_correct_it(lan: Any, bench: Any):
    page = lan.get(f"/articles/{bench.seeded.numbers['flood']}?story=s-flood").text
    assert 'action="/correction"' in page
    assert re.search(r'value="T12" checked', page)
    assert 'name="was_relevance" value="about"' in page


def test_a_correction_changes_the_reading_and_names_who_made_it(lan: Any, bench: Any):
    number = bench.seeded.numbers["flood"]
    answer = correct(lan, number, relevance="mention", topic=["T00"], reason="chỉ nhắc qua")
    assert answer.headers["location"] == f"/articles/{number}?story=s-flood&done=corrected#correct"
    reading, corrections = read(bench, number)
    assert reading.relevance.label == "mention"
    assert [(tag.id, tag.origin) for tag in reading.topics] == [("T00", "person")]
    assert {(c.reviewer, c.value, c.holds) for c in corrections} == {
        ("lan.anh", "mention", True),
        ("lan.anh", "T00", True),
        ("lan.anh", "T12", False),
    }
    page = lan.get(answer.headers["location"]).text
    assert "lan.anh" in page
    assert "chỉ nhắc qua" in page


def test_only_what_was_changed_on_the_form_is_corrected(lan: Any, bench: Any):
    number = bench.seeded.numbers["flood"]
    correct(lan, number, topic=["T00"], was_topic=[])
    reading, corrections = read(bench, number)
    assert {tag.id for tag in reading.topics} == {"T00", "T12"}
    assert len(corrections) == 1


def test_a_form_that_changes_nothing_corrects_nothing(lan: Any, bench: Any):
    number = bench.seeded.numbers["flood"]
    assert "done=as-it-was" in correct(lan, number).headers["location"]
    assert read(bench, number)[1] == ()


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"article": "999999"}, 404),
        ({"article": "1 OR 1"}, 404),
        ({"article": "٣"}, 404),
        ({"relevance": "enemy"}, 400),
        ({"topic": ["T99"]}, 400),
        ({"reason": "x" * 501}, 400),
    ],
    ids=["no such article", "no number", "digits of another script", "no label", "no topic", "too long"],
)
def test_what_is_not_ours_is_refused(lan: Any, bench: Any, fields: dict[str, Any], status: int):
    number = bench.seeded.numbers["flood"]
    assert correct(lan, number, **fields).status_code == status
    assert read(bench, number)[1] == ()


def test_a_hostile_reason_is_shown_as_text(lan: Any, bench: Any):
    number = bench.seeded.numbers["flood"]
    correct(lan, number, topic=[], reason="<script>alert(1)</script>")
    assert "<script>alert(1)" not in lan.get(f"/articles/{number}").text


def test_a_reader_is_neither_offered_nor_allowed_to_correct(lan: Any, bench: Any, visitors: Any):
    number = bench.seeded.numbers["flood"]
    invited = lan.send("/people/invite", {"role": "reader"}, page="/people").text
    link = re.search(r"http://127\.0\.0\.1:8080(/welcome/[\w-]+)", invited)
    assert link is not None
    reader = visitors()
    words = "mấy chữ khó đoán"
    reader.send(link[1], {"name": "minh", "password": words, "again": words}, page=link[1])
    assert 'action="/correction"' not in reader.get(f"/articles/{number}").text
    assert correct(reader, number, topic=[]).status_code == 403
    assert read(bench, number)[1] == ()
