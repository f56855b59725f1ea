"""robots.txt by RFC 9309."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.courtesy import robots
from crawler.wire.answers import Trouble
from store.types import HostState

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
BLANK = HostState("baotap.vn")
PAGE, CLOSED = "https://baotap.vn/1.html", "https://baotap.vn/kin/1.html"
RULES = b"User-agent: *\nDisallow: /kin/\n"
NO = ("", "")


def known(body: bytes, status: int = 200) -> HostState:
    return robots.read(BLANK, status, body, NO, now=NOW)


READ = {
    "plain": (RULES, True, False),
    "a byte order mark": (b"\xef\xbb\xbf" + RULES, True, False),
    "CRLF": (RULES.replace(b"\n", b"\r\n"), True, False),
    "CR alone": (RULES.replace(b"\n", b"\r"), True, False),
    "our name wins over the star": (
        b"User-agent: *\nDisallow: /\n\nUser-agent: DiemBao\nDisallow: /kin/\n",
        True,
        False,
    ),
    "our name in small letters": (b"user-agent: diembao\ndisallow: /\n", False, False),
    "our name with a version": (b"User-agent: DiemBao/0.1\nDisallow: /kin/\n", True, False),
    "a part of our name": (b"User-agent: diem\nDisallow: /\n", True, True),
    "a longer name than ours": (b"User-agent: diembao-news\nDisallow: /\n", True, True),
    "a part of our name lets itself in": (
        b"User-agent: d\nAllow: /\n\nUser-agent: *\nDisallow: /\n",
        False,
        False,
    ),
    "ours and another's in one group": (
        b"User-agent: b\nUser-agent: DiemBao\nDisallow: /kin/\n",
        True,
        False,
    ),
    "others are meant": (b"User-agent: OtherBot\nDisallow: /\n", True, True),
    "the longest rule wins": (b"User-agent: *\nDisallow: /\nAllow: /1.html\n", True, False),
    "everything is closed": (b"User-agent: *\nDisallow: /\n", False, False),
    "an HTML page": (b"<!doctype html><html><body>Trang ch\xe1\xbb\xa7</body></html>", True, True),
    "empty": (b"", True, True),
    "bytes that are no UTF-8": (b"# \xff\xfe\n" + RULES, True, False),
    "a megabyte, rules first": (RULES + b"# x\n" * 300_000, True, False),
    "a megabyte, rules beyond the limit": (b"# x\n" * 300_000 + RULES, True, True),
}


@pytest.mark.parametrize(("body", "page", "closed"), READ.values(), ids=READ.keys())
def test_what_a_robots_txt_means(body: bytes, page: bool, closed: bool) -> None:
    policy = robots.make_policy(known(body))
    assert (policy.allows(PAGE), policy.allows(CLOSED), policy.closed) == (page, closed, None)


DELAYS = {
    "none": (b"", 0.0),
    "Crawl-delay": (b"User-agent: *\nCrawl-delay: 20\n", 20.0),
    "of a part of a second": (b"User-agent: *\nCrawl-delay: 0.5\n", 0.5),
    "Request-rate": (b"User-agent: *\nRequest-rate: 1/30\n", 30.0),
    "the larger of both": (b"User-agent: *\nCrawl-delay: 5\nRequest-rate: 2/60\n", 30.0),
    "for us alone": (b"User-agent: *\nCrawl-delay: 5\n\nUser-agent: DiemBao\nCrawl-delay: 40\n", 40.0),
    "negative": (b"User-agent: *\nCrawl-delay: -5\n", 0.0),
    "nonsense": (b"User-agent: *\nCrawl-delay: slow\n", 0.0),
    "more than half a day": (b"User-agent: *\nCrawl-delay: 9999999\n", 43_200.0),
}


@pytest.mark.parametrize(("body", "delay"), DELAYS.values(), ids=DELAYS.keys())
def test_how_slowly_an_outlet_wants_to_be_asked(body: bytes, delay: float) -> None:
    assert robots.make_policy(known(body)).delay == delay


def test_a_rule_cut_in_two_by_the_limit_is_no_rule() -> None:
    head = b"User-agent: *\n" + RULES.partition(b"\n")[2]
    filler = b"#" * (robots.MAX_ROBOTS - len(head) - len(b"\nDisallow: /"))
    policy = robots.make_policy(known(head + filler + b"\nDisallow: /admin/\n"))
    assert (policy.allows(PAGE), policy.allows(CLOSED)) == (True, False)


def test_the_longest_crawl_delay_leaves_turns_to_others_than_robots_txt() -> None:
    assert timedelta(seconds=robots.LONGEST_DELAY) < robots.FRESH


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_an_unavailable_robots_txt_allows_everything_for_a_day(status: int) -> None:
    state = known(b"User-agent: *\nDisallow: /\n", status)
    policy = robots.find_policy(state, NOW + timedelta(hours=23))
    assert policy is not None
    assert policy.allows(CLOSED)
    assert robots.find_policy(state, NOW + timedelta(hours=24)) is None


UNREACHABLE = {
    500: "robots.txt could not be read (HTTP 500), so nothing is fetched",
    503: "robots.txt could not be read (HTTP 503), so nothing is fetched",
    429: "robots.txt could not be read (HTTP 429), so nothing is fetched",
    0: "robots.txt could not be read (no answer), so nothing is fetched",
}


@pytest.mark.parametrize(("status", "words"), UNREACHABLE.items(), ids=map(str, UNREACHABLE))
def test_an_unreachable_robots_txt_forbids_everything(status: int, words: str) -> None:
    state = known(b"", status)
    policy = robots.find_policy(state, NOW + timedelta(minutes=14))
    assert policy is not None
    assert policy.closed is not None
    assert (policy.closed.trouble, policy.closed.words) == (Trouble.ROBOTS_UNREADABLE, words)
    assert not policy.allows(PAGE)
    assert robots.find_policy(state, NOW + timedelta(minutes=15)) is None


@pytest.mark.parametrize("status", UNREACHABLE)
def test_a_copy_serves_for_thirty_days_while_robots_txt_is_unreachable(status: int) -> None:
    later = NOW + timedelta(days=29)
    state = robots.read(known(RULES), status, b"", NO, now=later)
    policy = robots.find_policy(state, later)
    assert policy is not None
    assert (policy.closed, policy.allows(PAGE), policy.allows(CLOSED)) == (None, True, False)
    too_late = NOW + timedelta(days=30)
    state = robots.read(state, status, b"", NO, now=too_late)
    policy = robots.find_policy(state, too_late)
    assert policy is not None
    assert policy.closed is not None


def test_a_robots_txt_that_has_not_changed_counts_as_read_now() -> None:
    state = robots.read(BLANK, 200, RULES, ('"v1"', "Sun, 01 Nov 2026 00:00:00 GMT"), now=NOW)
    assert robots.conditions(state) == {
        "If-None-Match": '"v1"',
        "If-Modified-Since": "Sun, 01 Nov 2026 00:00:00 GMT",
    }
    later = NOW + timedelta(hours=25)
    state = robots.read(state, 304, b"", NO, now=later)
    assert (state.robots_at, state.robots.encode()) == (later, RULES)
    assert robots.find_policy(state, later + timedelta(hours=23)) is not None


def test_after_a_clock_was_set_back_robots_txt_is_asked_again() -> None:
    assert robots.find_policy(replace(known(RULES), robots_tried_at=NOW, robots_at=NOW), NOW) is not None
    assert robots.find_policy(known(RULES), NOW - timedelta(hours=1)) is None


PLACES = {
    "https://baotap.vn/a": "baotap.vn",
    "https://baotap.vn:443/a": "baotap.vn",
    "http://baotap.vn/a": "baotap.vn:80",
    "https://baotap.vn:8443/a": "baotap.vn:8443",
}


@pytest.mark.parametrize(("url", "place"), PLACES.items(), ids=PLACES.keys())
def test_a_robots_txt_speaks_for_one_scheme_host_and_port(url: str, place: str) -> None:
    assert robots.place_of(url) == place
