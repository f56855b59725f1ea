"""Pages that scripts build, with the real Chromium against outlets on loopback."""

from __future__ import annotations

import asyncio
import http.client
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from crawler import words
from crawler.browser.needs import find_chromium, find_lack, find_needs
from crawler.browser.proxy import GuardingProxy
from store.articles import iter_articles
from store.types import Feed, FeedKind, FeedOutcome, Source

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(importlib.util.find_spec("scrapy_playwright") is None, reason="no scrapy-playwright"),
    pytest.mark.skipif(not find_chromium(), reason="no Chromium on this machine"),
]
PARAGRAPH = "Đoạn văn này do chương trình của trang viết ra sau khi trang đã tới nơi, dài vừa đủ để đọc. "
SCRIPT = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Bài viết bằng kịch bản</title></head>
<body><h1>Bài viết bằng kịch bản</h1><img src="/anh.png"><div id="cho"></div><script>
fetch("/noi-dung.json").then(r => r.json()).then(found => {
  const lines = found.doan.map(x => "<p>" + x + "</p>").join("");
  document.getElementById("cho").innerHTML = "<article>" + lines + "</article>";
});
EXTRA
</script></body></html>"""


@pytest.fixture
def scripted(outlet: Any, reply: Any) -> Any:
    """An outlet with one article that a script builds."""
    outlet.feed("/rss", "{base}/bai.html")
    outlet.page("/bai.html", SCRIPT.replace("EXTRA", ""))
    content = json.dumps({"doan": [f"Đoạn {number}. {PARAGRAPH}" for number in range(1, 5)]})
    outlet.page("/noi-dung.json", content, content_type="application/json")
    return outlet


@pytest.fixture
def collect_with_browser(
    collect: Callable[..., Any], make_source: Callable[..., Source]
) -> Callable[..., Any]:
    def run(outlet: Any, **limits: Any) -> Any:
        source = make_source(f"{outlet.base}/rss", browser=True)
        return collect([source], outlet, browser_sandbox=False, timeout_seconds=20.0, **limits)

    return run


def articles(store: Any) -> list[Any]:
    with store.sessions() as session:
        return [found.article for found in iter_articles(session)]


def headers_of(store: Any, sha256: str) -> dict[str, str]:
    with store.sessions() as session:
        found = session.execute(
            text("select headers from snapshots where sha256 = :hash"), {"hash": sha256}
        ).scalar()
    return {name.lower(): value for name, value in (json.loads(found) if isinstance(found, str) else found)}


class TestWithChromium:
    pytestmark = needs_chromium

    def test_a_page_that_a_script_builds_becomes_an_article_and_says_so(
        self, scripted: Any, store: Any, collect_with_browser: Callable[..., Any]
    ) -> None:
        report = collect_with_browser(scripted)
        assert report.crash == ""
        (article,) = articles(store)
        assert article.text.count("chương trình của trang") == 4
        assert headers_of(store, article.snapshot_sha256)["diembao-rendered"].startswith("chromium ")

    def test_robots_txt_is_asked_first_pictures_are_not_and_the_name_is_ours(
        self, scripted: Any, collect_with_browser: Callable[..., Any]
    ) -> None:
        collect_with_browser(scripted)
        assert scripted.paths()[0] == "/robots.txt"
        assert "/anh.png" not in scripted.paths()
        asked = {request.path: request.headers for request in scripted.asked}
        assert all(
            asked[path]["user-agent"].startswith("DiemBao/") for path in ("/bai.html", "/noi-dung.json")
        )

    def test_a_page_that_robots_txt_forbids_never_reaches_the_browser(
        self, scripted: Any, collect_with_browser: Callable[..., Any]
    ) -> None:
        scripted.page("/robots.txt", "User-agent: *\nDisallow: /bai", content_type="text/plain")
        collect_with_browser(scripted)
        assert "/bai.html" not in scripted.paths()

    def test_no_script_reaches_a_private_address(
        self,
        scripted: Any,
        start_outlet: Callable[..., Any],
        store: Any,
        collect_with_browser: Callable[..., Any],
    ) -> None:
        inside = start_outlet("127.0.0.1")
        inside.page("/bi-mat", "bí mật")
        number = inside.place.partition(":")[2]
        calls = "".join(
            f'fetch("http://{host}:{number}/bi-mat", {{mode: "no-cors"}}).catch(() => 0);'
            for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]")
        )
        socket = f'try {{ new WebSocket("ws://{inside.place}/bi-mat") }} catch (e) {{}}'
        scripted.page("/bai.html", SCRIPT.replace("EXTRA", calls + socket))
        collect_with_browser(scripted)
        assert len(articles(store)) == 1
        assert inside.asked == []

    def test_a_redirect_inside_the_browser_does_not_reach_a_private_address(
        self,
        scripted: Any,
        reply: Any,
        start_outlet: Callable[..., Any],
        store: Any,
        collect_with_browser: Callable[..., Any],
    ) -> None:
        """Chromium follows redirects unseen by the first gate; the proxy is what stops it."""
        inside = start_outlet("127.0.0.1")
        inside.page("/bi-mat", "bí mật")
        away = reply(status=302, headers=(("Location", f"{inside.base}/bi-mat"),))
        scripted.pages["/di.json"] = away
        scripted.pages["/bai.html"] = away
        scripted.feed("/rss", "{base}/bai.html", "{base}/hai.html")
        scripted.page("/hai.html", SCRIPT.replace("EXTRA", 'fetch("/di.json").catch(() => 0);'))
        collect_with_browser(scripted)
        assert inside.asked == []
        assert len(articles(store)) == 1

    @pytest.mark.soak
    def test_a_page_that_never_rests_is_taken_as_it_is_and_one_that_never_comes_is_given_up(
        self, scripted: Any, store: Any, collect: Callable[..., Any], make_source: Callable[..., Source]
    ) -> None:
        restless = 'setInterval(() => fetch("/noi-dung.json"), 100);'
        scripted.page("/bai.html", SCRIPT.replace("EXTRA", restless))
        scripted.page("/treo.html", "x", wait=30.0)
        scripted.feed("/rss", "{base}/bai.html", "{base}/treo.html")
        source = make_source(f"{scripted.base}/rss", browser=True)
        report = collect([source], scripted, browser_sandbox=False, timeout_seconds=3.0)
        assert len(articles(store)) == 1
        assert [refused.reason.partition(" from ")[0] for refused in report.refused] == ["no complete answer"]


def test_without_a_browser_the_reason_is_told_and_the_run_goes_on(
    scripted: Any,
    collect: Callable[..., Any],
    make_source: Callable[..., Source],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # no Chromium in it
    listing = Feed(f"{scripted.base}/", kind=FeedKind.LISTING)
    report = collect([make_source(listing, f"{scripted.base}/rss", browser=True)], scripted)
    assert report.crash == ""
    (trouble,) = report.troubles
    assert trouble.outcome is FeedOutcome.FAILED
    assert trouble.detail in {words.NO_CHROMIUM, words.NO_BROWSER}
    assert {refused.reason for refused in report.refused} == {trouble.detail}


def test_what_is_lacking_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_lack() in {words.NO_CHROMIUM, words.NO_BROWSER}


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://baotap.vn/", True),
        ("https://m.baotap.vn/bai-1.html", True),
        ("https://baotap.vn/robots.txt", False),
        ("https://baotap.vn/rss", False),
        ("https://baotap.vn/sitemap-2026-11.xml.gz", False),
        ("https://baokhac.vn/bai-1.html", False),
        ("ftp://baotap.vn/", False),
    ],
)
def test_only_pages_of_sources_that_need_it_go_to_the_browser(
    make_source: Callable[..., Source], url: str, wanted: bool
) -> None:
    sources = [
        make_source("https://baotap.vn/rss", domain="baotap.vn", browser=True),
        make_source("https://baokhac.vn/rss", id="khac", domain="baokhac.vn"),
    ]
    assert find_needs(sources).wants(url) is wanted


# the proxy by itself


@pytest.fixture
def through() -> Callable[..., tuple[int, bytes]]:
    """Ask for an address through a proxy that allows these places."""

    def ask(url: str, *allowed: str, method: str = "GET", most: int = 1_000_000) -> tuple[int, bytes]:
        async def go() -> tuple[int, bytes]:
            proxy = GuardingProxy(allowed, max_bytes=most)
            port = await proxy.start()
            try:
                return await asyncio.to_thread(_ask, port, method, url)
            finally:
                await proxy.close()

        return asyncio.run(go())

    return ask


def _ask(port: int, method: str, url: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, url, headers={"Proxy-Authorization": "x"})
        answer = connection.getresponse()
        try:
            return answer.status, answer.read()
        except http.client.IncompleteRead as cut:
            return answer.status, cut.partial
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "http://127.0.0.1:{port}/"),
        ("GET", "http://localhost:{port}/"),
        ("GET", "http://2130706433:{port}/"),
        ("GET", "http://[::1]:{port}/"),
        ("GET", "http://169.254.169.254/latest/meta-data"),
        ("CONNECT", "127.0.0.1:{port}"),
        ("CONNECT", "10.0.0.1:443"),
        ("GET", "file:///etc/passwd"),
        ("GET", "http://user@127.0.0.1:{port}/"),
    ],
)
def test_the_proxy_connects_to_no_private_address(
    outlet: Any, through: Callable[..., tuple[int, bytes]], method: str, url: str
) -> None:
    status, _ = through(url.format(port=outlet.place.partition(":")[2]), method=method)
    assert status == 403
    assert outlet.asked == []


@pytest.mark.parametrize("place", ["a" * 70 + ".vn:443", "x..vn:443"])
def test_the_proxy_answers_for_a_host_that_is_no_name(
    through: Callable[..., tuple[int, bytes]], place: str
) -> None:
    assert through(place, method="CONNECT")[0] == 502


def test_the_proxy_asks_without_a_word_of_itself_and_cuts_what_is_too_much(
    outlet: Any, through: Callable[..., tuple[int, bytes]]
) -> None:
    outlet.page("/a?b=1", "tin")
    assert through(f"{outlet.base}/a?b=1", outlet.place) == (200, b"tin")
    assert "proxy-authorization" not in outlet.asked[0].headers
    outlet.page("/dai", "x" * 400_000)
    _, body = through(f"{outlet.base}/dai", outlet.place, most=100_000)
    assert len(body) < 200_000
