"""What the digest may be missing: conditions of sources, failed looks, silent priority sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import html

from alerts.digest import compose
from alerts.material import Arrivals
from alerts.phrases import say
from alerts.render.mail import render
from alerts.sections.gaps import MOST_NAMED, find_silence
from store.types import Feed, FeedKind


def letter(digest: Any, t: Any):
    """The page and the text of a mail, spaces folded."""
    mail = render(digest, t)
    page = html.document_fromstring(mail.html.encode("utf-8"))
    return [" ".join(words.split()) for words in (page.text_content(), mail.text)]


def rows(gaps: Any):
    return [(gap.outlet, say(gap.what, str), gap.detail) for gap in gaps]


@pytest.fixture
def office(make: Any):
    """Makes an office with `count` priority sources more, named P00, P01, …"""

    def build(count: int) -> Any:
        base = make.office.sources[0]
        more = tuple(
            replace(
                base, id=f"p{i:02}", name=f"P{i:02}", priority=True, feeds=(Feed(f"https://p{i}.example/"),)
            )
            for i in range(count)
        )
        return replace(make.office, sources=(*make.office.sources, *more))

    return build


@pytest.mark.parametrize(
    ("condition", "where", "said"),
    [
        ("blocked", "unread", "refuses to be read by programs; recorded, not evaded"),
        ("failing", "unread", "could not be read"),
        ("changed", "odd", "its pages or dates no longer read as they did"),
        ("late", "odd", "silent for longer than is usual for it"),
        ("quiet", "", ""),
        ("ok", "", ""),
        ("new", "", ""),
        ("of a later program", "", ""),
    ],
)
def test_a_source_out_of_order_is_named_with_since_and_why(
    make: Any, plain: Any, condition: Any, where: Any, said: Any
):
    event = make.condition(
        "songba", condition, detail="nothing new for 30 h", at=make.end - timedelta(days=2)
    )
    digest = compose(make.material(standing=(event,)))
    gaps = digest.figures.gaps
    assert rows(gaps.unread) == ([("Tin Sông Ba", said, "nothing new for 30 h")] if where == "unread" else [])
    assert rows(gaps.odd) == ([("Tin Sông Ba", said, "nothing new for 30 h")] if where == "odd" else [])
    line = f"Tin Sông Ba: {said} (nothing new for 30 h). Since 06:30 20/11."
    assert [line in words for words in letter(digest, plain)] == [bool(where)] * 2


def test_the_reason_is_said_in_the_readers_language(make: Any, words: Any):
    event = make.condition("songba", "late", detail="x-reason")
    _page, text = letter(
        compose(make.material(standing=(event,))),
        lambda msgid: "lý do" if msgid == "x-reason" else words("vi")(msgid),
    )
    assert "Tin Sông Ba: không có tin mới lâu hơn thường lệ (lý do). Từ 03:30 22/11." in text


def test_a_condition_takes_the_place_of_a_failed_look(make: Any):
    given = {
        "standing": (make.condition("songba", "failing", detail="why"),),
        "troubles": (make.trouble("songba"),),
    }
    gaps = compose(make.material(**given)).figures.gaps
    assert rows(gaps.unread) == [("Tin Sông Ba", "could not be read", "why")]


def test_a_late_source_whose_look_failed_too_is_told_of_both(make: Any):
    given = {"standing": (make.condition("songba", "late"),), "troubles": (make.trouble("songba"),)}
    gaps = compose(make.material(**given)).figures.gaps
    assert (len(gaps.unread), len(gaps.odd)) == (1, 1)


@pytest.mark.parametrize("off", ["quiet", "nowhere"], ids=["without an address", "not in the catalogue"])
def test_what_is_no_longer_collected_from_is_no_gap(make: Any, off: Any):
    gaps = compose(make.material(standing=(make.condition(off, "failing"),))).figures.gaps
    assert gaps.unread == ()


def test_priority_sources_stand_first(make: Any, office: Any):
    standing = (make.condition("caonguyen", "late"), make.condition("p00", "late"))
    gaps = compose(make.material(standing=standing, office=office(1))).figures.gaps
    assert [gap.outlet for gap in gaps.odd] == ["P00", "Đài Cao Nguyên"]


@pytest.mark.parametrize("condition", ["late", "failing"])
def test_a_list_names_fifteen_and_counts_the_rest(make: Any, plain: Any, office: Any, condition: Any):
    standing = tuple(make.condition(f"p{i:02}", condition) for i in range(MOST_NAMED + 7))
    arrivals = Arrivals(day={f"p{i:02}": 1 for i in range(MOST_NAMED + 7)})
    digest = compose(make.material(standing=standing, arrivals=arrivals, office=office(MOST_NAMED + 7)))
    for words in letter(digest, plain):
        assert "P14: " in words
        assert "P15" not in words
        assert "and 7 other source(s)" in words
        assert "The whole lists stand at the desk" in words
    assert "The whole lists" not in letter(compose(make.material(standing=standing[:1])), plain)[1]


def test_every_priority_source_without_news_for_a_day_is_named_however_quiet_it_is(
    make: Any, plain: Any, office: Any
):
    arrivals = Arrivals(day={"p01": 1, "songba": 9}, week={"p01": 70})
    digest = compose(make.material(arrivals=arrivals, office=office(3)))
    line = "No new article in the last 24 hours (priority sources): P00, P02."
    assert all(line in words for words in letter(digest, plain))


@pytest.mark.parametrize(
    ("count", "line"),
    [
        (1, "Không có tin mới trong 24 giờ qua (nguồn ưu tiên): P00."),
        (15, "P13, P14."),
        (16, "P13, P14 và 1 nguồn khác."),
        (90, "P13, P14 và 75 nguồn khác."),
    ],
)
def test_the_line_of_silent_sources_stays_short(make: Any, words: Any, office: Any, count: Any, line: Any):
    for text in letter(compose(make.material(office=office(count))), words("vi")):
        assert line in text
        assert len(text) < 6_000


def test_who_gave_most_in_the_week_before_is_named_first(office: Any):
    arrivals = Arrivals(week={"p20": 140, "p03": 7})
    silence = find_silence(office(30).sources, arrivals)
    assert silence.outlets[:3] == ("P20", "P03", "P00")
    assert (silence.watched, len(silence.outlets), silence.more) == (30, MOST_NAMED, 15)


def test_where_every_priority_source_gave_something_that_is_said(make: Any, plain: Any, office: Any):
    digest = compose(make.material(arrivals=Arrivals(day={"p00": 3}), office=office(1)))
    line = "Every priority source gave a new article in the last 24 hours."
    assert all(line in words for words in letter(digest, plain))


def test_where_no_source_is_a_priority_nothing_is_said_of_them(make: Any, plain: Any):
    assert all("24 hours" not in words for words in letter(compose(make.material()), plain))


@pytest.mark.parametrize(
    "given",
    [
        {"disabled": "đã đóng"}, {"feeds": ()}, {"priority": False},
        {"feeds": (Feed("https://a.example/", FeedKind.NONE),)},
    ],
    ids=["switched off", "no address", "no priority", "no address that can be read"],
)  # fmt: skip
def test_a_source_that_nobody_asks_is_not_called_silent(make: Any, given: Any):
    base = replace(make.office.sources[0], priority=True)
    office = replace(make.office, sources=(replace(base, **given),))
    assert compose(make.material(office=office)).figures.gaps.silence.outlets == ()


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "a\r\nBcc: b@evil.example",
        "\u202egap",
        "{count}{names}",
        "\x00\x1b",
        "x" * 5_000,
    ],
    ids=["script", "header", "override", "braces", "control", "long"],
)
def test_a_hostile_reason_or_name_stays_words(make: Any, plain: Any, text: Any):
    base = make.office.sources[0]
    bad = replace(base, id="bad", name=text, priority=True, feeds=(Feed("https://bad.example/"),))
    office = replace(make.office, sources=(*make.office.sources, bad))
    standing = (make.condition("bad", "late", detail=text), make.condition("songba", "blocked", detail=text))
    mail = render(compose(make.material(standing=standing, office=office)), plain)
    page = html.document_fromstring(mail.html.encode("utf-8"))
    assert not list(page.iter("script"))
    for body in (mail.text, page.text_content()):
        assert not set(body) & set("\u202e\x00\x1b")
        assert "x" * 2_001 not in body
    assert "\nBcc" not in mail.text
    assert [line for line in mail.text.splitlines() if len(line) > 78 and "://" not in line] == []
