"""Sections 4 and 9: claims that need checking, with both sides. Never a verdict of the machine. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alerts.edition import Citation, ClaimCard, Decision, Quotation
from alerts.material import DigestMaterial, OpenFlag
from alerts.sections.stories import hidden_topics, is_shown, make_citation
from store.types import Evidence, Stance, Story, Verdict

_UNDECIDED = frozenset([Verdict.NOT_ENOUGH])


def is_open(flag: OpenFlag) -> bool:
    """Whether nobody has decided, or the last verdict was that there is not enough to decide."""
    return not flag.reviews or flag.reviews[0].verdict in _UNDECIDED


def needs_correction(flag: OpenFlag) -> bool:
    """Whether a person found the claim right and the office wrong."""
    return bool(flag.reviews) and flag.reviews[0].verdict is Verdict.TRUE_WE_CORRECT


def shown_flags(material: DigestMaterial) -> tuple[OpenFlag, ...]:
    """The flags that the digest shows: about the province, each sentence once for each check."""
    hidden = hidden_topics(material.office.topics)
    shown = [flag for flag in material.flags if is_shown(flag.item, hidden)]
    first: dict[tuple[str, str], OpenFlag] = {}
    for flag in shown:
        first.setdefault((flag.flag.value.check, flag.flag.value.claim.key), flag)
    return tuple(first.values())


def flags_of(material: DigestMaterial, story: str) -> tuple[OpenFlag, ...]:
    """The shown flags of one story."""
    return tuple(flag for flag in shown_flags(material) if flag.flag.value.story == story)


def _quotation(evidence: Evidence) -> Quotation:
    return Quotation(
        text=evidence.text,
        title=evidence.document_title,
        publisher=evidence.publisher,
        at=evidence.published,
        url=evidence.document,
        why=evidence.why,
        number=evidence.article,
    )


def _side(evidence: Iterable[Evidence], stance: Stance) -> tuple[Quotation, ...]:
    return tuple(_quotation(e) for e in evidence if e.stance is stance)


def find_spread(flag: OpenFlag, story: Story | None) -> tuple[tuple[Citation, ...], int]:
    """The articles of the story that hold the claim's sentence, first one first; and how many are copies."""
    key = flag.flag.value.claim.key
    members = story.members if story else ()
    holding = [m for m in members if any(claim.key == key for claim in m.item.reading.claims)]
    copies = sum(1 for m in holding if m.copy_of)
    return tuple(make_citation(m.item) for m in holding) or (make_citation(flag.item),), copies


def make_card(flag: OpenFlag, story: Story | None) -> ClaimCard:
    """A flag with its article, reviews and story (None: the story is not at hand) -> its card."""
    value = flag.flag.value
    spread, copies = find_spread(flag, story)
    return ClaimCard(
        key=value.claim.key,
        text=value.claim.text,
        cited=make_citation(flag.item),
        spread=spread,
        copies=copies,
        evidence_for=_side(value.evidence, Stance.FOR),
        evidence_against=_side(value.evidence, Stance.AGAINST),
        context=_side(value.evidence, Stance.CONTEXT),
        because=value.because,
        missing=value.missing,
        check=f"{value.check} {value.check_version}",
        found_at=flag.flag.saved_at,
        decisions=tuple(Decision(r.verdict, r.reviewer, r.reason, r.at) for r in flag.reviews),
    )


def make_cards(flags: Iterable[OpenFlag], stories: Mapping[str, Story]) -> tuple[ClaimCard, ...]:
    """Flags -> cards, the strongest first."""
    rows = sorted(flags, key=lambda flag: (-flag.flag.value.strength, flag.flag.number))
    return tuple(make_card(flag, stories.get(flag.flag.value.story)) for flag in rows)


def compose_claims(material: DigestMaterial) -> tuple[ClaimCard, ...]:
    """The claims flagged in this period."""
    stories = {story.id: story for story in material.stories}
    return make_cards((f for f in shown_flags(material) if material.is_new(f.flag.saved_at)), stories)


def compose_follow_up(material: DigestMaterial) -> tuple[ClaimCard, ...]:
    """Claims of earlier days that are open still, or that we have to correct."""
    stories = {story.id: story for story in material.stories}
    waiting = (f for f in shown_flags(material) if is_open(f) or needs_correction(f))
    return make_cards((f for f in waiting if not material.is_new(f.flag.saved_at)), stories)
