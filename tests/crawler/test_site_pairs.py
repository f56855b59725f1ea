"""Every saved page of every outlet gives what its pair expects. Pairs are written by `diembao try`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.load import load
from crawler.pairs import PairError, expected_from, forms_of, load_expected, save_pair, try_pair
from crawler.spiders.registry import find_spider, spider_ids
from crawler.trying import Form, guess_form, try_answer
from crawler.wire.answers import Answer
from store.types import FeedKind, Scope, Source

SITES = Path(__file__).parent / "sites"
SPIDERS = Path(__file__).parents[2] / "crawler" / "spiders" / "sites"


def pairs() -> Iterator[object]:
    for folder in sorted(path for path in SITES.iterdir() if path.is_dir()):
        for form in forms_of(folder):
            yield pytest.param(folder, form, id=f"{folder.name}-{form}")


@pytest.mark.parametrize(("folder", "form"), list(pairs()))
def test_a_saved_page_gives_what_its_pair_expects(folder: Path, form: Form) -> None:
    found, expected = try_pair(folder, form)
    assert dict(found) == expected


@pytest.mark.parametrize("name", sorted(spider_ids()))
def test_every_spider_has_a_pair_of_its_listing_and_of_a_page(name: str) -> None:
    assert forms_of(SITES / name) == (Form.LISTING, Form.PAGE)
    assert load_expected(SITES / name)["source"]["id"] == name


@pytest.mark.parametrize("name", sorted(spider_ids()))
def test_a_file_its_class_and_its_name_agree(name: str) -> None:
    spider = find_spider(name)
    assert spider is not None
    classes = [
        node.name
        for node in ast.parse((SPIDERS / f"{name.replace('-', '_')}.py").read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    ]
    assert classes == [spider.__name__]
    assert spider.name == name


@pytest.mark.parametrize("name", sorted(spider_ids()))
def test_an_outlet_of_the_office_lists_the_sections_of_its_spider(name: str) -> None:
    """Two places name the sections: the office's file, and the spider that Scrapy runs alone."""
    spider = find_spider(name)
    assert spider is not None
    source = next(source for source in load(None).sources if source.id == name)
    listed = tuple(feed.url for feed in source.feeds if feed.kind is FeedKind.LISTING)
    assert listed == spider.sections
    assert listed


def test_every_spider_says_how_far_it_was_tested() -> None:
    silent = [
        path.name for path in SPIDERS.glob("[a-z]*.py") if "live" not in path.read_text("utf-8").lower()
    ]
    assert silent == []


def test_no_outlet_of_the_office_lists_sections_without_a_spider() -> None:
    listed = {
        source.id
        for source in load(None).sources
        for feed in source.feeds
        if feed.kind is FeedKind.LISTING and not (source.disabled or feed.disabled)
    }
    assert listed == set(spider_ids())


def test_a_name_that_is_no_file_has_no_spider() -> None:
    assert find_spider("os") is None
    assert find_spider("../press") is None
    assert find_spider("") is None


# writing pairs

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PAGE = (SITES / "vietnamnet" / "page.html").read_bytes()
URL = "https://baomoi.example/bai-viet-123456.html"


@pytest.fixture
def source() -> Source:
    return Source(
        id="bao-thu", name="Báo Thử", domain="baomoi.example", scope=Scope.DOMESTIC, country="VN",
        language="vi", kind="newspaper",
    )  # fmt: skip


def test_a_pair_that_was_written_is_kept_by_its_own_test(tmp_path: Path, source: Source) -> None:
    trial = try_answer(Answer(URL, 200, (), PAGE), source, now=NOW, form=Form.PAGE)
    written = save_pair(tmp_path / "bao-thu", trial, source, at=NOW)
    assert [path.name for path in written] == ["page.html", "expected.yaml"]
    found, expected = try_pair(tmp_path / "bao-thu", Form.PAGE)
    assert found == expected == expected_from(trial)


def test_a_large_page_is_kept_compressed_and_replaces_the_plain_one(tmp_path: Path, source: Source) -> None:
    for body in (PAGE, PAGE + b"<!--" + b"x" * 300_000 + b"-->"):
        trial = try_answer(Answer(URL, 200, (), body), source, now=NOW, form=Form.PAGE)
        save_pair(tmp_path / "bao-thu", trial, source, at=NOW)
    names = sorted(path.name for path in (tmp_path / "bao-thu").iterdir())
    assert names == ["expected.yaml", "page.html.gz"]
    found, expected = try_pair(tmp_path / "bao-thu", Form.PAGE)
    assert found == expected


def test_a_listing_written_later_leaves_the_page_of_the_pair(tmp_path: Path, source: Source) -> None:
    folder = tmp_path / "qdnd"
    known = Source(**{name: getattr(source, name) for name in source.__slots__} | {"id": "qdnd"})
    page = try_answer(Answer(URL, 200, (), PAGE), known, now=NOW, form=Form.PAGE)
    save_pair(folder, page, known, at=NOW)
    body = (SITES / "qdnd" / "listing.html").read_bytes()
    listing = try_answer(Answer("https://www.qdnd.vn/", 200, (), body), known, now=NOW)
    assert listing.form is Form.LISTING
    save_pair(folder, listing, known, at=NOW)
    assert forms_of(folder) == (Form.LISTING, Form.PAGE)


@pytest.mark.parametrize("name", ["..", "Báo", "a/b", "", "-x"])
def test_a_folder_that_is_no_id_is_not_written(tmp_path: Path, source: Source, name: str) -> None:
    trial = try_answer(Answer(URL, 200, (), PAGE), source, now=NOW, form=Form.PAGE)
    with pytest.raises(PairError):
        save_pair(Path(f"{tmp_path}/{name}") if name != "a/b" else tmp_path / "a b", trial, source, at=NOW)


def test_a_page_without_article_makes_no_pair_and_the_reason_is_told(tmp_path: Path, source: Source) -> None:
    trial = try_answer(Answer(URL, 200, (), b"<html><title>x</title>"), source, now=NOW, form=Form.PAGE)
    with pytest.raises(PairError, match="no article text found"):
        save_pair(tmp_path / "bao-thu", trial, source, at=NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "url", "form"),
    [
        (b"<?xml version='1.0'?><rss version='2.0'/>", URL, Form.FEED),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", URL, Form.FEED),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', URL, Form.FEED),
        (b"<?xml version='1.0'?><urlset/>", URL, Form.SITEMAP),
        (b"<sm:sitemapindex xmlns:sm='x'/>", URL, Form.SITEMAP),
        (b"\x1f\x8b\x08", URL, Form.SITEMAP),
        (b"<html>", URL, Form.PAGE),
        (b"<html>", "https://baomoi.example/", Form.LISTING),
    ],
)
def test_a_body_is_read_as_what_it_looks_like(source: Source, body: bytes, url: str, form: Form) -> None:
    assert guess_form(Answer(url, 200, (), body), source) is form
