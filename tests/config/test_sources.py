from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from config.addresses import address_key
from config.load import load
from store.types import FeedKind, Scope, Source

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT.parent / "shared" / "sources.csv"


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    return {source.id: source for source in load(None).sources}


def test_each_outlet_and_each_address_stands_once(sources: dict[str, Source]):
    domains = [source.domain for source in sources.values()]
    addresses = [address_key(feed.url) for source in sources.values() for feed in source.feeds]
    assert len(domains) == len(set(domains)) == 153
    assert len(addresses) == len(set(addresses)) == 264


def test_the_province_own_outlet_is_looked_at_first(sources: dict[str, Source]):
    assert sources["baogialai"].priority
    assert sum(source.priority for source in sources.values()) <= 10


@pytest.mark.parametrize("outlet", ["laodong", "hanoimoi", "voatiengviet", "rfa", "irrawaddy"])
def test_an_outlet_known_to_be_broken_is_switched_off_with_a_reason(sources: dict[str, Source], outlet: str):
    assert len(sources[outlet].disabled.split()) > 3


@pytest.mark.parametrize("outlet", ["vietnamnet", "baodautu", "qdnd"])
def test_an_address_known_to_be_broken_is_switched_off_with_a_reason(sources: dict[str, Source], outlet: str):
    assert not sources[outlet].disabled
    feeds = [feed for feed in sources[outlet].feeds if feed.kind is FeedKind.FEED]
    assert feeds
    assert all(len(feed.disabled.split()) > 3 for feed in feeds)


def test_searches_are_leads_and_their_hosts_get_long_pauses(sources: dict[str, Source]):
    hosts = ("https://news.google.com/", "https://www.bing.com/", "https://api.gdeltproject.org/")
    for source in sources.values():
        for feed in source.feeds:
            assert (feed.kind is FeedKind.DISCOVERY) == feed.url.startswith(hosts)
    assert sources["news-google"].pause_seconds == 60
    assert sources["reuters"].pause_seconds == 60


def test_outlets_without_an_address_are_kept_with_their_kind(sources: dict[str, Source]):
    assert sources["daidoanket"].feeds == ()
    assert sources["daidoanket"].kind == "newspaper"
    assert sum(not source.feeds for source in sources.values()) > 30


def test_news_sitemaps_and_lists_of_links_are_told_from_feeds(sources: dict[str, Source]):
    assert [feed.kind for feed in sources["cafebiz"].feeds] == [FeedKind.SITEMAP]
    assert {feed.kind for feed in sources["gialai-gov"].feeds} == {FeedKind.LISTING}


def test_body_selectors_of_the_catalogue_are_kept(sources: dict[str, Source]):
    assert sources["vnexpress"].body_selector == ".fck_detail"
    assert sources["tuoitre"].body_selector == ".detail-content"


def test_the_local_press_is_domestic(sources: dict[str, Source]):
    assert sources["baogialai"].scope is Scope.DOMESTIC
    assert sources["khmertimeskh"].scope is Scope.FOREIGN


def test_no_note_names_where_a_list_was_kept(sources: dict[str, Source]):
    text = (ROOT / "config" / "sources.yaml").read_text(encoding="utf-8")
    assert "github" not in text.lower()
    assert "index id" not in text


@pytest.mark.data
def test_the_file_is_what_the_script_makes_of_the_catalogue(tmp_path: Path):
    if not CATALOGUE.exists():
        pytest.skip("../shared/sources.csv is absent")
    made = tmp_path / "sources.yaml"
    command = [sys.executable, ROOT / "scripts" / "make_sources.py", CATALOGUE, "--output", made]
    subprocess.run(command, check=True, capture_output=True)
    assert made.read_bytes() == (ROOT / "config" / "sources.yaml").read_bytes()
