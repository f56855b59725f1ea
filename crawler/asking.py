"""Asks a few addresses now, as the collector would: guard, robots.txt, pauses; nothing is kept.

`python -m crawler.asking` is the process that does it: Scrapy's engine can start only once in a process.
"""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crawler.settings import CrawlSettings, scrapy_settings
from crawler.wire.answers import Answer, NoAnswer, Trouble
from store.codec import from_text, to_text
from store.types import Source

_LATE = 60.0  # seconds beyond what all answers may take together


class AskingError(Exception):
    """The asking process itself failed; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be asked, one after the other. `sources` are those whose pages may need a browser."""

    addresses: tuple[str, ...]
    settings: CrawlSettings
    sources: tuple[Source, ...] = ()


def ask(wish: Wish) -> list[Answer | NoAnswer]:
    """Ask, and give one answer for each address, in their order.

    Raises:
        AskingError: when the process ended without having asked all.

    """
    from crawler.child import environment  # noqa: PLC0415  this module is the child's, too

    each = wish.settings.timeout_seconds * 2 + wish.settings.default_pause * 4
    done = subprocess.run(
        [sys.executable, "-P", "-m", "crawler.asking"],
        input=to_text(wish) + "\n",
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=_LATE + each * len(wish.addresses),
        check=False,
    )
    answers = [_answer_from(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if len(answers) != len(wish.addresses):
        raise AskingError(done.stderr.strip()[-400:] or f"ended with code {done.returncode}")
    return answers


def _answer_line(answer: Answer | NoAnswer) -> str:
    if isinstance(answer, NoAnswer):
        return json.dumps({"trouble": answer.trouble.value, "words": answer.words})
    return json.dumps(
        {
            "url": answer.url,
            "status": answer.status,
            "headers": answer.headers,
            "body": b64encode(answer.body).decode(),
        }
    )


def _answer_from(line: str) -> Answer | NoAnswer:
    found: Mapping[str, Any] = json.loads(line)
    if "trouble" in found:
        return NoAnswer(Trouble(found["trouble"]), found["words"])
    headers = tuple((name, value) for name, value in found["headers"])
    return Answer(found["url"], found["status"], headers, b64decode(found["body"]))


def main(lines: Sequence[str] | None = None) -> int:
    """Ask what the first line of the input wishes; one answer a line."""
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415  only the process that asks needs Scrapy

    from crawler.browser.middleware import with_browser  # noqa: PLC0415  the same
    from crawler.courtesy.manners import Kind  # noqa: PLC0415  the same
    from crawler.spiders.press import PressSpider, ScrapyFetcher  # noqa: PLC0415  the same

    wish = from_text(Wish, next(iter(lines or sys.stdin)))

    async def work(fetcher: ScrapyFetcher) -> None:
        for address in wish.addresses:
            answer = await fetcher.ask(address, {}, Kind.PAGE)
            sys.stdout.write(_answer_line(answer) + "\n")
            sys.stdout.flush()

    given = with_browser(scrapy_settings(wish.settings), wish.settings, wish.sources)
    process = AsyncCrawlerProcess(given)
    process.crawl(PressSpider, work=work)
    process.start(install_signal_handlers=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
