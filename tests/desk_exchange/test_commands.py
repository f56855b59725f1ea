from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from config.settings import load_settings
from desk.cli import app
from desk.exchange.writing import find_missing
from desk.house import open_house
from store.articles import save_article
from store.published import published_after
from store.reviews import save_review
from store.types import Article, Review


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path / "home"))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def judged(review: Review, article: Article) -> None:
    """Keep an article and a verdict on it, as the desk does."""
    with open_house(load_settings()) as house, house.sessions.begin() as session:
        save_article(session, article, now=review.at)
        save_review(session, review)


def kept() -> list[Any]:
    with open_house(load_settings()) as house, house.sessions() as session:
        return published_after(session, 0)


def test_reviewed_claims_are_written_to_a_file(home: Path, review: Any, article: Article) -> None:
    judged(review(), article)
    file = home / "kiem-chung.json"
    done = run("export", "claimreview", "-o", str(file), "--page", "https://tinh.example/kiem-chung")
    assert done.exit_code == 0, done.output
    text = file.read_text("utf-8")
    feed = json.loads(text)
    (element,) = feed["dataFeedElement"]
    assert find_missing(element["item"][0]) == ()
    assert element["item"][0]["reviewRating"]["alternateName"] == "Sai"
    assert "</script" not in text
    assert "lan.anh" not in text


def test_an_address_of_ours_that_is_none_is_refused(home: Path) -> None:
    assert run("export", "claimreview", "--page", "javascript:alert(1)").exit_code == 2


def test_published_reviews_are_read_in_once_and_faults_told(home: Path, node: dict[str, Any]) -> None:
    file = home / "feed.json"
    file.write_text(json.dumps([node, {**node, "url": ""}]), "utf-8")
    first = run("evidence", "claimreview", str(file), "--by", "an")
    assert (first.exit_code, "1" in first.output) == (5, True)
    again = json.loads(run("evidence", "claimreview", str(file), "--by", "an", "--json").stdout)
    assert [(a["new"], a["known"], len(a["faults"])) for a in again] == [(0, 1, 1)]
    (saved,) = kept()
    assert (saved.value.publisher, saved.value.added_by) == ("Trung tâm Ví dụ", "an")


def test_a_file_that_is_not_there_is_told_and_the_rest_goes_on(home: Path, node: dict[str, Any]) -> None:
    file = home / "mot.json"
    file.write_text(json.dumps(node), "utf-8")
    done = run("evidence", "claimreview", str(home / "khong-co.json"), str(file), "--by", "an")
    assert done.exit_code == 5
    assert len(kept()) == 1


def test_reviews_whose_day_is_yet_to_come_are_kept_and_told(home: Path, node: dict[str, Any]) -> None:
    file = home / "mai-sau.json"
    file.write_text(json.dumps([{**node, "datePublished": "2050-01-01"}]), encoding="utf-8")
    done = run("evidence", "claimreview", str(file))
    assert (done.exit_code, "1 bản được giữ lại mà không ghi ngày" in done.stdout) == (0, True)
