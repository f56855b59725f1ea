"""Names, figures and what is counted: what reports of one event share in any words. Pure.

The names are compared within the window and forgotten with it; nothing is kept by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xxhash
from numpy.typing import NDArray

from nlp.bilingual import find_cues
from nlp.quantities import find_quantities
from nlp.terms import Keys
from nlp.text import flatten, is_accented
from store.types import Quantity

_KINDS = "&^#%@~!"
_COMMUNES, _OPENING_NAMES, _FIGURES, _COUNTED = range(4)
_PARTING = np.array([kind in "&^%" for kind in _KINDS])
_BITS = 18  # of a key; those above tell the kind
ANCHOR_KEYS = len(_KINDS) << _BITS
_HEAD = 900  # characters: the news is told there, and names further down are background
_CAPITALS = "".join(c for c in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if c.isupper())
_CAPITALISED = rf"[{_CAPITALS}][\w'’]*"
# A single capitalised word counts only inside a sentence; at its beginning every word has a capital.
_NAME = re.compile(rf"(?<!\w){_CAPITALISED}(?:[ -]{_CAPITALISED}){{1,3}}|(?<=[\w,] ){_CAPITALISED}")
_OPENING = 400  # characters after the title, in which a report says where
# Folded; not of "hợp tác xã", "thông tấn xã", "thị xã".
_COMMUNE = re.compile(r"\b(?:(?<!tac )(?<!tan )(?<!thi )xa|phuong|thi tran) ")
_OWN_NAME = re.compile(rf"{_CAPITALISED}(?:[ -]{_CAPITALISED}){{0,3}}")
_MOST_COMMUNES, _MOST_NAMES = 4, 8
_LEAST_COUNTED = 2  # things: one in which two reports differ is what papers disagree on of one event
_WORD = re.compile(r"\w+")
_REACH = 32  # characters beside a figure in which what it counts is shown with it
_CLAUSE = re.compile(r"(?:\s\w+)+(?=\W)")  # whole words
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


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is compared (its first character is its kind), and where the article's head first tells it."""

    name: str
    start: int
    end: int


def head_of(title: str, text: str) -> str:
    """An article -> the part of it in which anchors are looked for."""
    return f"{title}. {text[:_HEAD]}"


def find_anchors(head: str) -> Mapping[str, Anchor]:
    """An article's head -> its anchors by name: folded names (`@`), those of its opening (`^`), communes that
    it names there with their unit's word (`&`), exact figures (`#`) and of what (`%`), things counted (`~`),
    kinds of event (`!`).
    """
    flat = flatten(head)
    language = "vi" if is_accented(head) else "en"
    found = [Anchor(cue, 0, 0) for cue in find_cues(flat)]
    hits = [(flat[hit.start() : hit.end()], hit.start(), hit.end()) for hit in _NAME.finditer(head)]
    found += [Anchor(f"@{name}", start, end) for each, start, end in hits if (name := _plain(each))]
    opening = head.find(". ") + _OPENING
    found += [
        Anchor(f"^{_bare(each)}", start, end) for each, start, end in hits[:_MOST_NAMES] if end <= opening
    ]
    found += _find_communes(head, flat, opening)
    for quantity in find_quantities(head, language=language):
        found += [Anchor(name, quantity.start, quantity.end) for name in _names_of(quantity)]
    return {each.name: each for each in reversed(found)}


def write_anchor(head: str, anchor: Anchor) -> str:
    """An anchor -> how the article's head writes it, a figure with the words near it that say what of."""
    start, end = anchor.start, anchor.end
    if anchor.name[0] in "#~":
        thing = frozenset(anchor.name[1:].split())
        after = _words_of(head[end : end + _REACH])
        end += max((to for word, to in after if word in thing), default=0)
        before = _words_of(head[max(0, start - _REACH) : start][::-1])
        start -= max((to for word, to in before if word[::-1] in thing), default=0)
    return " ".join(head[start:end].removeprefix("The ").split())


