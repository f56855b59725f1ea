"""A saved search as a feed: made once at the desk, read by whoever has its address, ended by its owner."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest

from store.audit import list_entries
from store.press_feeds import list_feeds


def make(lan: Any, *, title: str = "Lũ lụt", query: str = "topic:T12") -> dict[str, str]:
    """Make a feed as the page does -> its addresses by their endings, as paths."""
    page = lan.send("/feeds", {"title": title, "query": query}, page="/feeds").text
    return {
        kind: path for path, kind in re.findall(r"http://127\.0\.0\.1:8080(/feeds/[\w-]+\.(atom|json))", page)
    }


def test_whoever_has_the_address_reads_the_search_without_signing_in(lan: Any, visitors: Any) -> None:
    paths = make(lan)
    answer = visitors().get(paths["atom"])
    assert answer.status_code == 200
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert [entry.title for entry in read.entries] == ["Ngập ở Đức Cơ, hàng trăm hộ dân sơ tán"]


def test_the_json_feed_says_the_same(lan: Any, visitors: Any) -> None:
    answer = visitors().get(make(lan)["json"])
    assert answer.headers["content-type"].startswith("application/feed+json")
    assert [item["title"] for item in answer.json()["items"]] == ["Ngập ở Đức Cơ, hàng trăm hộ dân sơ tán"]


def test_a_reader_that_has_it_already_gets_no_body(lan: Any, visitors: Any) -> None:
    path, reader = make(lan)["atom"], visitors()
    tag = reader.get(path).headers["etag"]
    again = reader.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_address_is_shown_once_and_kept_as_a_hash(lan: Any, bench: Any) -> None:
    token = make(lan)["atom"].removeprefix("/feeds/").removesuffix(".atom")
    assert token not in lan.get("/feeds").text
    with bench.deps.sessions() as session:
        assert all(token not in entry.detail + entry.subject for entry in list_entries(session, limit=10))


def test_no_byline_and_no_markup_of_others_reaches_a_feed(lan: Any, visitors: Any) -> None:
    told = visitors().get(make(lan, query="")["atom"]).text
    assert "Bút danh Mây" not in told
    assert "<script" not in told
    assert "javascript:" not in told


def test_an_ended_feed_answers_that_it_is_gone(lan: Any, bench: Any, visitors: Any) -> None:
    path = make(lan)["atom"]
    with bench.deps.sessions() as session:
        number = list_feeds(session)[0].number
    assert lan.send("/feeds/end", {"number": str(number)}, page="/feeds").status_code == 303
    assert visitors().get(path).status_code == 410
    assert lan.send("/feeds/end", {"number": str(number)}, page="/feeds").status_code == 404


@pytest.mark.parametrize("number", ["", "0", "-1", "1e3", "٣", "9" * 30], ids=str)
def test_a_number_of_no_feed_is_not_found(lan: Any, number: str) -> None:
    assert lan.send("/feeds/end", {"number": number}, page="/feeds").status_code == 404


def test_a_search_that_cannot_be_read_makes_no_feed(lan: Any, bench: Any) -> None:
    answer = lan.send("/feeds", {"title": "Hỏng", "query": "topic:"}, page="/feeds")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    with bench.deps.sessions() as session:
        assert list_feeds(session) == []


def test_a_feed_without_a_title_is_refused(lan: Any) -> None:
    assert lan.send("/feeds", {"title": "   ", "query": ""}, page="/feeds").status_code == 400


def test_an_address_nobody_made_is_not_found(stranger: Any) -> None:
    assert stranger.get("/feeds/khong-co.atom").status_code == 404


def test_the_page_of_feeds_is_for_who_is_signed_in(stranger: Any) -> None:
    assert stranger.get("/feeds").status_code == 303
