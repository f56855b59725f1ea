"""The digest as mail: structure, words, and what hostile text can do to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from alerts.digest import compose
from alerts.render.mail import render
from alerts.volume.ahead import Outlook

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=https://evil.example/x.png onerror=alert(1)>",
    "</title></style><iframe src=//evil.example>",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "Tiêu đề\r\nBcc: all@evil.example",
    "giá \u202ehcas\u202c tăng",
    "a" * 10_000,
    "\x00\x1b[31mđỏ\ud800",
    "\"'&<>`",
]
IDS = ["script", "image", "close tags", "template", "header", "override", "long", "control", "quotes"]


def page_of(mail: Any):
    return html.document_fromstring(mail.html.encode("utf-8"))


def hostile_digest(make: Any, text: Any):
    item = make.read(
        1, title=text, text=text, url="https://ngongio.example/la", outlet_name=text, topics=("T12", "T15")
    )
    flood, flag = make.flood()
    office = replace(make.office, rules=make.rules(office=text))
    trouble = make.trouble("songba", detail=text)
    return compose(
        make.material(make.story("s9", item), flood, flags=(flag,), troubles=(trouble,), office=office)
    )


def test_the_sections_stand_in_their_order(make: Any, plain: Any):
    flood, flag = make.flood()
    page = page_of(render(compose(make.material(flood, flags=(flag,))), plain))
    assert [h.text_content() for h in page.iter("h2")] == [
        "I. Highlights",
        "II. Matters to be handled",
        "III. Information to be checked",
        "IV. Domestic press",
        "V. Foreign press",
        "VI. Corrections and replies printed",
        "VII. Changed / taken down",
        "VIII. Figures",
        "IX. Follow-up",
    ]
    assert len(list(page.iter("h1"))) == 1


def test_headings_never_skip_a_level(make: Any, plain: Any):
    flood, flag = make.flood()
    page = page_of(render(compose(make.material(flood, flags=(flag,))), plain))
    # A matter stands right under its section: h4 is the look of every headline, whatever is above it.
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert set(levels) == {1, 2, 3, 4}


def test_an_empty_day_says_so_in_each_section_and_names_the_gaps(make: Any, plain: Any):
    mail = render(compose(make.material(troubles=(make.trouble("songba"),))), plain)
    for body in (page_of(mail).text_content(), mail.text):
        assert body.count("None in this period.") == 8
        assert "Tin Sông Ba" in body
        assert "does not answer" in body
    assert mail.subject == "[Press digest] 22/11/2026: 0 article(s), 0 story(ies), 0 to be checked"


def test_a_claim_is_word_for_word_and_has_no_verdict_of_the_machine(make: Any, plain: Any):
    flood, flag = make.flood()
    mail = render(compose(make.material(flood, flags=(flag,))), plain)
    body = page_of(mail).text_content()
    for words in (
        "“Theo UBND xã, 45 hộ dân phải di dời trong đêm.”",
        "“Có 60 hộ dân phải di dời trong đêm.”",
    ):
        assert words in body
        assert words in " ".join(mail.text.split())
    assert "No verdict yet" in body
    assert "nothing found yet" in body


def test_the_time_is_the_offices_and_the_zone_is_named(make: Any, plain: Any):
    mail = render(compose(make.material()), plain)
    line = "From 06:30 21/11/2026 to 06:30 22/11/2026 (Asia/Ho_Chi_Minh)"
    assert line in page_of(mail).text_content()
    assert line in " ".join(mail.text.split())


def test_a_foreign_item_keeps_its_language_and_pretends_no_translation(make: Any, plain: Any):
    story = make.story("s1", make.read(1, outlet="courier", language="en", title="Flood near the border"))
    page = page_of(render(compose(make.material(story)), plain, language="vi"))
    assert page.xpath('//bdi[@lang="en"]/text()')[0] == "Flood near the border"
    assert "No machine translation yet" in page.text_content()


def test_the_page_says_its_language(make: Any, plain: Any):
    assert page_of(render(compose(make.material()), plain, language="en")).get("lang") == "en"


def test_an_article_without_a_date_says_that_the_time_is_that_of_capture(make: Any, plain: Any):
    mail = render(compose(make.material(make.story("s1", make.read(1, at=None)))), plain)
    assert "captured 05:30 22/11" in page_of(mail).text_content()
    assert "captured 05:30 22/11" in mail.text


@pytest.mark.parametrize("text", HOSTILE, ids=IDS)
def test_hostile_text_becomes_no_markup(make: Any, plain: Any, text: Any):
    page = page_of(render(hostile_digest(make, text), plain))
    tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "link", "base", "svg"}
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]


@pytest.mark.parametrize("text", HOSTILE, ids=IDS)
def test_hostile_text_stays_on_the_subjects_one_line_and_in_72_columns(make: Any, plain: Any, text: Any):
    mail = render(hostile_digest(make, text), plain)
    assert not re.search(r"[\x00-\x1f]", mail.subject)
    long = [line for line in mail.text.splitlines() if len(line) > 78 and "://" not in line]
    assert long == []
    assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e\u2066-\u2069]", mail.text)


def test_a_title_of_ten_thousand_letters_is_cut_with_an_ellipsis(make: Any, plain: Any):
    mail = render(hostile_digest(make, "a" * 10_000), plain)
    assert "a" * 299 + "…" in page_of(mail).text_content()
    assert "a" * 1_000 not in mail.text.replace("\n", "")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/x", "https://u@a.example/"]
)
def test_an_address_that_is_not_http_becomes_no_link(make: Any, plain: Any, url: Any):
    mail = render(compose(make.material(make.story("s1", make.read(1, url=url)))), plain)
    assert url not in mail.html
    assert url not in mail.text
    assert "no address that can be opened" in mail.text


def test_every_link_is_http_and_nothing_is_fetched_from_outside(make: Any, plain: Any):
    flood, flag = make.flood()
    mail = render(compose(make.material(flood, flags=(flag,))), plain)
    page = page_of(mail)
    links = [a.get("href") for a in page.iter("a")]
    assert len(links) > 5
    assert all(link.startswith("https://") for link in links)
    assert not page.xpath("//@src | //@background | //@srcset | //link")
    assert "url(" not in mail.html
    assert "@import" not in mail.html


def test_styles_are_inlined_and_the_dark_mode_stays(make: Any, plain: Any):
    mail = render(compose(make.material()), plain)
    assert "font-weight" in page_of(mail).xpath("string(//h1/@style)")
    assert "prefers-color-scheme: dark" in mail.html
    assert "max-width: 480px" in mail.html


def test_the_seventh_item_of_a_topic_is_told_in_one_line_and_none_is_dropped(make: Any, plain: Any):
    stories = [make.story(f"s{i}", make.read(i, title=f"Việc số {i}")) for i in range(1, 12)]
    mail = render(compose(make.material(*stories)), plain)
    for number in range(1, 12):
        assert f"Việc số {number}" in page_of(mail).text_content()
        assert f"Việc số {number}\n" in mail.text


def test_on_a_day_of_200_stories_the_top_sections_stand_before_mail_readers_cut_off(make: Any, plain: Any):
    stories = [
        make.story(f"s{i}", make.read(i, topics=("T12", "T01", "T10")[i % 3 :])) for i in range(1, 201)
    ]
    mail = render(compose(make.material(*stories)), plain)
    # Gmail shows the first 102 KB; the top sections stand in them whatever follows.
    assert mail.html.encode().index(b"III. ") < 60_000


def test_a_late_digest_says_in_both_bodies_when_it_was_due(make: Any, plain: Any):
    material = replace(make.material(), due=make.end - timedelta(hours=5))
    mail = render(compose(material), plain)
    for body in (page_of(mail).text_content(), mail.text):
        assert "Late: it was due at 01:30 22/11/2026." in " ".join(body.split())


def test_what_is_expected_stands_in_both_bodies_and_nothing_where_nobody_can_say(make: Any, plain: Any):
    outlook = Outlook("all", make.end.date(), 14, 30, 40.0, 55, 5.0, 9.0, held=6, trials=6)
    heading = "Expected, reckoned from past weeks"
    mail = render(compose(replace(make.material(), outlooks=(outlook,))), plain)
    for body in (page_of(mail).text_content(), mail.text):
        assert heading in body
        assert "About the province in all: 30 to 55 stories" in " ".join(body.split())
    assert heading not in render(compose(make.material()), plain).text
