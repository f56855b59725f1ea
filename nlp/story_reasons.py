"""Why an article is where it is, in words for people: what it shares, as it stands in the article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from nlp.bilingual import name_cue
from nlp.story_index import Held
from nlp.terms import SINGLES, pair_keys, single_keys
from nlp.tokens import Tokens

Written = tuple[str, Tokens]  # a text with its syllables

KNOWN = "bài đã được xếp trước đó"
FIRST = "bài đầu tiên của câu chuyện"
FIRST_PUBLISHER = "đăng sớm nhất trong các bài cùng nội dung"
BY_PERSON = "do người trực xếp"
_SHOWN = 6


def tell_copied(original: Held, *, share: float, exact: bool) -> tuple[str, ...]:
    """Why an article is a copy."""
    if exact:
        return (f"trùng nguyên văn với “{original.title}”",)
    return (f"trùng {share:.0%} cụm từ với “{original.title}”",)


def tell_joined(
    nearest: Held, score: float, *, terms: Mapping[int, float], anchors: list[str], texts: Sequence[Written]
) -> tuple[str, ...]:
    """Why an article is in a story: its nearest member, shared terms (key -> part) and anchors."""
    shared = _name_terms(terms, texts)
    figures = ", ".join(sorted(anchor[1:] for anchor in anchors if anchor[0] in "#~")[:_SHOWN])
    names = ", ".join(sorted(anchor[1:] for anchor in anchors if anchor[0] == "@")[:_SHOWN])
    kinds = ", ".join(sorted(name_cue(anchor) for anchor in anchors if anchor[0] == "!")[:_SHOWN])
    lines = (
        f"giống {score:.2f} với “{nearest.title}”",
        f"từ chung: {', '.join(shared)}" if shared else "",
        f"cùng số liệu, cùng việc: {figures}" if figures else "",
        f"cùng tên riêng: {names}" if names else "",
        f"cùng loại việc: {kinds}" if kinds else "",
    )
    return tuple(line for line in lines if line)


def _name_terms(terms: Mapping[int, float], texts: Sequence[Written]) -> list[str]:
    """Shared keys -> terms as first written, strongest first; no syllable that a pair already holds."""
    asked = np.fromiter(terms, dtype=np.uint32, count=len(terms))
    written: dict[int, str] = {}
    for text, tokens in texts:
        for size, keys in ((2, pair_keys(tokens.hashes)), (1, single_keys(tokens.hashes))):
            for at in np.flatnonzero(np.isin(keys, asked)).tolist():
                words = text[tokens.starts[at] : tokens.ends[at + size - 1]]
                written.setdefault(int(keys[at]), " ".join(words.split()))
    ordered = sorted(written, key=lambda key: (-terms[key], key))
    pairs = [key for key in ordered if key >= SINGLES][:_SHOWN]
    inside = {word.casefold() for key in pairs for word in written[key].split()}
    chosen = [
        key for key in ordered if key in pairs or (key < SINGLES and written[key].casefold() not in inside)
    ]
    return [written[key] for key in chosen[:_SHOWN]]
