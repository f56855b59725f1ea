"""Pages that changed or were taken down: which are told of, in which words, and only once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import html

from alerts.briefing import PackMaterial
from alerts.briefing import compose as compose_pack
from alerts.digest import compose
from alerts.notices import material_for
from alerts.phrases import say
from alerts.render import document, pack
from alerts.render.mail import render
from alerts.sections.changes import MOST_ARTICLES, MOST_OF_ARTICLE
from store.types import EventKind, Recipient, RelevanceLabel

HEADLINE, FIGURE, TEXT = EventKind.HEADLINE_CHANGED, EventKind.FIGURE_CHANGED, EventKind.TEXT_CHANGED
REMOVED, RESTORED = EventKind.REMOVED, EventKind.RESTORED
JUDGING = ("secret", "silent", "quietly", "admit", "hide", "hid ", "lén", "âm thầm", "thừa nhận", "che giấu")


def told(digest: Any):
    return [article.cited.number for article in digest.changes]


def said(change: Any):
    return say(change.what, str, "en")


def letter(digest: Any, t: Any):
    """The page and the text of a mail, spaces folded."""
    mail = render(digest, t)
    page = html.document_fromstring(mail.html.encode("utf-8"))
    return [" ".join(words.split()) for words in (page.text_content(), mail.text)]


def words_of(paper: bytes):
    body = Document(io.BytesIO(paper)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


@pytest.mark.parametrize(
    ("label", "topics", "is_told"),
    [
        (RelevanceLabel.ABOUT, ("T12",), True),
        (RelevanceLabel.ABOUT, (), True),
        (RelevanceLabel.ABOUT, ("T00",), False),
        (RelevanceLabel.MENTION, ("T12",), False),
        (RelevanceLabel.SPORT, ("T12",), False),
        (RelevanceLabel.COMPANY, ("T12",), False),
        (RelevanceLabel.NONE, ("T12",), False),
    ],
    ids=["about", "no topic", "noise", "in passing", "sport", "company", "not about"],
)
def test_a_change_is_told_where_the_article_is_about_the_province(
    make: Any, label: Any, topics: Any, is_told: Any
):
    item = make.read(7, label=label, topics=topics)
    digest = compose(make.material(changes=(make.change(item, HEADLINE, before="A", after="B"),)))
    assert told(digest) == ([7] if is_told else [])


def test_a_change_is_told_where_the_article_stands_in_a_story_that_is_shown(make: Any):
    aside = make.read(7, label=RelevanceLabel.MENTION)
    story = make.story("s1", make.read(1), aside)
    assert told(compose(make.material(story, changes=(make.change(aside, REMOVED),)))) == [7]
    hidden = make.story("s1", make.read(1, label=RelevanceLabel.SPORT), aside)
    assert told(compose(make.material(hidden, changes=(make.change(aside, REMOVED),)))) == []


@pytest.mark.parametrize(
    ("kind", "without_flag"),
    [(HEADLINE, True), (FIGURE, True), (REMOVED, True), (RESTORED, True), (TEXT, False)],
    ids=str,
)
def test_a_changed_text_alone_is_told_only_where_the_article_is_flagged(
    make: Any, kind: Any, without_flag: Any
):
    flood, flag = make.flood()
    changes = (make.change(flag.item, kind, before="Câu cũ.", after="Câu mới."),)
    assert bool(compose(make.material(flood, changes=changes)).changes) is without_flag
    assert told(compose(make.material(flood, flags=(flag,), changes=changes))) == [1]


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (
            HEADLINE, {"before": "Ngập nặng", "after": "Ngập"},
            "headline changed · seen 03:30 22/11; before that 23:30 21/11 “Ngập nặng” → “Ngập”",
        ),
        (
            FIGURE, {"before": "45 hộ", "after": "60 hộ", "detail": "Có 60 hộ dân di dời."},
            "“45 hộ” → “60 hộ” in the sentence: “Có 60 hộ dân di dời.”",
        ),
        (FIGURE, {"before": "", "after": "60 hộ"}, "not there before → “60 hộ”"),
        (FIGURE, {"before": "45 hộ", "after": ""}, "“45 hộ” → not there any more"),
        (
            REMOVED, {"before": "Bài số 1", "detail": "HTTP 404: nothing at this address"},
            "seen 03:30 22/11; before that 23:30 21/11 · HTTP 404: nothing at this address",
        ),
        (RESTORED, {"after": "Bài số 1"}, "at its address again · seen 03:30 22/11"),
    ],
    ids=["headline", "figure", "figure that came", "figure that went", "removed", "restored"],
)  # fmt: skip
def test_it_says_the_exact_words_and_when_each_was_seen(
    make: Any, plain: Any, kind: Any, given: Any, expected: Any
):
    seen = {"at": make.end - timedelta(hours=3), "before_at": make.end - timedelta(hours=7)}
    change = make.change(make.read(1), kind, **given, **seen)
    digest = compose(make.material(changes=(change,)))
    page, text = letter(digest, plain)
    assert expected in text
    assert expected.replace(" ", "") in page.replace(" ", "")
    assert "https://ngongio.example/bai-1.html" in text
    assert "Báo Ngọn Gió" in page
    made = words_of(document.render(digest, plain))
    section = made.split("VII. CHANGED / TAKEN DOWN")[1].split("VIII. ")[0]
    assert said(digest.changes[0].changes[0]) in section
    for words in [word for word in given.values() if kind not in {REMOVED, RESTORED}]:
        assert f"“{words}”" in section or not words
    assert "(seen 03:30 22/11" in section
    assert ("; before that 23:30 21/11" in section) is (kind is not RESTORED)


def test_everything_of_one_article_is_folded_into_one_entry_in_its_order(make: Any):
    item = make.read(1)
    changes = (
        make.change(item, RESTORED, number=3, at=make.end - timedelta(hours=1)),
        make.change(item, REMOVED, number=2, at=make.end - timedelta(hours=2)),
        make.change(item, HEADLINE, number=1, before="A", after="B", at=make.end - timedelta(hours=3)),
    )
    (entry,) = compose(make.material(changes=changes)).changes
    assert [said(change) for change in entry.changes] == [
        "headline changed",
        "no longer at its address",
        "at its address again",
    ]
    assert entry.more == 0


def test_a_sentence_with_two_new_figures_is_quoted_once(make: Any):
    sentence = "Có 60 hộ dân, 200 người di dời."
    item = make.read(1)
    changes = (
        make.change(item, FIGURE, number=1, before="45 hộ", after="60 hộ", detail=sentence),
        make.change(item, FIGURE, number=2, before="150 người", after="200 người", detail=sentence),
    )
    (entry,) = compose(make.material(changes=changes)).changes
    assert [(c.after, c.sentence) for c in entry.changes] == [("60 hộ", sentence), ("200 người", "")]


def test_long_words_are_quoted_within_what_the_law_lets_us_and_marked(make: Any):
    flood, flag = make.flood()
    long = " ".join(f"chữ{number}" for number in range(200))
    changes = (make.change(flag.item, TEXT, before=long, after="Câu mới."),)
    (entry,) = compose(make.material(flood, flags=(flag,), changes=changes)).changes
    before, mark = entry.changes[0].before.rsplit(" ", 1)
    assert (long.startswith(before), mark) == (True, "[…]")
    assert len(before.split()) == make.rules().quotation_words
    assert entry.changes[0].after == "Câu mới."


def test_lists_are_bounded_and_say_how_many_more_there_are(make: Any, plain: Any):
    often = make.read(1)
    restless = [
        make.change(often, HEADLINE, number=i, after=f"A{i}", at=make.start + i * timedelta(hours=1))
        for i in range(MOST_OF_ARTICLE + 3)
    ]
    others = [make.change(make.read(i), REMOVED) for i in range(10, 10 + MOST_ARTICLES + 4)]
    digest = compose(make.material(changes=(*restless, *others)))
    assert (len(digest.changes), digest.more_changes) == (MOST_ARTICLES, 5)
    (alone,) = compose(make.material(changes=tuple(restless))).changes
    assert (len(alone.changes), alone.more) == (MOST_OF_ARTICLE, 3)
    assert alone.changes[-1].after == f"A{MOST_OF_ARTICLE + 2}"
    for words in letter(digest, plain):
        assert "5 more article(s) changed: see the desk." in words


def test_flagged_articles_stand_before_those_that_went_and_those_before_the_rest(make: Any):
    flood, flag = make.flood()
    changes = (
        make.change(make.read(30), HEADLINE, before="A", after="B", at=make.end - timedelta(hours=1)),
        make.change(make.read(31), REMOVED, at=make.end - timedelta(hours=9)),
        make.change(flag.item, HEADLINE, before="A", after="B", at=make.end - timedelta(hours=20)),
    )
    assert told(compose(make.material(flood, flags=(flag,), changes=changes))) == [1, 31, 30]


@pytest.mark.parametrize(
    ("saved", "is_told"),
    [
        ({"hours": 24}, True), ({"hours": 24, "seconds": 1}, False),
        ({"seconds": 1}, True), ({"seconds": 0}, False),
    ],
    ids=["at the start", "before the start", "at the end", "on the end"],
)  # fmt: skip
def test_what_was_noticed_in_the_period_is_told_and_nothing_else(make: Any, saved: Any, is_told: Any):
    at = make.end - timedelta(days=2)  # first seen so long before it was sure
    change = make.change(make.read(1), REMOVED, at=at, saved_at=make.end - timedelta(**saved))
    assert bool(compose(make.material(changes=(change,))).changes) is is_told


def test_no_change_in_the_period_is_said_in_mail_and_papers(make: Any, plain: Any):
    digest = compose(make.material())
    for words in letter(digest, plain):
        assert "VII. Changed / taken down" in words
        section = words.split("VII. Changed / taken down")[1].split("VIII. ")[0]
        assert "None in this period." in section
    assert "VII. CHANGED / TAKEN DOWN\nNone in this period." in words_of(document.render(digest, plain))
    empty = compose_pack(PackMaterial((), (), make.office, make.start, make.end))
    assert "V. CHANGED / TAKEN DOWN\nNone in this period." in words_of(pack.render(empty, plain))


def test_the_words_never_judge(make: Any, words: Any):
    flood, flag = make.flood()
    changes = tuple(
        make.change(flag.item, kind, number=n)
        for n, kind in enumerate((HEADLINE, FIGURE, TEXT, REMOVED, RESTORED))
    )
    digest = compose(make.material(flood, flags=(flag,), changes=changes))
    for language in ("vi", "en"):
        for text in letter(digest, words(language)):
            section = text.split("VII. ")[1].split("VIII. ")[0].casefold()
            assert [word for word in JUDGING if word in section] == []


def test_a_reader_of_vietnamese_reads_vietnamese(make: Any, words: Any):
    change = make.change(make.read(1), HEADLINE, before="Ngập nặng", after="Ngập")
    _page, text = letter(compose(make.material(changes=(change,))), words("vi"))
    assert "VII. Đã sửa / đã gỡ" in text
    assert "đổi tít · thấy lúc 03:30 22/11 “Ngập nặng” → “Ngập”" in text


def test_the_outlets_own_words_are_never_translated(make: Any):
    change = make.change(make.read(1), FIGURE, before="45", after="60", detail="late")
    _page, text = letter(
        compose(make.material(changes=(change,))), lambda msgid: msgid.replace("late", "XXX")
    )
    assert "“late”" in text


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(1)>',
    "header": "Tiêu đề\r\nBcc: all@evil.example",
    "template": "{{ 7*7 }}{% raw %}{names}",
    "override": "giá \u202egnăt\u2066 mạnh\u200f",
    "control": "\x00\x1b[31mđỏ\ud800",
    "long": "a" * 10_000,
    "empty": " ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", [HEADLINE, FIGURE, TEXT, REMOVED, RESTORED], ids=str)
def test_hostile_words_of_a_page_stay_words(make: Any, plain: Any, kind: Any, text: Any):
    flood, flag = make.flood()
    item = replace(flag, item=make.read(1, title=text, outlet_name=text)).item
    change = make.change(item, kind, before=text, after=f"{text}!", detail=text)
    digest = compose(make.material(flood, flags=(flag,), changes=(change,)))
    mail = render(digest, plain)
    page = html.document_fromstring(mail.html.encode("utf-8"))
    assert not {e.tag for e in page.iter() if isinstance(e.tag, str)} & {"script", "img", "iframe"}
    assert not [name for e in page.iter() for name in e.attrib if name.startswith("on")]
    assert "\n" not in mail.subject
    for body in (mail.text, page.text_content(), words_of(document.render(digest, plain))):
        assert not set(body) & set(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b"
        )
        assert "Bcc" not in [line.strip()[:3] for line in body.split("\r\n")]
        assert "a" * 2_001 not in body
    assert [line for line in mail.text.splitlines() if len(line) > 78 and "://" not in line] == []
    assert "\nBcc:" not in mail.text


def test_a_unit_is_told_of_the_changes_that_it_is_proposed_for(make: Any):
    changes = (
        make.change(make.read(1, topics=("T12",)), REMOVED),
        make.change(make.read(2, topics=("T10",)), REMOVED),
    )
    unit = Recipient("nnmt", "Sở", "nnmt@office.example", edition="unit", unit="so-nnmt")
    found = material_for(unit, make.material(changes=changes)).changes
    assert [change.item.number for change in found] == [1]


@pytest.mark.parametrize(("is_chosen", "expected"), [(True, [1]), (False, [1, 9])], ids=["chosen", "period"])
def test_a_pack_tells_of_its_stories_and_one_of_a_period_of_all_about_the_province(
    make: Any, plain: Any, is_chosen: Any, expected: Any
):
    flood, flag = make.flood()
    changes = (
        make.change(flag.item, FIGURE, before="45 hộ dân", after="48 hộ dân"),
        make.change(make.read(9), REMOVED),
        make.change(make.read(10, label=RelevanceLabel.NONE), REMOVED),
    )
    material = PackMaterial((flood,), (flag,), make.office, make.start, make.end, is_chosen, changes=changes)
    made = compose_pack(material)
    assert [entry.cited.number for entry in made.changes] == expected
    words = words_of(pack.render(made, plain))
    assert "figure changed (seen 03:30 22/11): “45 hộ dân” → “48 hộ dân”" in words
    assert words.index("IV. FIGURES") < words.index("\nV. CHANGED") < words.index("VI. LIKELY QUESTIONS")
