"""Articles out of WARC files: what is kept, under which date and outlet, and after being killed."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from sqlalchemy import select

from crawler.archives.backfill import ORIGIN, BackfillReport, backfill
from crawler.archives.selection import Selection
from crawler.settings import CrawlSettings
from store.articles import find_article_by_url, iter_articles, save_article, versions_of
from store.captures import recent_captures
from store.tables import SnapshotRow
from store.types import Article, Scope, Source

AT = datetime(2025, 3, 4, 1, 2, 3, tzinfo=UTC)
PAGE = "https://baotap.example/hop-bao-post12345.html"


class Killed(BaseException):
    """Stands for SIGKILL: nothing that runs afterwards may depend on it."""


@pytest.fixture
def record(make_page: Callable[..., str]) -> Callable[..., bytes]:
    """One compressed WARC record of an article page."""

    def make(url: str = PAGE, *, at: datetime = AT, title: str = "Gia Lai họp báo", html: str = "") -> bytes:
        body = (html or make_page(title)).encode()
        payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}\r\n"
            f"WARC-Record-ID: <urn:uuid:{hash(url) & 0xFFFF}>\r\nWARC-IP-Address: 203.0.113.7\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        return gzip.compress(head.encode() + payload + b"\r\n\r\n")

    return make


@pytest.fixture
def fill(
    store: Any, tmp_path: Path, make_source: Callable[..., Source], now: datetime
) -> Callable[..., BackfillReport]:
    """Back-fill records, each argument one file, or files that lie there already."""

    def run(*contents: bytes | Path, progress: Any = lambda *_: None, **values: Any) -> BackfillReport:
        files = []
        for number, content in enumerate(contents):
            path = content if isinstance(content, Path) else tmp_path / f"tap-{number}.warc.gz"
            if isinstance(content, bytes):
                path.write_bytes(content)
            files.append(path)
        limits = CrawlSettings(processes=1, max_bytes=1_000_000)
        plain: dict[str, Any] = {"selection": Selection(), "marks": tmp_path / "marks", "now": now}
        sources = values.pop("sources", [make_source()])
        chosen = plain | values
        return backfill(files, sources, store.sessions, store.archive, limits, progress=progress, **chosen)

    return run


def stored(store: Any) -> list[Article]:
    with store.sessions() as session:
        return [found.article for found in iter_articles(session)]


def captures(store: Any) -> list[SnapshotRow]:
    with store.sessions() as session:
        return list(session.scalars(select(SnapshotRow).order_by(SnapshotRow.number)))


def test_a_page_becomes_a_capture_and_an_article_of_the_day_it_was_captured(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any
) -> None:
    report = fill(record())
    assert (report.records, report.pages, report.articles_new) == (1, 1, 1)
    (article,) = stored(store)
    assert (article.url, article.outlet, article.fetched_at) == (PAGE, "bao-tap", AT)
    (capture,) = captures(store)
    assert (capture.fetched_at, capture.address, capture.article) == (AT, "203.0.113.7", 1)
    assert ORIGIN in capture.headers
    assert "tap-0.warc.gz" in capture.headers
    assert store.archive.body(article.snapshot_sha256).startswith(b"<!DOCTYPE html>")


def test_a_file_read_twice_gives_nothing_twice(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any, tmp_path: Path
) -> None:
    fill(record())
    again = fill(tmp_path / "tap-0.warc.gz")
    assert (again.records, again.notes) == (0, [("tap-0.warc.gz", "read to its end before")])
    anew = fill(tmp_path / "tap-0.warc.gz", marks=tmp_path / "other marks")
    assert (anew.articles_new, anew.versions_new, anew.known) == (0, 0, 1)
    assert len(captures(store)) == len(stored(store)) == 1


@pytest.mark.parametrize("step", range(1, 4))
def test_killed_at_any_step_and_run_again_nothing_is_lost_or_twice(
    step: int, fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any, tmp_path: Path
) -> None:
    content = b"".join(
        record(f"https://baotap.example/tin-{1000 + n}.html", title=f"Tin {n}") for n in range(300)
    )
    steps = iter(range(1, 99))

    def die(*_: object) -> None:
        if next(steps) == step:
            raise Killed

    with pytest.raises(Killed):
        fill(content, progress=die)
    before = len(stored(store))
    assert before < 300 or step == 3
    rest = fill(tmp_path / "tap-0.warc.gz")
    assert rest.records == 300 - before
    assert len(stored(store)) == len(captures(store)) == 300


def test_killed_before_its_mark_was_written_nothing_is_kept_twice(
    fill: Callable[..., BackfillReport],
    record: Callable[..., bytes],
    store: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die(*_: object) -> None:
        raise Killed

    content = record(title="Một") + record(title="Hai", at=AT + timedelta(hours=1))
    with monkeypatch.context() as patched:
        patched.setattr("crawler.archives.backfill.save_mark", die)
        with pytest.raises(Killed):
            fill(content)
    again = fill(tmp_path / "tap-0.warc.gz")
    assert (again.known, again.articles_new, again.versions_new) == (2, 0, 0)
    assert len(captures(store)) == 2


def test_a_mark_that_cannot_be_read_counts_as_none(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], tmp_path: Path
) -> None:
    fill(record())
    for mark in (tmp_path / "marks").iterdir():
        mark.write_text("{", encoding="utf-8")
    assert fill(tmp_path / "tap-0.warc.gz").known == 1


def test_another_question_or_a_changed_file_is_read_anew(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], tmp_path: Path
) -> None:
    fill(record(), selection=Selection(words=("Kon Tum",)))
    assert fill(tmp_path / "tap-0.warc.gz").articles_new == 1
    os.utime(tmp_path / "tap-0.warc.gz", (1, 1))
    assert fill(tmp_path / "tap-0.warc.gz").known == 1


def live(url: str, text: str, at: datetime) -> Article:
    return Article(
        url, "bao-tap", "Báo Tập", Scope.DOMESTIC, "Tiêu đề", text, fetched_at=at, snapshot_sha256="x"
    )


def test_an_older_wording_never_becomes_what_the_outlet_says_today(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any, now: datetime
) -> None:
    with store.sessions.begin() as session:
        save_article(session, live(PAGE, "Bản hôm nay.", now - timedelta(days=1)), now=now)
    report = fill(record())
    assert (report.older, report.versions_new) == (1, 0)
    with store.sessions() as session:
        (only,) = versions_of(session, 1)
    assert only.article.text == "Bản hôm nay."
    assert captures(store)[0].article == 1


def test_a_capture_joins_the_live_article_under_another_spelling(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any, now: datetime
) -> None:
    old = live(PAGE.replace("https://", "http://www."), "Bản cũ.", AT - timedelta(days=1))
    with store.sessions.begin() as session:
        save_article(session, old, now=now)
    assert fill(record()).versions_new == 1
    with store.sessions() as session:
        found = find_article_by_url(session, PAGE)
    assert found is not None
    assert (found.number, found.version) == (1, 2)


def test_old_captures_do_not_hide_the_recent_ones_from_those_who_look_again(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any, now: datetime
) -> None:
    recent = "https://baotap.example/moi-post77777.html"
    fill(record(recent, at=now - timedelta(hours=1)))
    fill(record(title="Tin cũ"), record("https://baotap.example/cu-post88888.html", title="Cũ"))
    with store.sessions() as session:
        found = recent_captures(session, since=now - timedelta(days=2))
    assert [capture.url_final for capture in found] == [recent]


LEFT_OUT = {
    "another language": ({"language": "km"}, False),
    "its language": ({"language": "vi"}, True),
    "a word that is not there": ({"words": ("Kon Tum",)}, False),
    "one of the words, without marks": ({"words": ("Kon Tum", "cao toc")}, True),
    "another domain": ({"domains": ("baokhac.example",)}, False),
    "a domain that only ends alike": ({"domains": ("tap.example",)}, False),
    "the domain above": ({"domains": ("example",)}, True),
    "captured before": ({"since": AT + timedelta(seconds=1)}, False),
    "captured at the moment": ({"since": AT}, True),
    "captured later": ({"until": AT}, False),
}


@pytest.mark.parametrize(("wanted", "kept"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_the_filters_say_what_is_kept(
    wanted: dict[str, Any],
    kept: bool,
    fill: Callable[..., BackfillReport],
    record: Callable[..., bytes],
    store: Any,
) -> None:
    report = fill(record(), selection=Selection(**wanted))
    assert len(stored(store)) == kept
    assert report.left_out["left out by the filters"] == (not kept)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/baotap/1234",
        "ftp://baotap.example/a",
        "https://admin@baotap.example/a-1234",
        "https://tat.example/a-1234",
        "không phải địa chỉ",
    ],
)
def test_social_accounts_switched_off_outlets_and_no_addresses_are_left_out(
    url: str,
    fill: Callable[..., BackfillReport],
    record: Callable[..., bytes],
    store: Any,
    make_source: Callable[..., Source],
) -> None:
    off = replace(make_source(), id="tat", domain="tat.example", disabled="asked us to stop")
    report = fill(record(url), sources=[make_source(), off])
    assert stored(store) == []
    assert report.left_out["left out by the filters"] == 1


def test_a_date_that_has_not_come_yet_is_left_out(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any, now: datetime
) -> None:
    fill(record(at=now + timedelta(minutes=1)))
    assert stored(store) == []


def test_pages_without_an_article_are_counted_and_not_kept(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any
) -> None:
    report = fill(record(html="<html><title>Trang chủ</title><body><a href='/'>x</a></body></html>"))
    assert (report.pages, report.refused) == (1, 1)
    assert captures(store) == []


def test_damage_and_a_file_that_is_no_archive_cost_nothing_else(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes], store: Any
) -> None:
    damaged = bytearray(record("https://baotap.example/hong-1234.html"))
    damaged[40:80] = b"\x00" * 40
    report = fill(
        b"no archive at all", record() + bytes(damaged) + record("https://baotap.example/a-5678.html")
    )
    assert (report.unreadable, report.damaged, report.articles_new) == (1, 1, 2)
    assert report.notes == [("tap-0.warc.gz", "not a WARC file, or damaged from its beginning on")]


def test_progress_is_in_bytes_of_all_files_and_never_goes_back(
    fill: Callable[..., BackfillReport], record: Callable[..., bytes]
) -> None:
    told: list[tuple[str, int, int]] = []
    contents = [record(), record("https://baotap.example/a-5678.html")]
    fill(*contents, progress=lambda *values: told.append(values))
    total = sum(map(len, contents))
    assert {(stage, whole) for stage, _, whole in told} == {("backfill", total)}
    done = [value for _, value, _ in told]
    assert done == sorted(done)
    assert done[-1] == total


LANGUAGES = {
    "declared": ('<html lang="vi-VN"><p>x', "vi", True),
    "declared as another": ('<html lang="en"><p>only English here', "vi", False),
    "Vietnamese that declares English": (
        '<html lang="en"><p>' + "Ủy ban nhân dân tỉnh họp báo. " * 20,
        "vi",
        True,
    ),
    "French is not Vietnamese": (
        "<p>" + "Les élèves étaient très bien préparés à l'école. " * 20,
        "vi",
        False,
    ),
    "letters in a script do not count": (
        "<script>" + "ủy bản đồ " * 99 + "</script><p>" + "plain " * 99,
        "vi",
        False,
    ),
    "too little": ("<p>Ủy ban", "vi", False),
    "English declared": ('<html lang="en-GB">', "en", True),
}


@pytest.mark.parametrize(("page", "code", "expected"), LANGUAGES.values(), ids=LANGUAGES.keys())
def test_a_pages_language_is_told_fast(page: str, code: str, expected: bool) -> None:
    assert Selection(language=code).wants_text(page.encode(), "text/html") is expected


@pytest.mark.parametrize("opening", ["<script ", "<style ", "<", "<a "])
def test_tags_that_nobody_closes_hold_up_no_file(opening: str) -> None:
    page = (opening * (4_000_000 // len(opening))).encode()
    started = process_time()
    Selection(language="vi", words=("Gia Lai",)).wants_text(page, "text/html")
    assert process_time() - started < 20  # it took hours


def test_a_page_in_an_old_encoding_is_searched_too() -> None:
    page = ("<html><meta charset=windows-1258><p>" + "Tin Gia Lai: Đak Đoa. " * 30).encode("cp1258")
    assert Selection(words=("dak doa",)).wants_text(page, "text/html; charset=windows-1258")


@pytest.mark.data
def test_other_peoples_samples_break_nothing(
    fill: Callable[..., BackfillReport], data: Path, store: Any
) -> None:
    report = fill(*sorted((data / "warc" / "samples").glob("*arc*")))
    assert report.unreadable == 4  # ARC files
    assert report.damaged == 2
    assert report.pages + sum(report.left_out.values()) == report.records + report.damaged
    assert all(article.fetched_at.year < 2026 for article in stored(store))
