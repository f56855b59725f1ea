from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
import pytest

from crawler.pages.blocks import cut
from crawler.pages.chooser import choose, load_model
from crawler.pages.extract import Refusal, extract_html
from crawler.pages.markup import parse_html
from crawler.pages.traits import NAMES, Said, find_traits
from store.types import Article

URL = "https://baotap.vn/thoi-su/hop-bao-1.html"
SENTENCE = "Ủy ban nhân dân tỉnh họp báo về tiến độ tuyến đường, theo kế hoạch đã công bố hồi tháng trước."
PARAGRAPHS = "".join(
    f"<p>{SENTENCE} Đoạn {number} nói thêm về kinh phí, mặt bằng.</p>" for number in range(8)
)


@pytest.fixture
def read(make_page: Callable[..., str], now: datetime) -> Callable[..., str]:
    """The text of an article page with this in and round its body."""

    def read(*, body: str = PARAGRAPHS, before: str = "", head: str = "") -> str:
        found = extract_html(make_page(head=head, before=before, body=body), URL, fetched_at=now)
        assert isinstance(found, Article), found
        return found.text

    return read


FURNITURE = {
    "a related headline": "<p>Đọc thêm: <a href='/x'>Giá cà phê tăng mạnh ở nhiều địa phương</a></p>",
    "a linked line": "<p><a href='/x'>GIÁ CÀ PHÊ TĂNG MẠNH Ở NHIỀU ĐỊA PHƯƠNG</a></p>",
    "a caption": "<figure><img src='x'><figcaption>Quang cảnh buổi họp báo sáng nay.</figcaption></figure>",
    "a menu": "<nav><ul><li><a href='/a'>Thời sự</a></li><li><a href='/b'>Kinh tế</a></li></ul></nav>",
    "comments": "<div class='comments'><p>Tôi thấy bài viết này rất hay, cảm ơn quý báo nhiều.</p></div>",
}


@pytest.mark.parametrize("html", FURNITURE.values(), ids=FURNITURE.keys())
def test_what_stands_between_the_paragraphs_is_no_text(html: str, read: Callable[..., str]) -> None:
    half = len(PARAGRAPHS) // 2
    cut_at = PARAGRAPHS.index("<p>", half)
    text = read(body=PARAGRAPHS[:cut_at] + html + PARAGRAPHS[cut_at:])
    assert text == read()
    assert text.count(SENTENCE) == 8


def test_long_comments_do_not_replace_a_short_article(read: Callable[..., str]) -> None:
    body = PARAGRAPHS[: PARAGRAPHS.index("Đoạn 4")] + "</p>"
    comment = f"<p>Theo tôi thì khác. {SENTENCE} Ý kiến của tôi là như vậy.</p>"
    text = read(body=body + f"</div><div id='comments'>{comment * 30}")
    assert "Theo tôi" not in text
    assert "Đoạn 3" in text


def test_a_page_that_stands_in_a_form_is_read_all_the_same(
    now: datetime, make_page: Callable[..., str]
) -> None:
    page = make_page(body=PARAGRAPHS).replace("<article>", "<form class='comments'><article>")
    found = extract_html(page, URL, fetched_at=now)
    assert isinstance(found, Article)
    assert found.text.count(SENTENCE) == 8


def test_a_table_row_is_one_line(read: Callable[..., str]) -> None:
    table = "<table>" + "".join(
        f"<tr><td>Xã số {n}, huyện vùng cao của tỉnh</td><td>{n} tỷ đồng</td></tr>" for n in range(4)
    )
    text = read(body=PARAGRAPHS + table + "</table>" + PARAGRAPHS.replace("Đoạn", "Phần"))
    rows = [line for line in text.split("\n") if line.startswith("Xã số")]
    assert all(" | " in row for row in rows)


def test_nothing_but_a_menu_is_no_article(now: datetime) -> None:
    links = "".join(f"<li><a href='/{n}'>Mục {n}</a></li>" for n in range(300))
    found = extract_html(f"<title>Trang chủ</title><ul>{links}</ul>", URL, fetched_at=now)
    assert isinstance(found, Refusal) or len(found.text) < 4000


@pytest.mark.parametrize(("text", "is_teaser"), [(PARAGRAPHS[:700], True), (PARAGRAPHS * 3, False)])
def test_a_page_to_pay_for_that_shows_little_is_kept_and_said_to_be_a_teaser(
    text: str, is_teaser: bool, make_page: Callable[..., str], now: datetime
) -> None:
    node = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": "False"})
    head = f'<script type="application/ld+json">{node}</script>'
    found = extract_html(make_page(head=head, body=text), URL, fetched_at=now)
    assert isinstance(found, Article)
    assert found.extractor.endswith(", teaser") is is_teaser


def test_the_weights_know_every_trait_and_no_other() -> None:
    assert load_model().weights.shape == (len(NAMES),)
    assert len(set(NAMES)) == len(NAMES)


def test_every_trait_is_a_number_near_zero_and_one() -> None:
    tree = parse_html(f"<h1>Tiêu đề</h1><article>{PARAGRAPHS}</article><ul><li><a>x</a></li></ul>")
    traits = find_traits(cut(tree), Said(title="tiêuđề"))
    assert traits.shape[1] == len(NAMES)
    assert np.isfinite(traits).all()
    assert traits.min() >= -0.1
    assert traits.max() <= 10


def test_a_page_without_blocks_has_no_text_and_is_not_sure() -> None:
    choice: Any = choose([], Said(), load_model())
    assert (choice.text, choice.is_sure) == ("", False)
