"""`diembao add` and `diembao backfill`: what the office hands in, and what the commands say."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.given import (
    Given,
    NotTakenError,
    find_kind,
    page_from,
    require_page,
    save_given,
    text_from,
    who_gives,
)
from practice.server import start_press
from store.articles import iter_articles, save_article
from store.audit import first_broken, list_entries
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.types import Article, Scope, Source

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
URL = "https://baotap.example/hop-bao-post12345.html"
Diembao = Callable[..., subprocess.CompletedProcess[str]]
LONG = "Ủy ban nhân dân tỉnh Gia Lai họp báo thường kỳ về tiến độ đường cao tốc Quy Nhơn – Pleiku. "
TAP = Source("bao-tap", "Báo Tập", "baotap.example", Scope.DOMESTIC, "VN", "vi", "newspaper")


def page(canonical: str = URL) -> bytes:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Họp báo</title>{link}</head>'
        f"<body><article><h1>Gia Lai họp báo</h1>{f'<p>{LONG}</p>' * 5}</article></body></html>"
    ).encode()


@pytest.fixture
def sessions(tmp_path: Path) -> Iterator[Sessions]:
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    upgrade(engine)
    yield make_sessions(engine)
    engine.dispose()


def test_a_saved_page_is_an_article_under_the_address_it_declares_marked_as_given() -> None:
    made = page_from(page(), Given(), [TAP], now=NOW)
    assert (made.url, made.outlet, made.title) == (URL, "bao-tap", "Gia Lai họp báo")
    assert made.extractor.startswith("given page, ")
    assert made.snapshot_sha256 == ""


def test_a_named_address_comes_before_the_declared_one() -> None:
    other = "https://baotap.example/khac-post99999.html"
    assert page_from(page(), Given(url=other), [TAP], now=NOW).url == other


def test_what_is_said_of_a_page_comes_before_what_is_read_in_it() -> None:
    said = Given(title="Tên khác", published=NOW - timedelta(days=2))
    made = page_from(page(), said, [TAP], now=NOW)
    assert made.title == "Tên khác"
    assert made.published is not None
    assert (made.published.at, made.published.origin) == (NOW - timedelta(days=2), "given")


def test_a_pasted_text_is_an_article_marked_as_given() -> None:
    made = text_from(LONG.encode(), Given(URL, "Họp báo"), [TAP], now=NOW)
    assert (made.url, made.outlet, made.text, made.extractor) == (URL, "bao-tap", LONG.strip(), "given text")


NOT_TAKEN: dict[str, tuple[Any, str]] = {
    "a page without an address": (lambda: page_from(page(""), Given(), [TAP], now=NOW), "its own address"),
    "a page with half an address": (
        lambda: page_from(page("/a.html"), Given(), [TAP], now=NOW), "its own address"
    ),
    "a page of a social network": (
        lambda: page_from(page("https://www.facebook.com/1"), Given(), [TAP], now=NOW), "no social accounts"
    ),
    "a page without an article": (
        lambda: page_from(b"<html><title>x</title><p>x", Given(url=URL), [TAP], now=NOW), "no article"
    ),
    "a text without an address": (
        lambda: text_from(b"x", Given(title="x"), [TAP], now=NOW), "its own address"
    ),
    "a text without a title": (lambda: text_from(b"x", Given(url=URL), [TAP], now=NOW), "a title"),
    "an empty text": (lambda: text_from(b" \n", Given(URL, "x"), [TAP], now=NOW), "needs words"),
    "a text under no address": (lambda: text_from(b"x", Given("abc", "x"), [TAP], now=NOW), "no address"),
    "PDF": (lambda: require_page("a.pdf", b"%PDF-1.7"), "PDF"),
    "DOCX": (lambda: require_page("a.docx", b"PK\x03\x04"), "office document"),
    "JSON Lines": (lambda: require_page("a.jsonl", b'{"id": 1}'), "JSON"),
    "WARC": (lambda: require_page("a.warc.gz", b"\x1f\x8b\x08"), "archive"),
    "plain text": (lambda: require_page("a.txt", b"xin chao"), "plain text"),
    "nothing": (lambda: require_page("a.html", b" \n"), "empty"),
}  # fmt: skip


@pytest.mark.parametrize(("take", "said"), NOT_TAKEN.values(), ids=NOT_TAKEN.keys())
def test_what_is_not_taken_is_told_with_what_to_do(take: Any, said: str) -> None:
    with pytest.raises(NotTakenError, match=said) as fault:
        take()
    assert len(fault.value.do) > 5


def test_a_page_may_begin_with_a_byte_order_mark() -> None:
    assert find_kind(b"\xef\xbb\xbf\n<!DOCTYPE html>") == "html"


def test_who_gave_it_and_when_stands_in_the_audit_log(sessions: Sessions) -> None:
    made = text_from(LONG.encode(), Given(URL, "Họp báo"), [TAP], now=NOW)
    with sessions.begin() as session:
        save_given(session, made, LONG.encode(), by="phòng báo chí", now=NOW)
    with sessions() as session:
        (entry,) = list_entries(session, limit=9)
        assert first_broken(session) is None
    assert (entry.actor, entry.act, entry.subject, entry.at) == ("phòng báo chí", "add", URL, NOW)
    assert "given text; article 1 version 1; file sha256 " in entry.detail


def test_given_material_never_takes_the_place_of_what_was_captured(sessions: Sessions) -> None:
    captured = Article(
        URL, "bao-tap", "Báo Tập", Scope.DOMESTIC, "Họp báo", "Lời báo.", snapshot_sha256="a" * 64
    )
    with sessions.begin() as session:
        save_article(session, captured, now=NOW)
    made = text_from(b"Loi khac.", Given(URL, "x"), [TAP], now=NOW)
    with pytest.raises(NotTakenError, match="captured from the outlet itself"), sessions.begin() as session:
        save_given(session, made, b"x", by="a", now=NOW)
    with sessions() as session:
        assert [found.article.text for found in iter_articles(session)] == ["Lời báo."]
        assert list_entries(session, limit=9) == []


def test_without_a_name_the_account_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "van-thu")
    assert who_gives(" ") == "van-thu"
    assert who_gives("Lan") == "Lan"


def test_the_command_adds_a_page_of_the_practice_press(tmp_path: Path, root: Path, diembao: Diembao) -> None:
    shutil.copytree(
        root / "config", tmp_path / "config", ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    with start_press() as press:
        (tmp_path / "config" / "sources.yaml").write_text(press.sources_yaml(), encoding="utf-8")
        settings = {
            "DIEMBAO_CONFIG": str(tmp_path / "config"),
            "DIEMBAO_ALLOW_PRIVATE": press.allow_private(),
        }
        key = next(
            one.key for one in press.edition.of(press.outlets[0].id) if not one.trouble and not one.quirks
        )
        url = press.url_of(key)
        done = diembao("add", url, "--by", "Lan", "--json", home=tmp_path, **settings)
        social = diembao("add", "https://zalo.me/1", home=tmp_path, **settings)
    (record,) = json.loads(done.stdout)
    assert (done.returncode, record["url"], record["article"], record["version"]) == (0, url, 1, 1)
    assert record["title"] == press.edition.find(key).title
    assert social.returncode == 5
    assert "published news only" in social.stderr


COMMANDS = {
    "nothing": (["add"], 2, "Name an address"),
    "a file that is not there": (["add", "khong-co.html"], 2, "There is no file"),
    "a date nobody can read": (["add", "x.html", "--published", "hôm nọ"], 2, "22/11/2026"),
    "a name longer than any file's": (["add", "x" * 300], 2, "There is no file"),
    "a date that is yet to come": (["add", "x.html", "--published", "22/11/2090"], 2, "in the future"),
    "the end of the calendar": (["backfill", __file__, "--until", "9999-12-31"], 5, "not a WARC file"),
    "one address for two files": (["add", "a.html", "b.html", "--url", URL], 2, "one at a time"),
    "an archive that is not there": (["backfill", "khong-co.warc.gz"], 2, "khong-co.warc.gz"),
}


@pytest.mark.parametrize(("words", "code", "said"), COMMANDS.values(), ids=COMMANDS.keys())
def test_wrong_usage_is_told_with_what_to_do(
    words: list[str], code: int, said: str, tmp_path: Path, diembao: Diembao
) -> None:
    done = diembao(*words, home=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_commands_take_files_and_say_in_vietnamese_what_came_of_them(
    tmp_path: Path, diembao: Diembao
) -> None:
    (tmp_path / "bai.html").write_bytes(page())
    (tmp_path / "bai.pdf").write_bytes(b"%PDF-1.7")
    done = diembao(
        "add", str(tmp_path / "bai.html"), str(tmp_path / "bai.pdf"), home=tmp_path, DIEMBAO_LANGUAGE="vi"
    )
    assert done.returncode == 5
    assert "Bài 1, phiên bản 1: Gia Lai họp báo" in done.stdout
    assert "bai.pdf: không nhận: bai.pdf là tệp PDF" in done.stderr


def test_the_command_reads_archives_and_tells_damage_with_its_exit_code(
    tmp_path: Path, diembao: Diembao
) -> None:
    payload = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2025-03-04T01:02:03Z\r\n"
        "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    whole = gzip.compress(head.encode() + payload + b"\r\n\r\n")
    (tmp_path / "a.warc.gz").write_bytes(whole)
    (tmp_path / "b.warc.gz").write_bytes(whole + whole[:-50])
    first = diembao("backfill", str(tmp_path / "a.warc.gz"), "--match", "gia lai", home=tmp_path)
    assert (first.returncode, "1 new articles" in first.stdout) == (0, True), first.stderr
    torn = diembao("backfill", str(tmp_path / "b.warc.gz"), "--json", home=tmp_path)
    report = json.loads(torn.stdout)
    assert (torn.returncode, report["damaged"], report["known"]) == (5, 1, 1)
