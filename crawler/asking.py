"""Asks a few addresses now, as the collector would: guard, robots.txt, pauses; nothing is kept.

`python -m crawler.asking` is the process that does it: Scrapy's engine can start only once in a process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import zip_longest
from threading import Event, Timer
from typing import IO, Any
from urllib.parse import urlsplit

from crawler import words
from crawler.settings import CrawlSettings, scrapy_settings
from crawler.wire.answers import Answer, NoAnswer, Trouble
from store.codec import from_text, to_text
from store.types import Source

_LATE = 60.0  # seconds beyond what all answers may take together


class AskingError(Exception):
    """The asking process itself failed; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be asked, one after the other. `sources` are those whose pages may need a browser.

    `conditions` are headers for each address (If-None-Match …), in their order; empty for none at all.
    `seconds` is for all answers together; 0: as long as each may take, twice, and their pauses.
    """

    addresses: tuple[str, ...]
    settings: CrawlSettings
    sources: tuple[Source, ...] = ()
    conditions: tuple[tuple[tuple[str, str], ...], ...] = ()
    seconds: float = 0.0


def ask(wish: Wish) -> list[Answer | NoAnswer]:
    """Ask, and give one answer for each address, in their order; what is late is told as any other trouble.

    Raises:
        AskingError: when the process ended without having asked all.

    """
    return list(ask_in_turn(wish))


def ask_in_turn(wish: Wish) -> Iterator[Answer | NoAnswer]:
    """As `ask`, each answer when it is there. The asking process never outlives this, nor does Ctrl-C."""
    left = list(wish.addresses)
    with tempfile.TemporaryFile() as errors, _process(errors) as process:
        late = Event()
        watch = Timer(_seconds_for(wish), _end, (process, late))
        watch.daemon = True
        watch.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with suppress(BrokenPipeError):  # it is gone already; its last words are told below
                process.stdin.write(to_text(wish) + "\n")
                process.stdin.close()
            for line in process.stdout:
                if line.startswith("{"):
                    left.pop(0)
                    yield _answer_from(line)
            code = process.wait()
        finally:
            watch.cancel()
            process.kill()
        if left and not late.is_set():
            from crawler.child import last_words  # noqa: PLC0415  this module is the child's, too

            raise AskingError(last_words(errors).removeprefix(": ") or f"ended with code {code}")
    yield from (_too_late(address) for address in left)


def _seconds_for(wish: Wish) -> float:
    each = wish.settings.timeout_seconds * 2 + wish.settings.default_pause * 4
    return wish.seconds or _LATE + each * len(wish.addresses)


def _end(process: subprocess.Popen[str], late: Event) -> None:
    late.set()
    process.kill()


def _too_late(address: str) -> NoAnswer:
    return NoAnswer(Trouble.TIMEOUT, words.TIMEOUT.format(host=urlsplit(address).hostname))


def _process(errors: IO[bytes]) -> subprocess.Popen[str]:
    from crawler.child import environment  # noqa: PLC0415  this module is the child's, too

    return subprocess.Popen(
        [sys.executable, "-P", "-m", "crawler.asking"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,  # Ctrl-C reaches us alone, and we end it
    )


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
        for address, headers in zip_longest(wish.addresses, wish.conditions, fillvalue=()):
            answer = await fetcher.ask(str(address), dict(headers), Kind.PAGE)
            sys.stdout.write(_answer_line(answer) + "\n")
            sys.stdout.flush()

    given = with_browser(scrapy_settings(wish.settings), wish.settings, wish.sources)
    process = AsyncCrawlerProcess(given)
    process.crawl(PressSpider, work=work)
    process.start(install_signal_handlers=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
