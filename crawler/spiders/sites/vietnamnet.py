"""VietNamNet. Untested live: written after the catalogue's notes.

Known: no live feed at the old address (2026), so the front page is read; addresses in public citations end
in a number of seven figures and .html.
"""

from __future__ import annotations

from crawler.spiders.site import Layout, SiteSpider


class VietNamNet(SiteSpider):
    """National news site."""

    name = "vietnamnet"
    sections = ("https://vietnamnet.vn/",)
    layout = Layout(address=r"-\d{6,8}\.html$")
