"""Trouble on request: each kind, on the wire."""

from __future__ import annotations

import gzip
import http.client
import socket
import zlib
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from practice.replies import Asked
from practice.server import Press
from practice.trouble import MEGABYTE, answer_trouble


@pytest.fixture
def trouble(press: Press, fetch: Callable[..., Any]):
    def ask(what: str, **headers: str) -> Any:
        return fetch(f"{press.outlets[0].base_url}/trouble/{what}", headers)

    return ask


@pytest.mark.parametrize("what", ["delay?s=0", "delay?s=0.01"])
def test_a_delay_ends_in_an_answer(trouble: Callable[..., Any], what: str):
    assert trouble(what).status == 200


def test_a_delay_lasts_as_long_as_asked():
    class Clock(Event):
        waited = 0.0

        def wait(self, timeout: float | None = None) -> bool:
            self.waited += timeout or 0
            return False

    clock = Clock()
    answer_trouble(Asked("GET", "/trouble/delay", "s=3", {}), stopping=clock)
    assert clock.waited == 3


@pytest.mark.parametrize("code", [200, 204, 401, 404, 429, 500, 503])
def test_a_status_is_the_one_asked_for(trouble: Callable[..., Any], code: int):
    assert trouble(f"status?code={code}").status == code


def test_a_status_may_say_when_to_come_again(trouble: Callable[..., Any]):
    assert trouble("status?code=429&retry_after=5").headers["retry-after"] == "5"


def test_an_answer_is_cut_off(trouble: Callable[..., Any]):
    with pytest.raises(http.client.IncompleteRead) as cut:
        trouble("cut-off")
    assert cut.value.partial


def test_a_redirect_loop_leads_to_itself(trouble: Callable[..., Any]):
    got = trouble("redirect-loop")
    assert (got.status, got.headers["location"]) == (302, "/trouble/redirect-loop")


def test_a_redirect_leads_where_asked(trouble: Callable[..., Any]):
    got = trouble("redirect?to=http%3A%2F%2F10.0.0.1%2Fx")
    assert (got.status, got.headers["location"]) == (302, "http://10.0.0.1/x")


def test_a_gzip_bomb_is_small_on_the_wire_and_large_when_unpacked(trouble: Callable[..., Any]):
    got = trouble("gzip-bomb?mb=20")
    assert got.headers["content-encoding"] == "gzip"
    assert len(got.body) < MEGABYTE / 20
    assert len(zlib.decompress(got.body, 31)) > 20 * MEGABYTE


def test_a_charset_is_declared_wrongly(trouble: Callable[..., Any]):
    got = trouble("wrong-charset")
    assert got.headers["content-type"] == "text/html; charset=iso-8859-1"
    assert "Đức Cơ" in got.body.decode("utf-8")


def test_a_slow_drip_arrives_byte_by_byte(trouble: Callable[..., Any]):
    got = trouble("slow-drip?s=0.05")
    assert "Từng giọt một" in got.body.decode()


def test_a_big_page_is_as_big_as_asked(trouble: Callable[..., Any]):
    got = trouble("big?mb=2")
    assert len(got.body) == int(got.headers["content-length"]) == 2 * MEGABYTE


def test_a_page_stands_where_a_feed_should(trouble: Callable[..., Any]):
    got = trouble("html-feed")
    assert got.headers["content-type"].startswith("text/html")
    assert got.body.startswith(b"<!DOCTYPE html>")


def test_an_answer_is_empty(trouble: Callable[..., Any]):
    got = trouble("empty")
    assert (got.status, got.headers["content-length"], got.body) == (200, "0", b"")


@pytest.mark.parametrize(
    "what",
    [
        "status?code=abc",
        "status?code=99",
        "status?code=1700",
        "status?retry_after=x",
        "delay?s=61",
        "delay?s=-1",
        "big?mb=x",
        "redirect",
        "redirect?to=http%3A%2F%2Fa%0D%0ASet-Cookie%3Ab",
        "wrong-charset?declared=a%0Db",
    ],
)
def test_a_bad_parameter_is_400(trouble: Callable[..., Any], what: str):
    assert trouble(what).status == 400


def test_an_unknown_trouble_is_404_and_names_the_known_ones(trouble: Callable[..., Any]):
    got = trouble("fire")
    assert got.status == 404
    assert b"gzip-bomb" in got.body


@pytest.mark.parametrize("kind", ["gzip-bomb", "big", "slow-drip"])
def test_a_stream_ends_when_the_press_stops(kind: str):
    stopping = Event()
    stopping.set()
    reply = answer_trouble(Asked("GET", f"/trouble/{kind}", "", {}), stopping=stopping)
    assert sum(len(piece) for piece in reply.body) < MEGABYTE


@pytest.mark.parametrize(
    ("what", "coding", "window"), [("gzip-bomb", "gzip", 31), ("deflate-bomb", "deflate", 15)]
)
def test_a_bomb_is_packed_as_it_says(trouble: Callable[..., Any], what: str, coding: str, window: int):
    got = trouble(f"{what}?mb=2")
    assert got.headers["content-encoding"] == coding
    assert len(zlib.decompress(got.body, window)) > 2 * MEGABYTE


@pytest.mark.parametrize("what", ["half-gzip", "no-gzip"])
def test_what_calls_itself_gzip_may_be_none(trouble: Callable[..., Any], what: str):
    got = trouble(what)
    assert got.headers["content-encoding"] == "gzip"
    with pytest.raises((OSError, EOFError)):
        gzip.decompress(got.body)


def test_a_page_may_be_longer_than_it_says(trouble: Callable[..., Any]):
    assert len(trouble("short-length").body) == 40


@pytest.mark.parametrize(
    ("what", "encoding"), [("utf-16", "utf-16"), ("nul", "utf-8"), ("twice-encoded", "utf-8")]
)
def test_text_may_be_written_in_odd_ways(trouble: Callable[..., Any], what: str, encoding: str):
    assert "Trang tập" in trouble(what).body.decode(encoding) or what == "twice-encoded"


def said(press: Press, what: str, least: int = 1) -> bytes:
    """The first bytes of an answer as they stand on the wire: `least`, where it does not end before."""
    host, _, port = press.outlets[0].host.partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(f"GET /trouble/{what} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        found = more = connection.recv(100)
        while more and len(found) < least:
            more = connection.recv(100)
            found += more
        return found


WIRE = {
    "endless-head": b"HTTP/1.1 200 OK\r\n",
    "endless-102": b"HTTP/1.1 102 Processing\r\n",
    "head-flood": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Lu-0: ",
    "long-line": b"HTTP/1.1 200 OK\r\nX-Dai: xxx",
    "bad-chunks": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
    "http-0.9": b"<!DOCTYPE html>",
    "no-http": b"SSH-2.0-BaoTap\r\n",
    "two-lengths": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\n",
    "silence": b"",
}


@pytest.mark.parametrize(("what", "start"), WIRE.items(), ids=WIRE.keys())
def test_trouble_below_the_page_stands_on_the_wire(press: Press, what: str, start: bytes):
    found = said(press, what, len(start))
    assert found.startswith(start)
    assert found or what == "silence"
