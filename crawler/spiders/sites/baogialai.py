"""Báo và phát thanh, truyền hình Gia Lai. Untested live: written after the catalogue's notes.

Known: addresses end in post<number>.html (seen in 2025); the English section opened in August 2025 and has
no feed, its articles stand on the front page; the address of its feed is unconfirmed.
"""

from __future__ import annotations

from crawler.spiders.site import Layout, SiteSpider


class BaoGiaLai(SiteSpider):
    """The province's own paper: first hand for nearly every matter."""

    name = "baogialai"
    sections = ("https://baogialai.com.vn/",)
    layout = Layout(address=r"-post\d+\.html$")
