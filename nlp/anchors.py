"""Names, figures and what is counted: what reports of one event share in any words. Pure.

The names are compared within the window and forgotten with it; nothing is kept by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import xxhash

from nlp.bilingual import find_cues
from nlp.quantities import find_quantities
from nlp.text import flatten, is_accented

ANCHOR_KEYS = 1 << 18
_HEAD = 900  # characters: the news is told there, and names further down are background
_CAPITALS = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if c.isupper())
_CAPITALISED = rf"[{_CAPITALS}][\w'’]*"
# A single capitalised word counts only inside a sentence; at its beginning every word has a capital.
_NAME = re.compile(rf"(?<!\w){_CAPITALISED}(?:[ -]{_CAPITALISED}){{1,3}}|(?<=[\w,] ){_CAPITALISED}")
_MIN_NAME = 4
_TELLING_DIGITS = 3  # "1.240" is told of one event, "3" of many
# Names that stand in half of what the office reads, so that sharing them tells of no event.
_EVERYWHERE = frozenset(
    [
        "viet nam",
        "vietnam",
        "vietnamese",
        "vietnams",
        "ha noi",
        "hanoi",
        "tp hcm",
        "gia lai",
        "tinh gia lai",
        "pleiku",
        "quy nhon",
        "binh dinh",
        "tay nguyen",
        "central highlands",
        "ubnd",
        "ubnd tinh",
        "november",
        "december",
        "january",
    ]
)


def find_anchors(title: str, text: str) -> frozenset[str]:
    """An article -> folded names (`@`), exact figures (`#`), things counted (`~`), kinds of event (`!`)."""
    head = f"{title}. {text[:_HEAD]}"
    flat = flatten(head)
    language = "vi" if is_accented(head) else "en"
    names = {f"@{name}" for hit in _NAME.finditer(head) if (name := _plain(flat[hit.start() : hit.end()]))}
    quantities = [q for q in find_quantities(head, language=language) if q.thing]
    figures = {f"#{q.low:.0f}" for q in quantities if q.low == q.high and _is_telling(q.low)}
    figures |= {f"#{q.low:g} {q.thing}" for q in quantities if q.low == q.high > 1}
    things = {f"~{q.thing}" for q in quantities if " " in q.thing}
    return frozenset(names | figures | things | find_cues(flat))


def is_vietnamese_writing(title: str, text: str) -> bool:
    """Whether a text is written with Vietnamese letters; words compare only within one kind of writing."""
    return is_accented(f"{title}. {text[:_HEAD]}")


def hash_anchors(anchors: Iterable[str]) -> dict[int, str]:
    """Anchors -> the same by key (1 to ANCHOR_KEYS - 1, the same on every machine), ascending."""
    keyed = {
        xxhash.xxh3_64_intdigest(each.encode()) % (ANCHOR_KEYS - 1) + 1: each for each in sorted(anchors)
    }
    return dict(sorted(keyed.items()))


def _is_telling(value: float) -> bool:
    return len(f"{value:.0f}".rstrip("0")) >= _TELLING_DIGITS


def _plain(flat: str) -> str:
    name = flat.replace("-", " ").replace("'", "").replace("\x00", "").removeprefix("the ")
    return "" if len(flat) < _MIN_NAME or name in _EVERYWHERE else name
