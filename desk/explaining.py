"""A flag in full sentences: what is said, what speaks against and for it, what is missing. No verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from desk.export import flag_record
from desk.filters.check import answer_from_library
from desk.next_steps import tell_next, tell_rate
from desk.web.library_view import WORDS as PROPOSED
from desk.web.names import Names
from desk.worthiness import tell_worthiness
from nlp.check_rates import load_rates
from nlp.checks.case import EarlierAnswer
from nlp.checks.registry import CHECKS
from nlp.corroboration import corroborate, tell
from nlp.proposals import Proposal
from store.claims import FlaggedClaim
from store.types import Evidence, KeptPassage, Stance, Story

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
Words = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Material:
    """A flag and what stands beside it. `places`: the passages of the library that the evidence quotes."""

    flagged: FlaggedClaim
    story: Story | None
    withdrawn_at: datetime | None = None
    places: tuple[KeptPassage, ...] = ()
    answers: tuple[EarlierAnswer, ...] = ()
    proposal: Proposal | None = None  # what the library lets one propose; None: nothing was found there


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences."""

    title: str
    lines: tuple[str, ...]


def explain(material: Material, t: Words) -> tuple[Section, ...]:
    """A flag and its material -> sections for people, empty ones left out; `t` translates."""
    flag = material.flagged.flag.value
    sections = [
        Section(t("What the sentence says"), tuple(_tell_sentence(material, t))),
        Section(
            t("Why it is worth checking"),
            tuple(tell_worthiness(flag.claim, language=_language_of(material), t=t)),
        ),
        Section(t("Why it was flagged"), (tell_check(flag.check, flag.check_version, t), *flag.because)),
    ]
    for stance, title in (
        (each, t(Names().stances[each])) for each in (Stance.AGAINST, Stance.FOR, Stance.CONTEXT)
    ):
        cited = [e for e in flag.evidence if e.stance is stance]
        sections.append(Section(title, tuple(line for e in cited for line in _tell_evidence(e, material, t))))
    sections += [
        Section(t("What the evidence library says"), tuple(tell_proposal(material.proposal, t))),
        Section(t("What is missing"), flag.missing),
        Section(
            t("Who carries it"), tell(corroborate(material.story, flag.claim), t) if material.story else ()
        ),
        Section(t("Earlier answers"), tuple(_tell_answer(answer, t) for answer in material.answers)),
        Section(t("Verdicts of people"), tuple(_tell_verdicts(material, t))),
        Section(t("How far the check is to be trusted"), tuple(tell_rate(flag, load_rates(), t))),
        Section(t("What to do next"), tuple(_tell_next(material, t))),
        Section(t("What this is"), tuple(_tell_standing(material, t))),
    ]
    return tuple(section for section in sections if section.lines)


def explain_record(material: Material, t: Words) -> dict[str, Any]:
    """The same for programs: the flag, how checkable, what is proposed, the check's rate, the sections."""
    flag = material.flagged.flag.value
    rate = load_rates().get(flag.check)
    proposal = material.proposal
    return {
        **flag_record(material.flagged),
        "checkworthiness": {"score": flag.claim.score, "why": list(flag.claim.why)},
        "proposal": proposal and answer_from_library(proposal),  # null: the library has nothing on it
        "check_rate": rate and {**asdict(rate), "precision": rate.precision},
        "withdrawn_at": material.withdrawn_at and material.withdrawn_at.isoformat(),
        "sections": [asdict(section) for section in explain(material, t)],
    }


def tell_check(name: str, version: str, t: Words) -> str:
    """A check's name and version -> what it found, in words; also of a check that is no longer run."""
    said = next((t(check.en) for check in CHECKS if check.name == name), name)
    return t("{said} (check {name}, version {version}).").format(said=said, name=name, version=version)


def _tell_sentence(material: Material, t: Words) -> Iterator[str]:
    flag, article = material.flagged.flag.value, material.flagged.item.article
    where = t("the headline") if flag.claim.field == "title" else t("the text")
    words = t("{outlet} writes in {where} of “{title}”: “{sentence}”")
    yield words.format(outlet=article.outlet_name, where=where, title=article.title, sentence=flag.claim.text)
    if article.published is None:
        yield t("The page gives no time of publication; it was captured at {time}.").format(
            time=_shown(article.fetched_at)
        )
    else:
        yield t("Published {time}.").format(time=_shown(article.when))
    if flag.claim.attributed:
        yield t(
            "The sentence gives it as somebody's account: “{words}”. To report a claim is not to make it."
        ).format(words=flag.claim.attributed)
    yield t(
        "To open it: {url}; capture: article {number}, version {version}, characters {start}–{end}."
    ).format(
        url=article.url, number=flag.article, version=flag.version, start=flag.claim.start, end=flag.claim.end
    )


