from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crawler.ledger import Ledger


def test_a_feed_without_new_pages_is_complete_at_once() -> None:
    assert Ledger().open("feed", [])


def test_a_feed_is_complete_with_its_last_page() -> None:
    ledger = Ledger()
    assert not ledger.open("feed", ["a", "b"])
    assert ledger.settle("a", kept=True) == []
    assert ledger.settle("b", kept=True) == ["feed"]


def test_a_page_that_was_missed_before_spoils_a_later_feed_too() -> None:
    ledger = Ledger()
    ledger.open("first", ["a"])
    assert ledger.settle("a", kept=False) == []
    assert not ledger.open("second", ["a"])


@given(st.dictionaries(st.sampled_from("abcdef"), st.booleans(), min_size=1), st.data())
def test_exactly_the_feeds_whose_pages_were_all_kept_are_completed(
    pages: dict[str, bool], data: st.DataObject
) -> None:
    feeds = {
        name: data.draw(st.sets(st.sampled_from(sorted(pages)), min_size=1))
        for name in ("one", "two", "three")
    }
    ledger = Ledger()
    done = [name for name, wanted in feeds.items() if ledger.open(name, wanted)]
    for page, kept in pages.items():
        done += ledger.settle(page, kept=kept)
    assert sorted(done) == sorted(
        name for name, wanted in feeds.items() if all(pages[page] for page in wanted)
    )
