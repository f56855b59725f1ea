"""Two versions of an article -> what changed, sentence by sentence. Pure; time grows with the length.

1 sentences that stayed are aligned · 2 between them, sentences that resemble each other are one, changed ·
3 inside those, words and figures are compared · 4 each step is weighed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nlp.changes.alignment import Gap, Pair, align, best_pairs, gaps_between
from nlp.changes.figures import changed_figures, find_figures
from nlp.changes.furniture import find_furniture
from nlp.changes.marks import find_words, is_slight, mark_words
from nlp.changes.values import Change, FigureChange, Headline, Step, StepKind, Weight
from nlp.sentences import Span, split
from nlp.text import fold, normalise
from store.types import Article

_ALIKE = 0.5  # share of common words from which two sentences are one, changed
_CELLS = 900  # sentences of a gap that are compared each with each: 30 by 30
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[#\w]+")


class _Text:
    """A text with its sentences, and what they are compared by."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.spans = split(text)
        self.keys = [" ".join(normalise(text[s.start : s.end]).text.split()) for s in self.spans]

    @cached_property
    def shapes(self) -> list[tuple[str, ...]]:
        """Each sentence's words, folded, every figure as one sign."""
        return [tuple(_WORD.findall(_DIGITS.sub("#", fold(key).text))) for key in self.keys]

    @cached_property
    def word_sets(self) -> list[Counter[str]]:
        """Each sentence's words with how often they occur."""
        return [Counter(shape) for shape in self.shapes]

    @cached_property
    def furniture(self) -> frozenset[int]:
        """Positions of the sentences that belong to the page."""
        return find_furniture(self.text, self.spans)


@dataclass(frozen=True, slots=True)
class _Texts:
    old: _Text
    new: _Text


def compare(old: Article, new: Article) -> Change:
    """Two versions of one article -> what changed from `old` to `new`.

    Equal is what reads equal: other white space or another Unicode form is no change. Offsets are characters
    of `Article.text`, in `lead` of `Article.lead`. Never raises.
    """
    language = new.language or old.language
    return Change(
        headline=_compare_headlines(old.title, new.title, language),
        lead=compare_texts(old.lead, new.lead, language=language),
        steps=compare_texts(old.text, new.text, language=language),
    )


def compare_texts(old: str, new: str, *, language: str = "vi") -> tuple[Step, ...]:
    """Two texts -> steps through both, in order; see `Change.steps`."""
    texts = _Texts(_Text(old, language), _Text(new, language))
    kept = align(texts.old.keys, texts.new.keys)
    whole = Gap(0, len(texts.old.keys), 0, len(texts.new.keys))
    changed = [pair for gap in gaps_between(kept, whole) for pair in _pair_alike(texts, gap)]
    steps = list(_walk(texts, sorted([*kept, *changed]), frozenset(kept)))
    return _weigh_moves(texts, steps)


def _compare_headlines(old: str, new: str, language: str) -> Headline | None:
    if " ".join(normalise(old).text.split()) == " ".join(normalise(new).text.split()):
        return None
    spans = Span(0, len(old)), Span(0, len(new))
    words = find_words(old, spans[0]), find_words(new, spans[1])
    figures = changed_figures(find_figures(old, spans[0], language), find_figures(new, spans[1], language))
    slight = not figures and is_slight(*words)
    return Headline(old, new, Weight.SLIGHT if slight else Weight.PLAIN, figures)


def _pair_alike(texts: _Texts, gap: Gap) -> Iterator[Pair]:
    """Sentences of a gap that are one sentence, changed."""
    if gap.cells <= _CELLS:
        yield from best_pairs(gap, lambda i, j: _likeness(texts.old.word_sets[i], texts.new.word_sets[j]))
        return
    # too many to compare each with each: first those that differ in figures only, then those that begin or
    # end alike; what lies between is small, or too different to be set side by side
    found: list[Pair] = []
    for view in (slice(None), slice(0, 5), slice(-5, None)):
        for rest in gaps_between(found, gap):
            found += _pair_by(texts, rest, view)
        found.sort()
    yield from found
    for rest in gaps_between(found, gap):
        if rest.cells <= _CELLS:
            yield from _pair_alike(texts, rest)


