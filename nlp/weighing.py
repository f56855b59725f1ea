"""What the model of words lets one propose of a claim, where the two can be set beside each other at all.

One way for the office's library and for passages that somebody gives with a claim. Pure without a model of
entailment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from nlp.checks.atlas import Atlas
from nlp.checks.library_reading import Line, make_line
from nlp.nli import Entailment
from nlp.proposal_bounds import (
    find_no_claim,
    find_no_difference,
    find_no_figure,
    find_other_bounds,
    find_other_plan,
)
from nlp.sentences import split
from nlp.verdicts import Because, Judgement, Passage, judge
from nlp.verdicts.judging import CONTRADICTED, NOT_ENOUGH

_NO_TITLES: Mapping[str, str] = MappingProxyType({})
UNSURE = "Các đoạn tìm được chưa đủ để nói câu này đúng hay không."


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was judged, and why it is not proposed all the same: "" where it is."""

    judged: Judgement
    why_not: str

    @property
    def proposed(self) -> Judgement:
        """The judgement as it may be shown: *not enough* wherever it is not proposed.

        What stands on both sides is shown all the same.
        """
        if not self.why_not or self.judged.verdict == NOT_ENOUGH:
            return self.judged
        return replace(self.judged, verdict=NOT_ENOUGH, because=())


def weigh(
    claim: str,
    passages: Sequence[Passage],
    *,
    on: date | None = None,
    line: Line | None = None,
    titles: Mapping[str, str] = _NO_TITLES,
    atlas: Atlas | None = None,
    entailment: Entailment | None = None,
) -> Weighed:
    """A claim's sentence and passages -> what their words say, and whether it may be proposed.

    Args:
        claim: the sentence, as written.
        passages: what it is set beside; none, and nothing is proposed.
        on: the day on which it was said, where that is known: a figure of years before is another one's.
        line: the sentence as it was read in its article, with its places; otherwise it is read here.
        titles: of the passages' documents by the passages' ids; what a title says holds for its passages.
        atlas: where places lie.
        entailment: a local model that weighs the words in the place of the weights.

    Raises:
        EntailmentError: when the model of entailment fails; never without one.

    """
    judged = judge(claim, passages, entailment=entailment)
    if not judged.is_sure:
        return Weighed(judged, find_no_figure(claim) or find_no_claim(claim) or UNSURE)
    mine = line or make_line(claim, 0)
    texts = {passage.id: passage.text for passage in passages}
    cited = [
        _line_from(texts[because.evidence], because, titles.get(because.evidence, ""))
        for because in judged.because
    ]
    return Weighed(judged, _find_why_not(mine, judged, cited, on, atlas, must_name=entailment is None))


def sentences_at(text: str, because: Because) -> tuple[int, int]:
    """A passage and what decided in it -> the characters of the sentence or sentences that hold it."""
    spans = [span for span in split(text) if span.start < because.end and because.start < span.end]
    start = min((span.start for span in spans), default=because.start)
    return start, max((span.end for span in spans), default=because.end)


def _find_why_not(
    mine: Line,
    judged: Judgement,
    cited: Sequence[Line],
    on: date | None,
    atlas: Atlas | None,
    *,
    must_name: bool,
) -> str:
    no_claim = find_no_figure(mine.text) or find_no_claim(mine.text)
    no_claim = no_claim or find_other_bounds(mine, cited, atlas, on=on)
    if no_claim or judged.verdict != CONTRADICTED:
        return no_claim
    reasons = [because.why for because in judged.because]
    return find_other_plan(mine, cited) or find_no_difference(mine, cited, reasons, must_name=must_name)


def _line_from(text: str, because: Because, title: str) -> Line:
    """The sentence that decided; where it names no year, the one named last above it holds."""
    start, end = sentences_at(text, because)
    line = make_line(text[start:end], start, context=f"{title} {text[:start]}".strip())
    above = () if line.years else _years_above(text[:start])
    return replace(line, years=next(iter(above), line.years))


def _years_above(text: str) -> Iterator[frozenset[str]]:
    """The years of the sentences that come before, the nearest first."""
    for span in reversed(split(text)):
        years = make_line(text[span.start : span.end], span.start).years
        if years:
            yield years
