"""Why an article is where it is, in words for people: what it shares, as it stands in the article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from nlp.anchors import Anchor, write_anchor
from nlp.bilingual import name_cue
from nlp.story_index import Held
from nlp.terms import SINGLES, pair_keys, single_keys
from nlp.told import Told

KNOWN = "bài đã được xếp trước đó"
FIRST = "bài đầu tiên của câu chuyện"
FIRST_PUBLISHER = "đăng sớm nhất trong các bài cùng nội dung"
BY_PERSON = "do người trực xếp"
_SHOWN = 6
_TITLE_SHOWN = 90  # characters
_NUMBER = 20  # characters of the longest
_DIGITS_BEFORE = re.compile(r"(?:\d+[.,])+\Z")
_DIGITS_AFTER = re.compile(r"(?:[.,]\d+)+")
_PARTED = re.compile(r"[^\w\s]\s|\s[^\w\s]")  # two words with a sign between them are no term to show


def tell_copied(original: Held, *, share: float, exact: bool) -> tuple[str, ...]:
    """Why an article is a copy."""
    if exact:
        return (f"trùng nguyên văn với “{_shorten(original.title)}”",)
    return (f"trùng {share:.0%} cụm từ với “{_shorten(original.title)}”",)


def tell_joined(
    nearest: Held, score: float, *, terms: Mapping[int, float], anchors: Sequence[Anchor], told: Told
) -> tuple[str, ...]:
    """Why an article is in a story: its nearest member, and the terms (key -> part) and anchors they share,
    each as the article that joins writes it.
    """
    figures = _write(told, [each for each in anchors if each.name[0] == "#"])
    counted = _write(told, [each for each in anchors if each.name[0] == "~"])
    kinds = sorted(name_cue(each.name) for each in anchors if each.name[0] == "!")
    lines = (
        ("từ chung", _name_terms(terms, told)),
        ("cùng số liệu", figures),
        ("cùng nói tới (số liệu của bài này)", [each for each in counted if not _is_in(each, figures)]),
        ("cùng tên riêng", _write(told, [each for each in anchors if each.name[0] == "@"])),
        ("cùng loại việc", kinds),
    )
    likeness = f"{score:.2f}".replace(".", ",")
    first = f"giống {likeness} với “{_shorten(nearest.title)}”"
    return (first, *(f"{what}: {', '.join(shared[:_SHOWN])}" for what, shared in lines if shared))


def _write(told: Told, anchors: Sequence[Anchor]) -> list[str]:
    """Anchors -> how the article writes them, in its order; what stands in a longer one only there."""
    head = told.head
    ordered = sorted(anchors, key=lambda each: (each.start, each.name))
    written = list(dict.fromkeys(write_anchor(head, each) for each in ordered))
    return [each for each in written if not _is_in(each, [other for other in written if other != each])]


def _is_in(words: str, others: Sequence[str]) -> bool:
    return any(f" {words} " in f" {other} " for other in others)


def _shorten(title: str) -> str:
    plain = " ".join(title.split())
    if len(plain) <= _TITLE_SHOWN:
        return plain
    cut = plain.rfind(" ", _TITLE_SHOWN // 2, _TITLE_SHOWN)
    return f"{plain[: cut if cut > 0 else _TITLE_SHOWN - 1]}…"


def _name_terms(terms: Mapping[int, float], told: Told) -> list[str]:
    """Shared keys -> terms as first written, strongest first; nothing that a stronger pair already holds."""
    asked = np.fromiter(terms, dtype=np.uint32, count=len(terms))
    written: dict[int, str] = {}
    for text, tokens in ((told.title, told.title_tokens), (told.text, told.text_tokens)):
        for size, keys in ((2, pair_keys(tokens.hashes)), (1, single_keys(tokens.hashes))):
            for at in np.flatnonzero(np.isin(keys, asked)).tolist():
                words = _write_whole(text, int(tokens.starts[at]), int(tokens.ends[at + size - 1]))
                if not _PARTED.search(words):
                    written.setdefault(int(keys[at]), words)
    ordered = sorted(written, key=lambda key: (-terms[key], key))
    pairs = [written[key] for key in ordered if key >= SINGLES][:_SHOWN]
    inside = {word.casefold() for words in pairs for word in words.split()}
    chosen = [
        written[key]
        for key in ordered
        if (written[key] in pairs if key >= SINGLES else written[key].casefold() not in inside)
    ]
    return list(dict.fromkeys(chosen))[:_SHOWN]


def _write_whole(text: str, start: int, end: int) -> str:
    """A term's place -> its words, a number never without its first or last digits ("46.800", not "800")."""
    if text[start].isdigit() and (hit := _DIGITS_BEFORE.search(text, max(0, start - _NUMBER), start)):
        start = hit.start()
    if text[end - 1].isdigit() and (hit := _DIGITS_AFTER.match(text, end)):
        end = hit.end()
    return " ".join(text[start:end].split())
