"""Who published it, where, from which country and by whom changes nothing that is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from nlp.checks import imitated
from store.types import Article, Flag, Reading, Scope

if TYPE_CHECKING:
    World = Any  # of conftest.py, which tests cannot import


def in_other_dress(article: Article) -> Article:
    """The same text as if an outlet abroad with another name, address and by-line had printed it."""
    return replace(
        article,
        url=article.url.replace(".example/", ".voice-of-elsewhere.test/foreign/"),
        outlet=f"x-{article.outlet[::-1]}",
        outlet_name=f"Foreign Herald {article.outlet[::-1]}",
        scope=Scope.FOREIGN if article.scope is Scope.DOMESTIC else Scope.DOMESTIC,
        byline="Correspondent in exile" if article.byline else "Ban Biên tập",
    )


def told_by(flag: Flag) -> tuple[object, ...]:
    """All of a flag that words and figures decide."""
    return (
        flag.check,
        flag.check_version,
        flag.claim,
        flag.strength,
        flag.because,
        flag.missing,
        tuple((e.text, e.start, e.end, e.stance, e.why) for e in flag.evidence),
    )


@pytest.fixture(scope="session")
def plain(make_world: Callable[..., World], press: Sequence[Article]) -> World:
    return make_world(press)


@pytest.fixture(scope="session")
def swapped(make_world: Callable[..., World], press: Sequence[Article]) -> World:
    return make_world([in_other_dress(article) for article in press])


def said_of(world: World) -> Counter[tuple[object, ...]]:
    """Every flag but those of the one check that looks at addresses: imitating ones are all it is about."""
    flags = [each.flag.value for each in world.flags]
    return Counter(told_by(flag) for flag in flags if flag.check != imitated.NAME)


def test_relevance_topics_places_and_claims_do_not_ask_who_printed_them(plain: World, swapped: World):
    assert plain.readings
    changed = {
        key: (reading, swapped.readings[key])
        for key, reading in plain.readings.items()
        if as_read(reading) != as_read(swapped.readings[key])
    }
    assert changed == {}


def as_read(reading: Reading) -> tuple[object, ...]:
    return reading.language, reading.relevance, reading.topics, reading.places, reading.claims


def test_flags_do_not_ask_who_printed_them(plain: World, swapped: World):
    assert said_of(plain)
    assert said_of(plain) == said_of(swapped)


def test_stories_do_not_ask_who_printed_their_articles(plain: World, swapped: World):
    assert any(len(story) > 1 for story in plain.stories)
    assert plain.stories == swapped.stories


def test_a_telling_is_flagged_alike_whoever_prints_it(
    facts: Sequence[Any], tell: Callable[..., Article], check_one: Callable[[Article], Any]
):
    for fact in facts:
        article = tell(fact, "critic", "wrong")
        one, other = check_one(article), check_one(in_other_dress(article))
        assert one.reading == other.reading
        assert [told_by(flag) for flag in one.flags] == [told_by(flag) for flag in other.flags]
