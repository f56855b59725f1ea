"""A document asked for while somebody waits: what is asked is said, and for how long at most."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import typer

from crawler.documents.reading import File
from desk.house import House, make_crawl_settings
from desk.library import SECONDS, Outcome, fetch_document
from desk.progress import show_waiting
from desk.words import t

WaitOption = Annotated[
    int,
    typer.Option("--wait", min=10, max=1800, help=t("give an address up after so many seconds")),
]
USUAL_WAIT = int(SECONDS)


def fetch_shown(house: House, url: str, seconds: int) -> File | Outcome:
    """Ask for one document, and show that something is waited for; gives what `fetch_document` gives."""
    words = t("Asking {host}: at most {seconds} seconds; Ctrl-C ends it at once.")
    with show_waiting(words.format(host=urlsplit(url).hostname or url, seconds=seconds)):
        sources, settings = house.configuration.sources, make_crawl_settings(house)
        return fetch_document(url, sources, settings, now=house.clock(), seconds=seconds)
