"""Conditional requests and compression, on values."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from practice.replies import Asked, Reply, finish

MODIFIED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PAGE = Reply(200, body=b"<p>" + b"a" * 500, modified=MODIFIED)


def asked(**headers: str) -> Asked:
    return Asked("GET", "/", "", {name.replace("_", "-"): value for name, value in headers.items()})


def etag() -> str:
    return dict(finish(PAGE, asked()).headers)["ETag"]


@pytest.mark.parametrize(
    "tags", ["{}", '"other", {}', "*", "strong"], ids=["same", "in a list", "star", "compared weakly"]
)
def test_a_client_that_holds_the_page_gets_304_without_a_body(tags: str):
    value = etag().removeprefix("W/") if tags == "strong" else tags.format(etag())
    reply = finish(PAGE, asked(if_none_match=value))
    assert (reply.status, reply.body) == (304, b"")
    assert dict(reply.headers)["ETag"] == etag()


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Fri, 20 Nov 2026 10:00:00 GMT", 304),
        ("Sat, 21 Nov 2026 10:00:00 GMT", 304),
        ("Fri, 20 Nov 2026 09:59:59 GMT", 200),
        ("yesterday", 200),
    ],
)
def test_the_date_decides_when_no_tag_is_sent(since: str, status: int):
    assert finish(PAGE, asked(if_modified_since=since)).status == status


def test_a_tag_wins_over_the_date():
    reply = finish(PAGE, asked(if_none_match='"other"', if_modified_since="Sat, 21 Nov 2026 10:00:00 GMT"))
    assert reply.status == 200


@pytest.mark.parametrize("accepted", ["gzip", "deflate, gzip;q=0.5", "*"])
def test_a_page_is_packed_for_a_client_that_accepts_it(accepted: str):
    reply = finish(PAGE, asked(accept_encoding=accepted))
    assert dict(reply.headers)["Content-Encoding"] == "gzip"
    assert gzip.decompress(reply.body) == PAGE.body


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_a_page_is_plain_for_a_client_that_does_not(accepted: str):
    reply = finish(PAGE, asked(accept_encoding=accepted))
    assert "Content-Encoding" not in dict(reply.headers)
    assert reply.body == PAGE.body


def test_an_error_has_no_tag():
    assert "ETag" not in dict(finish(Reply(404, body=b"x", modified=MODIFIED), asked()).headers)
