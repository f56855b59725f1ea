"""`diembao check`: a claim and passages in, a proposal with the words that decided out. Never a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desk.filters.lines import BadRecordError, Record, identity_of, pass_on, text_of
from nlp.nli import Entailment
from nlp.nli.local_model import find_entailment
from nlp.verdicts import Passage, judge

KNOWN = frozenset({"id", "claim", "evidence"})


@dataclass(frozen=True, slots=True)
class CheckWork:
    """Where a local model of entailment lies, if the office has one; loaded once in each process."""

    nli_folder: Path | None

    def __call__(self) -> Callable[[Record], Record]:
        """Load it.

        Raises:
            EntailmentError: when the folder is no such model.

        """
        entailment = find_entailment(self.nli_folder)
        return lambda record: check_record(record, entailment)


def check_record(record: Record, entailment: Entailment | None = None) -> Record:
    """`id, claim, evidence [{id, text}]` -> `id, verdict, score, because [{evidence, start, end, why}]`.

    Raises:
        BadRecordError: a field is missing or of the wrong kind.

    """
    identity = identity_of(record)
    passages, names = passages_of(record)
    found = judge(text_of(record, "claim"), passages, entailment=entailment)
    because = [
        {"evidence": names[b.evidence], "start": b.start, "end": b.end, "why": b.why} for b in found.because
    ]
    answer = {"id": identity, "verdict": found.verdict, "score": round(found.score, 4), "because": because}
    return pass_on(record, KNOWN, answer)


def passages_of(record: Record) -> tuple[tuple[Passage, ...], dict[str, str | int]]:
    """The evidence as passages, and their ids as they were given.

    Raises:
        BadRecordError: `evidence` is not a list of `{id, text}`.

    """
    given = record.get("evidence")
    if not isinstance(given, list) or not all(isinstance(e, dict) for e in given):
        raise BadRecordError("`evidence` is not a list of objects {id, text}")
    names = {str(identity_of(e)): identity_of(e) for e in given}
    return tuple(Passage(str(identity_of(e)), text_of(e, "text")) for e in given), names
