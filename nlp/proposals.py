"""What the evidence library lets one propose on a claim: words beside a sentence, never a verdict.

Figures, days and places that can be set beside each other come first; where there are none, the model of
nlp.verdicts weighs the passages, and what it is not sure of is said to be not enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from nlp.checks.atlas import Atlas
from nlp.checks.case import Held
from nlp.checks.library_figures import find_missing, strength_of
from nlp.checks.library_reading import Line, make_line
from nlp.checks.library_sides import Sides, cite_held, evidence_from, find_sides, tell_later, tell_place
from nlp.nli import Entailment
from nlp.verdicts import Judgement, Passage
from nlp.verdicts.judging import CONTRADICTED, NOT_ENOUGH, SUPPORTED
from nlp.weighing import sentences_at, weigh
from store.types import Evidence, Stance

_STANCES = {SUPPORTED: Stance.FOR, CONTRADICTED: Stance.AGAINST, NOT_ENOUGH: Stance.CONTEXT}
_MOST = 4  # pieces of evidence that the model names
NOTHING = "Kho luận cứ chưa có đoạn nào nói về đúng việc này."
NO_STANDING = "Chỉ có tài liệu đã được thay thế hoặc không có hiệu lực vào ngày này."
WORDS_ONLY = "Đây là so sánh câu chữ, không có con số để đối chiếu; cần đọc cả đoạn."


@dataclass(frozen=True, slots=True)
class Proposal:
    """supported, contradicted or not_enough, how sure (0 to 1), exact evidence for, against and beside it."""

    verdict: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether anything is proposed: what the model of words is not sure of is *not enough* here."""
        return self.verdict != NOT_ENOUGH

    def of(self, stance: Stance) -> tuple[Evidence, ...]:
        """The evidence of one side."""
        return tuple(each for each in self.evidence if each.stance is stance)


def propose(
    claim: str,
    held: Sequence[Held],
    *,
    on: date,
    line: Line | None = None,
    atlas: Atlas | None = None,
    entailment: Entailment | None = None,
) -> Proposal:
    """A claim's sentence and passages of the library -> what they let one propose. Pure without `entailment`.

    Args:
        claim: the sentence, as written.
        held: passages found for it; of documents no longer to go by too, which never decide.
        on: the day on which it was published.
        line: the sentence as it was read in its article, with its places; otherwise it is read here.
        atlas: where places lie, so that the same sentence with another place is seen.
        entailment: a local model that weighs the words in the place of the weights; figures, days and places
            are set beside each other without it, as before.

    Raises:
        EntailmentError: when the model of entailment fails; never without one.

    """
    mine = line or make_line(claim, 0)
    sides = find_sides(mine, held, on=on, known={}, atlas=atlas)
    if sides.against or sides.agreeing:
        return _from_sides(sides, on)
    standing = [each for each in held if each.document.is_standing(on)]
    beside = tuple(evidence_from(said, Stance.CONTEXT, on=on) for said in sides.beside)
    if not standing:
        missing = NO_STANDING if held else NOTHING
        return Proposal(NOT_ENOUGH, 0.0, beside, (missing,))
    weighed = weigh(
        claim,
        [Passage(each.passage.id, each.passage.passage.text) for each in standing],
        on=on,
        line=mine,
        titles={each.passage.id: each.document.document.title for each in standing},
        atlas=atlas,
        entailment=entailment,
    )
    judged = weighed.judged
    if not judged.is_sure:
        return Proposal(NOT_ENOUGH, judged.score, beside, (weighed.why_not,))
    evidence = tuple(_cited(judged, standing, on))
    if weighed.why_not:
        nearest = tuple(replace(each, stance=Stance.CONTEXT) for each in evidence)
        return Proposal(NOT_ENOUGH, judged.score, (*nearest, *beside), (weighed.why_not,))
    return Proposal(judged.verdict, judged.score, (*evidence, *beside), (WORDS_ONLY,))


def _from_sides(sides: Sides, on: date) -> Proposal:
    deciding = sides.against or sides.agreeing
    score = max(strength_of(said) for said in deciding)
    verdict = CONTRADICTED if sides.against else SUPPORTED
    if sides.against and sides.agreeing:
        verdict, score = NOT_ENOUGH, 0.0
    evidence = tuple(evidence_from(said, stance, on=on) for stance, said in sides)
    return Proposal(verdict, score, evidence, find_missing(sides))


def _cited(judged: Judgement, held: Sequence[Held], on: date) -> Iterator[Evidence]:
    """The sentences that hold what the model names, each once."""
    by_id = {each.passage.id: each for each in held}
    stance = _STANCES[judged.verdict]
    seen: set[tuple[str, int]] = set()
    for because in judged.because[:_MOST]:
        one = by_id[because.evidence]
        start, end = sentences_at(one.passage.passage.text, because)
        if (because.evidence, start) not in seen:
            seen.add((because.evidence, start))
            why = "; ".join((because.why, *tell_place(one), *tell_later(one.document, on)))
            yield cite_held(one, start, end, stance=stance, why=why)
