"""Cổng thông tin điện tử tỉnh Gia Lai. Untested live: written after the catalogue's notes.

Known: lists of HTML under /tin-tuc/, links a.article-title.common-title, dates .post-date, pages with
h1.title-detail and .article-content (seen before the merger of July 2025; may have changed since).
"""

from __future__ import annotations

from crawler.spiders.site import Layout, Selectors, SiteSpider

_SECTIONS = (
    "thong-tin-chi-dao-dieu-hanh",
    "hoat-dong-cua-lanh-dao",
    "tin-tuc-chinh-tri",
    "tin-kinh-te-tong-hop",
    "tin-van-hoa-xa-hoi",
    "thong-tin-doi-ngoai",
    "tin-tu-so-ban-nganh",
    "tin-tu-thi-xa-huyen-thanh-pho",
)


class GiaLaiGov(SiteSpider):
    """The provincial portal: the office's own words, with which coverage is compared."""

    name = "gialai-gov"
    sections = tuple(f"https://gialai.gov.vn/tin-tuc/{section}" for section in _SECTIONS)
    layout = Layout(link="a.article-title.common-title", date=".post-date")
    selectors = Selectors(body=".article-content", published=".post-date")