def hash_anchors(anchors: Mapping[str, Anchor]) -> dict[int, Anchor]:
    """Anchors -> the same by key (1 to ANCHOR_KEYS - 1, the same on every machine), ascending."""
    keyed = {_key_of(name): anchors[name] for name in sorted(anchors)}
    return {key: keyed[key] for key in sorted(keyed)}


def only_part(keys: Keys) -> NDArray[np.bool_]:
    """For each key whether it can only tell two events apart, and make none alike: those of communes, of
    names of the opening and of what figures count.
    """
    parting: NDArray[np.bool_] = _PARTING[keys >> _BITS]
    return parting


def are_apart(one: Keys, other: Keys) -> bool:
    """The anchors of two articles -> whether these tell of two events however alike their words: each opens
    with communes that the other's opening does not name, both count the same two things, and no figure of
    both is the same.
    """
    mine, theirs = _by_kind(one), _by_kind(other)
    if len(mine[_COUNTED] & theirs[_COUNTED]) < _LEAST_COUNTED or not (mine[_COMMUNES] and theirs[_COMMUNES]):
        return False
    return not (
        mine[_FIGURES] & theirs[_FIGURES]
        or mine[_COMMUNES] & (theirs[_COMMUNES] | theirs[_OPENING_NAMES])
        or theirs[_COMMUNES] & mine[_OPENING_NAMES]
    )


def _by_kind(keys: Keys) -> list[set[int]]:
    """Keys, 0 for none -> those of communes, names of the opening, figures and counted things; a name and a
    commune of one name are alike.
    """
    kinds: list[set[int]] = [set(), set(), set(), set()]
    for key in keys.tolist():
        if key and (kind := key >> _BITS) < len(kinds):
            kinds[kind].add(key & ((1 << _BITS) - 1))
    return kinds


def _key_of(name: str) -> int:
    hashed = xxhash.xxh3_64_intdigest(name[1:].encode()) % ((1 << _BITS) - 1) + 1
    return hashed + (_KINDS.index(name[0]) << _BITS)


def _find_communes(head: str, flat: str, until: int) -> list[Anchor]:
    """Communes that stand with their unit's word before a place in the head, the first few."""
    found: list[Anchor] = []
    for unit in _COMMUNE.finditer(flat, 0, until):
        if (named := _OWN_NAME.match(head, unit.end())) and len(found) < _MOST_COMMUNES:
            name = _bare(flat[named.start() : named.end()])
            found.append(Anchor(f"&{name}", named.start(), named.end()))
    return found


def _names_of(quantity: Quantity) -> list[str]:
    """A figure -> the anchors it gives; none where nobody can tell what it counts."""
    if not quantity.thing:
        return []
    is_exact = quantity.low == quantity.high
    figure = [f"#{quantity.low:.0f}"] if is_exact and _is_telling(quantity.low) else []
    counted = (
        [f"#{quantity.low:g} {quantity.thing}", f"%{quantity.thing}"] if is_exact and quantity.low > 1 else []
    )
    return [*figure, *counted, *([f"~{quantity.thing}"] if " " in quantity.thing else [])]


def _words_of(text: str) -> list[tuple[str, int]]:
    """The words with which a text goes on, up to the first sign, folded, and where each ends."""
    hit = _CLAUSE.match(text)
    return [(flatten(word[0]), word.end()) for word in _WORD.finditer(hit[0])] if hit else []


def _is_telling(value: float) -> bool:
    return len(f"{value:.0f}".rstrip("0")) >= _TELLING_DIGITS


def _plain(flat: str) -> str:
    name = _bare(flat)
    return "" if len(flat) < _MIN_NAME or name in _EVERYWHERE else name


def _bare(flat: str) -> str:
    return flat.replace("-", " ").replace("'", "").replace("\x00", "").removeprefix("the ")
