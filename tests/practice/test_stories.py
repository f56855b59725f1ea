"""The story files: what they must hold, and what their loader refuses."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from practice.documents import StoryFileError
from practice.stories import ARTICLES, load_edition, span_from, with_dates, without_marks
from practice.values import Edition

REAL_OUTLETS = (
    "VnExpress|Tuổi Trẻ|Thanh Niên|Dân trí|Dân Trí|VietNamNet|Vietnamnet|Tiền Phong|Lao Động|Người Lao Động|"
    "Pháp Luật TP|Sài Gòn Giải Phóng|Nhân Dân|VietnamPlus|TTXVN|Thông tấn xã|VOV|VTV|VTC|"
    "Báo Gia Lai|Báo Bình Định|Znews|Zing|Kênh 14|CafeF|VnEconomy|Reuters|BBC|RFA|VOA|AFP|"
    "Associated Press|Nikkei|Guardian|Bloomberg|"
    r"baogialai|\.com\.vn|\.gov\.vn"
)
STORY = """
stories:
  - story: s
    relevance: about
    topics: [T12]
    articles:
      - {key: a, outlet: bao-nui-rung, ago: 2d, section: thoi-su, title: "Ngày {d3}", text: "Một.\\n\\nHai."
ENTRY_END}
"""


def story_folder(tmp_path: Path, ending: str) -> Path:
    (tmp_path / "a.yaml").write_text(STORY.replace("ENTRY_END", ending), encoding="utf-8")
    return tmp_path


def test_there_are_some_two_hundred_articles_and_far_more_than_fifty_five_own_texts(edition: Edition):
    assert 200 <= len(edition.articles) <= 260
    assert sum(not article.copy_of for article in edition.articles) >= 55


def test_every_outlet_has_between_12_and_30_articles(edition: Edition):
    counts = Counter(article.outlet for article in edition.articles)
    assert len(counts) == 10
    assert all(12 <= count <= 30 for count in counts.values()), counts


def test_the_articles_span_fourteen_days_that_end_now(edition: Edition, now: datetime):
    """But for the one that is told again as if it were new."""
    old = [article for article in edition.articles if article.story == "vo-bo-ao-ca-cu"]
    assert [now - article.published > timedelta(days=40) for article in old] == [True]
    times = [article.published for article in edition.articles if article not in old]
    assert max(times) < now
    assert max(times) > now - timedelta(days=1)
    assert now - timedelta(days=14) < min(times) < now - timedelta(days=13)


def test_all_fifteen_topics_and_noise_are_covered(edition: Edition):
    topics = {topic for article in edition.articles for topic in article.topics}
    assert topics == {f"T{number:02}" for number in range(16)}


def test_every_relevance_label_is_there(edition: Edition):
    assert {a.relevance for a in edition.articles} == {"about", "mention", "sport", "company", "none"}


def test_at_least_eight_stories_are_reported_by_three_to_six_outlets_in_words_of_their_own(edition: Edition):
    outlets = defaultdict(set)
    for article in edition.articles:
        if not article.copy_of:
            outlets[article.story].add(article.outlet)
    assert sum(3 <= len(names) <= 6 for names in outlets.values()) >= 8


def test_at_least_six_stories_hold_figures_that_disagree(edition: Edition):
    assert len({pair.story for pair in edition.disagreements}) >= 6
    assert edition.agreements


def test_articles_are_as_long_as_newspaper_articles(edition: Edition):
    lengths = {a.key: len(a.text.split()) for a in edition.articles}
    assert {key: n for key, n in lengths.items() if not 100 <= n <= 450} == {}


def test_a_copy_has_most_of_its_original_and_comes_later(edition: Edition):
    for article in edition.articles:
        if article.copy_of:
            original = edition.find(article.copy_of)
            shared = set(article.paragraphs) & set(original.paragraphs)
            assert len(shared) >= len(original.paragraphs) - 2, article.key
            assert article.published > original.published


def test_no_date_word_is_left_unfilled(edition: Edition):
    assert not [a.key for a in edition.articles if re.search(r"[{}]", a.title + a.text)]


def test_no_article_tells_of_a_day_after_its_own():
    # whatever the hour of `now`: N whole days back must not lie after the publication
    files = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*.yaml")))
    for block in re.split(r"\n      - key: ", files)[1:]:
        text = block.split("\n  - story: ")[0]
        ago = span_from(re.search(r"ago: (\S+)", text)[1])
        for days in re.findall(r"\{[dDe](\d+)\}", text):
            assert timedelta(days=int(days)) >= ago, block[:60]


def test_no_real_outlet_is_named(edition: Edition):
    named = [a.key for a in edition.articles if re.search(REAL_OUTLETS, f"{a.title} {a.text} {a.byline}")]
    assert named == []


@pytest.mark.parametrize(
    "words",
    [
        "huyện Đức Cơ (cũ)",
        "Ia Dom",
        "phường Quy Nhơn",
        "Krông Pa",
        "đường Pleiku",
        "quê Gia Lai",
        "V.League",
        "HAGL",
        "XSGL",
        "Ia Drang",
        "cổ phiếu HAG",
        "phường An Nhơn, TP.HCM",
        "nhà Tây Sơn",
        "Thông tin cải chính, xin lỗi",
    ],
)
def test_a_trap_or_name_of_the_geography_stands_somewhere(edition: Edition, words: str):
    assert any(words.casefold() in f"{a.title} {a.text}".casefold() for a in edition.articles)


def test_some_headlines_have_no_tone_marks(edition: Edition):
    assert (
        sum(a.title == without_marks(a.title) and a.outlet == "trang-goc-da" for a in edition.articles) >= 5
    )


def test_two_editions_of_the_same_now_are_equal(edition: Edition, now: datetime):
    assert load_edition(now) == edition


def test_another_now_moves_every_article_along(edition: Edition, now: datetime):
    later = load_edition(now + timedelta(days=3))
    assert [a.published for a in later.articles] == [
        a.published + timedelta(days=3) for a in edition.articles
    ]


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("3d4h20m", timedelta(days=3, hours=4, minutes=20)),
        ("45m", timedelta(minutes=45)),
        ("2d", timedelta(days=2)),
    ],
)
def test_a_span_is_read_from_its_words(words: str, span: timedelta):
    assert span_from(words) == span


@pytest.mark.parametrize("words", ["", "soon", "4h3d", "-1d"])
def test_a_span_that_is_none_is_refused(words: str):
    with pytest.raises(StoryFileError, match="no span of time"):
        span_from(words)


def test_days_are_written_in_vietnamese_time(now: datetime):
    # 20:00 UTC is already the next day in Viet Nam
    assert with_dates("{d0} {D1} {e2} {d-1}", now) == "23/11 22/11/2026 21 November 24/11"


def test_a_copy_in_the_future_is_refused(tmp_path: Path, now: datetime):
    folder = story_folder(tmp_path, ", copies: [{outlet: trang-goc-da, after: 3d}]")
    with pytest.raises(StoryFileError, match="lies in the future"):
        load_edition(now, folder=folder)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path, now: datetime):
    folder = story_folder(tmp_path, ", copies: [{key: a, outlet: trang-goc-da, after: 1h}]")
    with pytest.raises(StoryFileError, match="stand twice: a"):
        load_edition(now, folder=folder)


def test_a_replacement_of_words_that_are_not_there_is_refused(tmp_path: Path, now: datetime):
    folder = story_folder(tmp_path, ", edits: [{from_fetch: 2, replace: {Ba: Bốn}}]")
    with pytest.raises(StoryFileError, match="does not stand in the text"):
        load_edition(now, folder=folder)


def test_a_file_that_is_no_yaml_is_refused_by_name(tmp_path: Path, now: datetime):
    (tmp_path / "hong.yaml").write_text("stories: [", encoding="utf-8")
    with pytest.raises(StoryFileError, match=r"hong\.yaml"):
        load_edition(now, folder=tmp_path)


def test_a_copy_may_drop_add_and_replace(tmp_path: Path, now: datetime):
    copy = (
        '{outlet: trang-goc-da, after: 1h, drop: [1], add: "Ba {d3}.", replace: {Hai: Bốn}, unaccented: true}'
    )
    folder = story_folder(tmp_path, f", copies: [{copy}]")
    copied = load_edition(now, folder=folder).find("a--trang-goc-da")
    assert (copied.text, copied.title, copied.copy_of) == ("Bốn.\n\nBa 20/11.", "Ngay 20/11", "a")


def test_every_article_key_can_be_part_of_an_address(edition: Edition):
    assert all(re.fullmatch(r"[a-z0-9-]+", article.key) for article in edition.articles)


def test_an_edition_is_cut_to_the_minute():
    odd = datetime.fromisoformat("2026-11-22T20:00:31.5+00:00")
    assert load_edition(odd).now == odd.replace(second=0, microsecond=0)