def _language_of(material: Material) -> str:
    return material.flagged.item.reading.language.code


def tell_proposal(proposal: Proposal | None, t: Words) -> Iterator[str]:
    """The verdict that words and figures propose, how sure, and the evidence that decided."""
    if proposal is None:
        return
    sure = t("How sure: {percent} of 100.").format(percent=round(100 * proposal.score))
    unsure = t("Not sure enough to propose anything.")
    said = t(PROPOSED[proposal.verdict])
    yield f"{said[:1].upper()}{said[1:]}. {sure if proposal.is_sure else unsure}"
    for evidence in proposal.evidence:
        stance = t(Names().stances[evidence.stance])
        source = evidence.publisher or evidence.document_title
        yield f"{stance} – {source}: “{evidence.text}”" + (f" ({evidence.why})" if evidence.why else "")
    if proposal.missing:
        yield f"{t('Not known:')} {' '.join(proposal.missing)}"
    yield t("A proposal from words and figures. Only a person judges.")


def _tell_evidence(evidence: Evidence, material: Material, t: Words) -> Iterator[str]:
    at = f", {_shown(evidence.published)}" if evidence.published else ""
    yield f"{evidence.publisher or evidence.document_title}{at}: “{evidence.text}” ({evidence.why})"
    yield "  " + t("To open it: {where}").format(where=_find_where(evidence, material, t))


def _find_where(evidence: Evidence, material: Material, t: Words) -> str:
    """An address with the capture, or the library's number with page or cell."""
    if evidence.article:
        words = t("{url}; capture: article {number}, version {version}, characters {start}–{end}.")
        return words.format(
            url=evidence.document,
            number=evidence.article,
            version=evidence.version,
            start=evidence.start,
            end=evidence.end,
        )
    parts = [evidence.document, evidence.document_title]
    for kept in material.places:
        ends = kept.start + len(kept.passage.text)
        if evidence.document == f"kho:{kept.document}" and kept.start <= evidence.start < ends:
            parts += [t("page {page}").format(page=kept.passage.page)] if kept.passage.page else []
            parts += [part for part in (kept.passage.sheet, kept.passage.cell) if part]
    span = t("characters {start}–{end}").format(start=evidence.start, end=evidence.end)
    return ", ".join([*(part for part in parts if part), span])


def _tell_answer(answer: EarlierAnswer, t: Words) -> str:
    words = t("{publisher}, {time}: “{text}” was judged “{verdict}”: {reason}")
    verdicts = Names().verdicts
    return words.format(
        publisher=answer.publisher or answer.reviewer,
        time=_shown(answer.at),
        text=answer.text,
        verdict=t(verdicts[answer.verdict]) if answer.verdict in verdicts else answer.verdict,
        reason=answer.reason,
    )


def _tell_verdicts(material: Material, t: Words) -> Iterator[str]:
    for review in material.flagged.reviews:
        words = t("{reviewer}, {time}: {verdict}. {reason}")
        yield words.format(
            reviewer=review.reviewer,
            time=_shown(review.at),
            verdict=t(Names().verdicts[review.verdict]),
            reason=review.reason,
        )
        if review.evidence:
            yield "  " + t("Evidence: {evidence}").format(evidence="; ".join(review.evidence))


def _tell_next(material: Material, t: Words) -> Iterator[str]:
    flagged = material.flagged
    return tell_next(flagged.flag.value, flagged.reviews, t, is_withdrawn=material.withdrawn_at is not None)


def _tell_standing(material: Material, t: Words) -> Iterator[str]:
    flag = material.flagged.flag
    words = t("Flag {number} stands since {time}, with strength {strength} from 0 to 1.")
    yield words.format(number=flag.number, time=_shown(flag.saved_at), strength=f"{flag.value.strength:.2f}")
    if material.withdrawn_at is not None:
        yield t("It was withdrawn at {time}: the checks no longer say it.").format(
            time=_shown(material.withdrawn_at)
        )
    yield t("The whole story in sentences: diembao explain {story}").format(story=material.flagged.story_id)
    yield t("This is no verdict: “needs checking” says what to look at, and only a named person judges.")


def _shown(at: datetime) -> str:
    """A time for people; midnight to the microsecond is a day of which no hour is known (papers)."""
    local = at.astimezone(_HERE)
    return f"{local:%d/%m/%Y}" if local.time() == time.min else f"{local:%H:%M %d/%m/%Y}"
