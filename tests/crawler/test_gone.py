from __future__ import annotations

import pytest

from crawler.looks.gone import find_farewell, find_gone, is_sent_elsewhere
from crawler.wire.answers import Answer

BASE = "https://baotap.vn"
ASKED = f"{BASE}/thoi-su/lu-song-ba-12345.html"

SENT = {
    "the same page": (ASKED, False),
    "the same page with a slash": (f"{ASKED}/", False),
    "the front page": (f"{BASE}/", True),
    "the front page without a slash": (BASE, True),
    "a front page by name": (f"{BASE}/index.html", True),
    "its section": (f"{BASE}/thoi-su", True),
    "its section with an ending": (f"{BASE}/thoi-su.html", True),
    "a page of errors": (f"{BASE}/404.html", True),
    "another page of errors": (f"{BASE}/error?u=1", True),
    "a renamed address": (f"{BASE}/thoi-su/lu-song-ba-rut-12345.html", False),
    "another section": (f"{BASE}/kinh-te/lu-song-ba-12345.html", False),
    "another host's same path": ("https://m.baotap.vn/thoi-su/lu-song-ba-12345.html", False),
    "an article by query": (f"{BASE}/?id=12345", False),
}


@pytest.mark.parametrize(("final", "is_elsewhere"), SENT.values(), ids=SENT.keys())
def test_an_article_that_leads_elsewhere_is_no_article(final: str, is_elsewhere: bool) -> None:
    assert is_sent_elsewhere(ASKED, final) is is_elsewhere


def page(title: str, *paragraphs: str, heading: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><head><title>{title}</title></head><body><h1>{heading}</h1>{body}</body></html>"


LONG = "Sở Thông tin cho biết đã làm việc với tòa soạn về bài viết nói trên và sẽ thông báo kết quả. " * 20
FAREWELLS = {
    "không tìm thấy trang": (page("Không tìm thấy trang | Báo Tập", "Mời bạn về trang chủ."), True),
    "404": (page("404 - Báo Tập"), True),
    "bài viết không tồn tại": (page("Báo Tập", "Xin lỗi.", heading="Bài viết không tồn tại"), True),
    "with a list of other articles": (page("404", "<a href='/2'>Tin khác hôm nay</a>" * 200), True),
    "an article without paragraphs": (
        f"<title>Bài báo bị gỡ: Sở nói gì</title><body><div>{LONG}</div>",
        False,
    ),
    "bài viết đã bị gỡ": (page("Báo Tập", heading="Bài viết này đã bị gỡ bỏ"), True),
    "trang bạn tìm không còn": (page("Trang bạn tìm không còn tồn tại"), True),
    "page not found": (page("Page not found"), True),
    "the story has been removed": (page("This story has been removed"), True),
    "in a script only": (page("Tin") + "<script>var t='<title>404</title>'</script>", False),
    "an article about a page taken down": (page("Bài báo bị gỡ: Sở nói gì", LONG), False),
    "an article about somebody not found": (page("Không tìm thấy nạn nhân thứ hai", "Ngắn."), False),
    "404 houses": (page("Bàn giao 404 căn nhà cho dân", "Ngắn."), False),
    "trees taken away": (page("Cây xanh bị gỡ bỏ trên đường Hùng Vương", "Ngắn."), False),
    "an ordinary article": (page("Lũ sông Ba lên nhanh", LONG), False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("html", "is_farewell"), FAREWELLS.values(), ids=FAREWELLS.keys())
def test_a_page_that_says_it_is_gone_is_told_from_an_article(html: str, is_farewell: bool) -> None:
    assert bool(find_farewell(html)) is is_farewell


ANSWERS = {
    "404": (404, ASKED, "", "HTTP 404: nothing at this address"),
    "410": (410, ASKED, "", "HTTP 410: nothing at this address"),
    "led home": (200, f"{BASE}/", "<p>x</p>", f"led to {BASE}/, which is no article"),
    "a soft 404": (200, ASKED, page("Page not found"), "HTTP 200, but the page says: Page not found"),
    "a page": (200, ASKED, page("Lũ", LONG), ""),
    "refused": (403, ASKED, page("Không tìm thấy trang"), ""),
    "a broken server": (500, f"{BASE}/", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("status", "url", "html", "why"), ANSWERS.values(), ids=ANSWERS.keys())
def test_why_a_page_counts_as_gone_is_said_in_words(status: int, url: str, html: str, why: str) -> None:
    answer = Answer(url, status, (("Content-Type", "text/html; charset=utf-8"),), html.encode())
    assert find_gone(ASKED, answer) == why
