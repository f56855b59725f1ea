"""Báo Nông nghiệp và Môi trường, the ministry's paper. Untested live: written after the catalogue's notes.

Known: no feed in the catalogue; addresses in public citations end in -d<number>.html.
"""

from __future__ import annotations

from crawler.spiders.site import Layout, SiteSpider


class NongNghiepMoiTruong(SiteSpider):
    """Coffee, pepper, cattle, forests, water, land."""

    name = "nongnghiepmoitruong"
    sections = ("https://nongnghiepmoitruong.vn/",)
    layout = Layout(address=r"-d\d{4,8}\.html$")
