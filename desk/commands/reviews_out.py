"""`diembao export claimreview`: reviewed claims as JSON-LD, to a file or standard output. Publishes none."""

from __future__ import annotations

import sys
from pathlib import Path

from config.settings import load_settings
from crawler.addresses.urls import UnusableAddressError, canonical
from desk.exchange.run import Written, write_reviews
from desk.exchange.writing import Office
from desk.exits import Exit, faults_in_words, stop
from desk.house import open_house
from desk.words import t, words_of
from store.types import Verdict

_WORDS = {
    Verdict.TRUE: "True",
    Verdict.TRUE_WE_CORRECT: "True: we must correct ourselves",
    Verdict.PARTLY: "Partly true",
    Verdict.FALSE: "False",
}


def export_reviews(output: Path | None, page: str) -> None:
    """Write every verdict that can go out; `page`: where the office publishes them, "" for nowhere yet."""
    _require_address(page)
    vietnamese = words_of("vi")
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        name = house.configuration.rules.office
        if not name.strip():
            stop(
                Exit.CONFIGURATION,
                t("The office has no name, and a review needs somebody who stands for it."),
                t("Write `office:` in rules.yaml."),
            )
        office, now = Office(name, page), house.clock()

        def words(verdict: Verdict) -> str:
            return vietnamese(_WORDS[verdict])

        if output is None:
            written = write_reviews(session, office, sys.stdout.buffer, now=now, words=words)
        else:
            with output.open("wb") as out:
                written = write_reviews(session, office, out, now=now, words=words)
    _say(written, page)


def _require_address(page: str) -> None:
    try:
        if page:
            canonical(page)
    except UnusableAddressError as fault:
        stop(Exit.USAGE, str(fault), t("Give the page's address with https://, or leave it out."))


def _say(written: Written, page: str) -> None:
    print(t("{count} records written").format(count=written.count), file=sys.stderr)
    if not page:
        print(
            t("Without --page they have no address of ours, which search engines ask for."), file=sys.stderr
        )
    for claim in written.disputed:
        words = t("left out, since two stories have different verdicts on it: {claim}")
        print(words.format(claim=claim[:200]), file=sys.stderr)
