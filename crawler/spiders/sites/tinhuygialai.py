"""Trang thông tin điện tử Tỉnh ủy Gia Lai. Untested live: the catalogue only says that it is HTML.

Nothing is known of its addresses, so that the general way alone finds its articles.
"""

from __future__ import annotations

from crawler.spiders.site import SiteSpider


class TinhUyGiaLai(SiteSpider):
    """The provincial party committee: decisions before they reach the press."""

    name = "tinhuygialai"
    sections = ("https://tinhuygialai.org.vn/",)