def _pair_by(texts: _Texts, gap: Gap, view: slice) -> list[Pair]:
    """Pairs of a gap whose words are equal in a part of the sentence; a sentence of one word is no anchor."""
    old = [shape[view] if len(shape) > 1 else (f"old {i}",) for i, shape in enumerate(texts.old.shapes)]
    new = [shape[view] if len(shape) > 1 else (f"new {j}",) for j, shape in enumerate(texts.new.shapes)]
    return align(old, new, gap)


def _likeness(one: Counter[str], two: Counter[str]) -> float:
    total = one.total() + two.total()
    if not total:
        return 0.0
    alike = 2 * sum(min(count, two[word]) for word, count in one.items() if word in two) / total
    return alike if alike >= _ALIKE else 0.0


def _walk(texts: _Texts, pairs: Sequence[Pair], kept: frozenset[Pair]) -> Iterator[Step]:
    i = j = 0
    for a, c in [*pairs, (len(texts.old.spans), len(texts.new.spans))]:
        for gone in range(i, a):
            weight = Weight.FURNITURE if gone in texts.old.furniture else Weight.PLAIN
            yield Step(StepKind.REMOVED, texts.old.spans[gone], _empty_at(texts.new, j), weight)
        for come in range(j, c):
            weight = Weight.FURNITURE if come in texts.new.furniture else Weight.PLAIN
            yield Step(StepKind.ADDED, _empty_at(texts.old, a), texts.new.spans[come], weight)
        if a < len(texts.old.spans):
            yield _kept(texts, a, c) if (a, c) in kept else _changed(texts, a, c)
        i, j = a + 1, c + 1


def _empty_at(text: _Text, position: int) -> Span:
    at = text.spans[position].start if position < len(text.spans) else len(text.text)
    return Span(at, at)


def _kept(texts: _Texts, i: int, j: int) -> Step:
    return Step(StepKind.KEPT, texts.old.spans[i], texts.new.spans[j])


def _changed(texts: _Texts, i: int, j: int) -> Step:
    old, new = texts.old.spans[i], texts.new.spans[j]
    words = find_words(texts.old.text, old), find_words(texts.new.text, new)
    marks = mark_words(*words)
    figures: tuple[FigureChange, ...] = ()
    if i in texts.old.furniture and j in texts.new.furniture:
        weight = Weight.FURNITURE
    else:
        before, after = (find_figures(t.text, s, t.language) for t, s in ((texts.old, old), (texts.new, new)))
        figures = changed_figures(before, after)
        weight = Weight.SLIGHT if not figures and is_slight(*words) else Weight.PLAIN
    return Step(StepKind.CHANGED, old, new, weight, *marks, figures)


def _weigh_moves(texts: _Texts, steps: Sequence[Step]) -> tuple[Step, ...]:
    """A sentence taken out here and put in there has only moved."""
    old = {span.start: key for span, key in zip(texts.old.spans, texts.old.keys, strict=True)}
    new = {span.start: key for span, key in zip(texts.new.spans, texts.new.keys, strict=True)}
    gone = Counter(old[step.old.start] for step in steps if step.kind is StepKind.REMOVED)
    come = Counter(new[step.new.start] for step in steps if step.kind is StepKind.ADDED)
    moved = {StepKind.REMOVED: gone & come, StepKind.ADDED: come & gone}
    found = []
    for step in steps:
        key = old[step.old.start] if step.kind is StepKind.REMOVED else new.get(step.new.start, "")
        left = moved.get(step.kind)
        if left is not None and left[key] > 0 and step.weight is Weight.PLAIN:
            left[key] -= 1
            step = replace(step, weight=Weight.MOVED)  # noqa: PLW2901  the step with its weight
        found.append(step)
    return tuple(found)
