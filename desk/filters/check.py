"""`diembao check`: a claim in, with passages or without, a proposal with what decided out; no verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from config.faults import in_english
from desk.filters.held import OfficeLibrary
from desk.filters.lines import BadRecordError, Record, identity_of, pass_on, text_of
from desk.filters.times import notes_of, published_of
from nlp.nli import Entailment
from nlp.nli.local_model import find_entailment
from nlp.proposals import Proposal, propose
from nlp.verdicts import Passage
from nlp.weighing import weigh
from store.types import Evidence

_t = in_english
OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
NOTHING_GIVEN = "Không có đoạn căn cứ nào được đưa kèm; không có căn cứ thì không đề xuất."
KNOWN = frozenset({"id", "claim", "evidence", "published"})


@dataclass(frozen=True, slots=True)
class CheckWork:
    """Where a local model of entailment lies, if the office has one, and its evidence library.

    Both are loaded once in each process, the library only when a record comes without evidence. `today`: the
    office's day, for claims that say no day of their own.
    """

    nli_folder: Path | None
    database: str  # its address
    today: date
    config: Path | None = None  # a folder with the office's own places.yaml

    def __call__(self) -> Callable[[Record], Record]:
        """Load the model.

        Raises:
            EntailmentError: when the folder is no such model.

        """
        entailment = find_entailment(self.nli_folder)
        library = OfficeLibrary(self.database, self.config)
        return lambda record: check_record(record, library, today=self.today, entailment=entailment)


def check_record(
    record: Record, library: OfficeLibrary, *, today: date, entailment: Entailment | None = None
) -> Record:
    """`id, claim`, perhaps `evidence [{id, text}]`, `published` -> verdict, score, sure, because, missing.

    Without `evidence` the claim is looked up in the office's library.

    Raises:
        BadRecordError: a field is missing or of the wrong kind, or there is neither evidence nor a library.
        DatabaseError: the library is needed and its database cannot be used.

    """
    identity = identity_of(record)
    claim = text_of(record, "claim")
    if record.get("evidence") is None:
        answer = _check_by_library(record, claim, library, today=today, entailment=entailment)
    else:
        answer = _check_given(record, claim, library, entailment=entailment)
    return pass_on(record, KNOWN, {"id": identity, **answer})


def _check_by_library(
    record: Record, claim: str, library: OfficeLibrary, *, today: date, entailment: Entailment | None
) -> Record:
    held = library.find(claim)
    if held is None:
        raise BadRecordError(
            _t(
                "`evidence` is missing and there is no evidence library to look in: give `evidence`, or add"
                " documents with `diembao evidence add`"
            )
        )
    published = published_of(record, "published")
    on = published.at.astimezone(OFFICE).date() if published.at else today
    proposal = propose(claim, held, on=on, atlas=library.atlas, entailment=entailment)
    return {**answer_from_library(proposal), **notes_of(published)}


def _check_given(
    record: Record, claim: str, library: OfficeLibrary, *, entailment: Entailment | None
) -> Record:
    """By the passages that came with it; a day that cannot be read is told, and none is taken."""
    passages, names = passages_of(record)
    given = record.get("published")
    published = published_of(record, "published") if given else None
    on = published.at.astimezone(OFFICE).date() if published and published.at else None
    weighed = weigh(claim, passages, on=on, atlas=library.atlas, entailment=entailment)
    found = weighed.proposed
    because = [
        {"evidence": names[b.evidence], "start": b.start, "end": b.end, "why": b.why} for b in found.because
    ]
    nothing = "" if any(passage.text.strip() for passage in passages) else NOTHING_GIVEN
    return {
        "verdict": found.verdict,
        "score": 0.0 if nothing else round(found.score, 4),
        "sure": found.is_sure,
        "because": because,
        "missing": [why for why in (nothing or weighed.why_not,) if why],
        **(notes_of(published) if published else {}),
    }


def answer_from_library(proposal: Proposal) -> Record:
    """A proposal from the library -> verdict, score, sure, because with quotations, missing."""
    return {
        "verdict": proposal.verdict,
        "score": round(proposal.score, 4),
        "sure": proposal.is_sure,
        "because": [_cited(each) for each in proposal.evidence],
        "missing": list(proposal.missing),
    }


def _cited(evidence: Evidence) -> Record:
    return {
        "evidence": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "why": evidence.why,
        "stance": evidence.stance.value,
        "text": evidence.text,
        "title": evidence.document_title,
    }


def passages_of(record: Record) -> tuple[tuple[Passage, ...], dict[str, str | int]]:
    """The evidence as passages, and their ids as they were given.

    Raises:
        BadRecordError: `evidence` is not a list of `{id, text}`.

    """
    given = record.get("evidence")
    if not isinstance(given, list) or not all(isinstance(e, dict) for e in given):
        raise BadRecordError(_t("`evidence` is not a list of objects with `id` and `text`"))
    names = {str(identity_of(e)): identity_of(e) for e in given}
    return tuple(Passage(str(identity_of(e)), text_of(e, "text")) for e in given), names
