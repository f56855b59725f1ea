"""The running press: addresses, robots, conditional requests, edits, the log, start and stop."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from practice.answers import load_answers
from practice.outlets import addresses
from practice.server import Press, PressError, start_press

KEY = "hop-bao-quy"


def test_each_outlet_has_its_own_address_and_all_share_one_port(press: Press):
    hosts = [outlet.host for outlet in press.outlets]
    assert [host.partition(":")[0] for host in hosts] == [f"127.0.1.{n}" for n in range(1, 11)]
    assert {host.partition(":")[2] for host in hosts} == {str(press.port)}
    assert press.allow_private() == ",".join(hosts)


def test_the_sources_name_every_outlet_in_the_agreed_shape(press: Press):
    sources = yaml.safe_load(press.sources_yaml())["sources"]
    assert [source["id"] for source in sources] == [outlet.id for outlet in press.outlets]
    for source, outlet in zip(sources, press.outlets, strict=True):
        keys = "id name domain scope country language kind priority pause_seconds feeds"
        assert list(source) == keys.split()
        assert source["domain"] == outlet.host
        assert {feed["url"] for feed in source["feeds"]} == set(outlet.feed_urls)
        assert {feed["kind"] for feed in source["feeds"]} <= {"feed", "sitemap"}


def test_there_are_two_english_outlets_and_one_agency(press: Press):
    assert sum(outlet.language == "en" for outlet in press.outlets) == 2
    assert sum(outlet.kind == "agency" for outlet in press.outlets) == 1


def test_the_press_carries_its_answers(press: Press):
    assert press.answers == load_answers()


def test_two_starts_with_the_same_now_serve_the_same(
    press: Press, fresh_press: Press, fetch: Callable[..., Any]
):
    def served(one: Press) -> dict[str, list[bytes]]:
        found = {}
        for outlet in one.outlets:
            addresses = [outlet.base_url + "/", *outlet.feed_urls]
            addresses += [one.url_of(a.key) for a in one.edition.of(outlet.id)[:3]]
            found[outlet.id] = [fetch(a).body.replace(str(one.port).encode(), b"PORT") for a in addresses]
        return found

    assert served(press) == served(fresh_press)


@pytest.mark.parametrize(
    ("outlet_id", "rule"),
    [
        ("tuan-tin-da-quy", "Crawl-delay: 0.2\nDisallow: /noi-bo/"),
        ("trang-goc-da", "User-agent: *\nDisallow: /\n"),
        ("dai-gio-nom", "Sitemap: http://127.0.1.6:"),
    ],
)
def test_robots_say_what_is_asked_of_collectors(
    press: Press, fetch: Callable[..., Any], outlet_id: str, rule: str
):
    got = fetch(press.outlet(outlet_id).base_url + "/robots.txt")
    assert got.headers["content-type"].startswith("text/plain")
    assert rule in got.body.decode()


def test_a_page_asked_again_with_its_tag_is_304_and_has_no_body(press: Press, fetch: Callable[..., Any]):
    url = press.url_of(KEY)
    first = fetch(url)
    again = fetch(url, {"If-None-Match": first.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert fetch(url, {"If-Modified-Since": first.headers["last-modified"]}).status == 304


def test_a_feed_asked_again_with_its_tag_is_304(press: Press, fetch: Callable[..., Any]):
    url = press.outlet("bao-nui-rung").feed_urls[0]
    assert fetch(url, {"If-None-Match": fetch(url).headers["etag"]}).status == 304


def test_a_page_is_packed_where_the_client_accepts_it(press: Press, fetch: Callable[..., Any]):
    plain = fetch(press.url_of(KEY))
    packed = fetch(press.url_of(KEY), {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2


def test_head_gives_the_headers_alone(press: Press, fetch: Callable[..., Any]):
    got = fetch(press.url_of(KEY), method="HEAD")
    assert got.body == b""
    assert int(got.headers["content-length"]) == len(fetch(press.url_of(KEY)).body)


def test_other_methods_are_refused(press: Press, fetch: Callable[..., Any]):
    got = fetch(press.url_of(KEY), method="POST")
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")


def test_an_unknown_page_is_404(press: Press, fetch: Callable[..., Any]):
    assert fetch(press.outlets[0].base_url + "/khong-co.html").status == 404


def test_an_article_lies_only_in_its_own_outlet(press: Press, fetch: Callable[..., Any]):
    assert fetch(press.outlet("dai-gio-nom").base_url + press.edition.find(KEY).path).status == 404


@pytest.mark.parametrize(
    ("key", "status", "location"),
    [
        ("chuyen-huong-noi-bo", 302, "http://10.0.0.1/bai-viet.html"),
        ("chuyen-huong-cong-dong", 302, "http://127.0.0.1:1/"),
        ("trang-rong", 200, None),
        ("may-chu-hong", 500, None),
        ("bi-tu-choi", 403, None),
    ],
)
def test_some_articles_are_in_trouble_for_good(
    press: Press, fetch: Callable[..., Any], key: str, status: int, location: str | None
):
    got = fetch(press.url_of(key))
    assert (got.status, got.headers.get("location")) == (status, location)


def test_the_empty_page_has_no_words(press: Press, fetch: Callable[..., Any]):
    assert re.sub(rb"<[^>]*>", b"", fetch(press.url_of("trang-rong")).body) == b""


def test_a_silent_edit_begins_with_the_third_fetch(fresh_press: Press, fetch: Callable[..., Any]):
    url = fresh_press.url_of("tai-nan-deo-mang-yang-nong")
    pages = [fetch(url) for _ in range(4)]
    assert ["2 người chết".encode() in page.body for page in pages] == [True, True, False, False]
    assert "3 người chết, 9 người bị thương".encode() in pages[2].body
    assert pages[1].headers["etag"] != pages[2].headers["etag"]
    assert pages[1].headers["last-modified"] != pages[2].headers["last-modified"]


def test_looking_at_the_headers_is_no_fetch(fresh_press: Press, fetch: Callable[..., Any]):
    url = fresh_press.url_of("tai-nan-deo-mang-yang-nong")
    for _ in range(5):
        fetch(url, method="HEAD")
    assert "2 người chết".encode() in fetch(url).body


def test_an_edit_by_hand_changes_the_page_and_its_tag(fresh_press: Press, fetch: Callable[..., Any]):
    before = fetch(fresh_press.url_of(KEY))
    fresh_press.edit(KEY, text="Lời dẫn mới.\n\nĐoạn sau.")
    after = fetch(fresh_press.url_of(KEY), {"If-None-Match": before.headers["etag"]})
    assert after.status == 200
    assert "Lời dẫn mới." in after.body.decode()


def test_a_withdrawn_page_is_410_and_leaves_the_home_page(fresh_press: Press, fetch: Callable[..., Any]):
    article = fresh_press.edition.find(KEY)
    fresh_press.withdraw(KEY)
    assert fetch(fresh_press.url_of(KEY)).status == 410
    home = fetch(fresh_press.outlet(article.outlet).base_url + "/").body.decode()
    assert article.path not in home


@pytest.mark.parametrize("act", ["edit", "withdraw", "url_of"])
def test_an_article_that_is_not_there_is_named(press: Press, act: str):
    arguments = ("nothing", "text") if act == "edit" else ("nothing",)
    with pytest.raises(KeyError, match="no article 'nothing'"):
        getattr(press, act)(*arguments)


def test_requests_are_logged_with_host_headers_times_and_status(
    fresh_press: Press, fetch: Callable[..., Any]
):
    outlet = fresh_press.outlet("dai-gio-nom")
    fetch(outlet.base_url + "/khong-co.html?a=1", {"User-Agent": "thu/1", "If-None-Match": '"x"'})
    fetch(fresh_press.url_of(KEY))
    first, second = fresh_press.requests
    assert (first.host, first.method, first.path, first.status) == (
        outlet.host, "GET", "/khong-co.html?a=1", 404,
    )  # fmt: skip
    assert (first.header("User-Agent"), first.header("if-none-match")) == ("thu/1", '"x"')
    assert first.header("Referer") == ""
    assert first.started <= first.ended <= second.started
    assert first.at.tzinfo is not None


def test_a_connection_serves_several_requests(press: Press):
    connection = http.client.HTTPConnection(press.outlets[0].host, timeout=30)
    for _ in range(3):
        connection.request("GET", "/robots.txt")
        assert connection.getresponse().read().startswith(b"User-agent")
    connection.close()


def test_stopping_closes_open_connections_and_leaves_no_thread():
    before = set(threading.enumerate())
    with start_press() as running:
        connection = http.client.HTTPConnection(running.outlets[0].host, timeout=30)
        connection.request("GET", "/robots.txt")
        connection.getresponse().read()
        assert set(threading.enumerate()) - before
    assert set(threading.enumerate()) - before == set()
    connection.close()


def test_stopping_ends_a_stream_that_would_drip_for_a_minute():
    with start_press() as running:
        connection = http.client.HTTPConnection(running.outlets[0].host, timeout=90)
        connection.request("GET", "/trouble/slow-drip?s=60")
        response = connection.getresponse()
        assert response.read(1) == b"<"  # the stream has begun
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 30
    with pytest.raises(http.client.IncompleteRead):
        response.read()
    connection.close()


def test_a_port_that_is_taken_on_one_address_is_said_clearly():
    with socket.socket() as holder:
        holder.bind((addresses()[4], 0))
        holder.listen()
        port = holder.getsockname()[1]
        with (
            pytest.raises(PressError, match=rf"cannot listen on 127\.0\.1\.5:{port} .*--port"),
            start_press(port),
        ):
            pass


def test_a_stopped_press_gives_its_port_back():
    with start_press() as first:
        port = first.port
    with start_press(port) as second:
        assert second.port == port
