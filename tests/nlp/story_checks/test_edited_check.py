from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nlp.checks.case import Edit
from nlp.checks.edited import find_flags
from store.types import Event, EventKind, Stance

BEFORE = "Lũ làm 2 người chết ở xã Ia Dom."
NOW = "Lũ làm 3 người chết ở xã Ia Dom."


def edit(item: Any, **given: Any) -> Edit:
    words = (("2 người chết", "3 người chết"),)
    made = Edit(
        item.number, 1, "Tin lũ", "text", BEFORE, 0, len(BEFORE), NOW, 0, len(NOW), words, item.saved_at
    )
    return replace(made, **given)


def event(item: Any, kind: EventKind, *, hours: int = 0, detail: str = "HTTP 410") -> Event:
    return Event(
        f"{kind} {hours}", kind, item.saved_at + timedelta(hours=hours), "bao", item.number, detail=detail
    )


def test_the_sentence_of_the_earlier_version_is_flagged_with_what_stands_there_now(make: Any):
    item = replace(make.item(1, NOW), version=2)
    (flag,) = find_flags(make.case(item, edits=(edit(item),)))
    assert (flag.claim.text, flag.version) == (BEFORE, 1)
    assert [(e.text, e.version, e.stance) for e in flag.evidence] == [(NOW, 2, Stance.AGAINST)]
    assert flag.because == ("Báo đã sửa câu này: “2 người chết” thành “3 người chết”.",)


def test_those_who_still_carry_the_earlier_words_are_named(make: Any):
    item, copy = replace(make.item(1, NOW), version=2), make.item(2, f"Tin. {BEFORE}")
    (flag,) = find_flags(make.case(item, copy, copies=((2, 1),), edits=(edit(item),)))
    assert [(e.article, e.text, e.stance) for e in flag.evidence[1:]] == [(2, BEFORE, Stance.FOR)]
    assert flag.because[1] == "Nơi khác vẫn đăng câu cũ: Báo bao-2."


def test_a_page_that_is_gone_is_flagged_by_its_headline_with_the_answer_of_its_address(make: Any):
    item = make.item(1, NOW, "Lũ ở Ia Dom")
    (flag,) = find_flags(make.case(item, changes=(event(item, EventKind.REMOVED),)))
    assert (flag.claim.text, flag.claim.field) == ("Lũ ở Ia Dom", "title")
    assert [(e.text, e.document, e.stance) for e in flag.evidence] == [
        ("HTTP 410", item.article.url, Stance.CONTEXT)
    ]


@pytest.mark.parametrize(
    "kinds",
    [
        (EventKind.REMOVED, EventKind.RESTORED),
        (EventKind.HEADLINE_CHANGED,),
        (EventKind.TEXT_CHANGED, EventKind.FIGURE_CHANGED),
        (),
    ],
    ids=["back again", "a headline polished", "told as events", "nothing"],
)
def test_what_is_told_as_an_event_only_is_not_flagged(make: Any, kinds: tuple[EventKind, ...]):
    item = make.item(1, NOW)
    changes = tuple(event(item, kind, hours=hours) for hours, kind in enumerate(kinds))
    assert find_flags(make.case(item, changes=changes)) == ()


def test_removed_again_after_it_came_back_is_gone(make: Any):
    item = make.item(1, NOW)
    kinds = (EventKind.REMOVED, EventKind.RESTORED, EventKind.REMOVED)
    changes = [event(item, kind, hours=hours) for hours, kind in enumerate(kinds)]
    assert len(find_flags(make.case(item, changes=tuple(reversed(changes))))) == 1


def test_an_edit_of_an_article_that_left_the_story_and_an_empty_headline_are_passed_over(make: Any):
    item, other = make.item(1, NOW), make.item(2, NOW)
    bare = replace(item, article=replace(item.article, title=" "))
    assert find_flags(make.case(other, edits=(edit(item),))) == ()
    assert find_flags(make.case(bare, changes=(event(item, EventKind.REMOVED),))) == ()


def test_names_of_outlets_change_nothing(make: Any):
    item = replace(make.item(1, NOW), version=2)
    case = make.case(item, edits=(edit(item),), changes=(event(item, EventKind.REMOVED),))
    said = [(f.strength, f.because) for f in find_flags(case)]
    assert len(said) == 2
    assert [(f.strength, f.because) for f in find_flags(make.swapped(case))] == said
