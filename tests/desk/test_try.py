"""`diembao try` on saved files; fetching is tested in tests/crawler/test_sites_run.py."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

SITES = Path(__file__).parents[1] / "crawler" / "sites"
TryIt = Callable[..., subprocess.CompletedProcess[str]]
PAGE = SITES / "vietnamnet" / "page.html"
LISTING = SITES / "qdnd" / "listing.html"


@pytest.fixture(scope="session")
def try_it(diembao: Callable[..., subprocess.CompletedProcess[str]]) -> TryIt:
    def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        return diembao("try", *arguments, home=cwd / "home", cwd=cwd, COLUMNS="200")

    return run


def test_a_saved_article_is_shown_with_its_date_in_local_time_and_where_it_came_from(
    try_it: TryIt, tmp_path: Path
) -> None:
    done = try_it(str(PAGE), "--url", "https://vietnamnet.vn/deo-2465100.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Đèo An Mẫu thông xe một chiều sau sạt lở" in done.stdout
    assert "22/11/2026 07:41 (json-ld, 0.98)" in done.stdout


def test_a_saved_listing_gives_its_entries_as_json(try_it: TryIt, tmp_path: Path) -> None:
    done = try_it(str(LISTING), "--url", "https://www.qdnd.vn/", "--json", cwd=tmp_path)
    found = json.loads(done.stdout)
    assert (found["form"], len(found["entries"]), found["general"]) == ("listing", 4, False)


def test_the_pair_is_written_into_the_checkout_and_only_there(try_it: TryIt, tmp_path: Path) -> None:
    arguments = (str(PAGE), "--url", "https://vietnamnet.vn/deo-2465100.html", "--save-test", "bao-thu")
    outside = try_it(*arguments, cwd=tmp_path)
    assert outside.returncode == 2
    assert "There is no folder tests/crawler/sites here." in outside.stderr
    sites = tmp_path / "tests" / "crawler" / "sites"
    sites.mkdir(parents=True)
    assert try_it(*arguments, cwd=tmp_path).returncode == 0
    expected = yaml.safe_load((sites / "bao-thu" / "expected.yaml").read_text(encoding="utf-8"))
    assert expected["page"]["title"] == "Đèo An Mẫu thông xe một chiều sau sạt lở"
    assert expected["source"]["id"] == "bao-thu"


@pytest.mark.parametrize("name", ["../x", "a/b", "Báo"])
def test_a_pair_with_a_name_that_is_no_id_is_not_written(try_it: TryIt, tmp_path: Path, name: str) -> None:
    sites = tmp_path / "tests" / "crawler" / "sites"
    sites.mkdir(parents=True)
    done = try_it(str(PAGE), "--url", "https://vietnamnet.vn/x", "--save-test", name, cwd=tmp_path)
    assert done.returncode == 5
    assert list((tmp_path / "tests").rglob("*.html")) == []


def test_a_page_without_article_says_why_and_ends_with_its_own_code(try_it: TryIt, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<html><title>Tin</title><p>Ngắn.", encoding="utf-8")
    done = try_it("x.html", "--url", "https://bao.example/x", cwd=tmp_path)
    assert done.returncode == 5
    assert "no article text found" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("x.html",),
        ("khong-co.html", "--url", "https://bao.example/x"),
        ("x.html", "--url", "https://["),
        ("https://[",),
    ],
    ids=str,
)
def test_a_file_without_address_or_without_being_there_is_wrong_usage(
    try_it: TryIt, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    shutil.copy(PAGE, tmp_path / "x.html")
    assert try_it(*arguments, cwd=tmp_path).returncode == 2
