"""Sections 4 and 9: claims that need checking, with both sides. Never a verdict of the machine. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alerts.edition import Citation, ClaimCard, ClaimSide, Decision, Quotation
from alerts.material import DigestMaterial, OpenFlag
from alerts.sections.stories import hidden_topics, is_shown, make_citation
from store.differences import fold_flags
from store.types import Evidence, Stance, Story, Verdict

_UNDECIDED = frozenset([Verdict.NOT_ENOUGH])
Finding = tuple[OpenFlag, ...]  # the flags of one difference, one for each sentence, first published first


def is_open(flag: OpenFlag) -> bool:
    """Whether nobody has decided, or the last verdict was that there is not enough to decide."""
    return not flag.reviews or flag.reviews[0].verdict in _UNDECIDED


def needs_correction(flag: OpenFlag) -> bool:
    """Whether a person found the claim right and the office wrong."""
    return bool(flag.reviews) and flag.reviews[0].verdict is Verdict.TRUE_WE_CORRECT


def make_findings(flags: Iterable[OpenFlag]) -> tuple[Finding, ...]:
    """Flags -> the differences they tell of, in the order in which the first flag of each stands.

    A difference is one thing to check, however many sentences stand against each other. It is open as long as
    one of them is.
    """
    folded = fold_flags(tuple(flags), lambda flag: flag.flag.value)
    return tuple(map(_each_sentence_once, folded))


def _each_sentence_once(sides: Finding) -> Finding:
    first: dict[str, OpenFlag] = {}
    for side in sorted(sides, key=lambda side: (side.item.article.when, side.item.number)):
        first.setdefault(side.flag.value.claim.key, side)
    return tuple(first.values())


def count_open(flags: Iterable[OpenFlag]) -> int:
    """How many differences among the flags are still to be checked."""
    return sum(any(map(is_open, sides)) for sides in make_findings(flags))


def count_to_correct(flags: Iterable[OpenFlag]) -> int:
    """How many differences among the flags the office has to correct itself in."""
    return sum(any(map(needs_correction, sides)) for sides in make_findings(flags))


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


def _cited(sides: Finding, stance: Stance) -> tuple[Quotation, ...]:
    """What the sides cite, each once, without the sides' own sentences."""
    own = {side.flag.value.claim.text for side in sides}
    cited = (e for side in sides for e in side.flag.value.evidence if e.stance is stance)
    found = {(e.document, e.start): e for e in cited if len(sides) == 1 or e.text not in own}
    return tuple(map(_quotation, found.values()))


def find_spread(flag: OpenFlag, story: Story | None) -> tuple[tuple[Citation, ...], int]:
    """The articles of the story that hold the claim's sentence, first one first; and how many are copies."""
    key = flag.flag.value.claim.key
    members = story.members if story else ()
    holding = [m for m in members if any(claim.key == key for claim in m.item.reading.claims)]
    copies = sum(1 for m in holding if m.copy_of)
    return tuple(make_citation(m.item) for m in holding) or (make_citation(flag.item),), copies


def _make_side(flag: OpenFlag, story: Story | None) -> ClaimSide:
    claim = flag.flag.value.claim
    spread, copies = find_spread(flag, story)
    return ClaimSide(
        key=claim.key,
        text=claim.text,
        cited=make_citation(flag.item),
        spread=spread,
        copies=copies,
        evidence_for=_cited((flag,), Stance.FOR),
        decisions=tuple(Decision(r.verdict, r.reviewer, r.reason, r.at) for r in flag.reviews),
    )


def make_card(sides: Finding, story: Story | None) -> ClaimCard:
    """The flags of one difference with their articles and reviews (story None: not at hand) -> its card."""
    first = sides[0].flag.value
    return ClaimCard(
        sides=tuple(_make_side(side, story) for side in sides),
        evidence_against=_cited(sides, Stance.AGAINST),
        context=_cited(sides, Stance.CONTEXT),
        because=first.because,  # told from the first side; the others say the same, turned round
        missing=tuple(dict.fromkeys(gap for side in sides for gap in side.flag.value.missing)),
        check=f"{first.check} {first.check_version}",
        found_at=max(side.flag.saved_at for side in sides),
    )


def make_cards(findings: Iterable[Finding], stories: Mapping[str, Story]) -> tuple[ClaimCard, ...]:
    """Differences -> cards, the strongest first."""
    rows = sorted(findings, key=_weight)
    return tuple(make_card(sides, stories.get(sides[0].flag.value.story)) for sides in rows)


def _weight(sides: Finding) -> tuple[float, int]:
    return -max(side.flag.value.strength for side in sides), min(side.flag.number for side in sides)


def compose_claims(material: DigestMaterial) -> tuple[ClaimCard, ...]:
    """The differences that were flagged in this period, or got another side in it."""
    stories = {story.id: story for story in material.stories}
    findings = make_findings(shown_flags(material))
    return make_cards((sides for sides in findings if _is_new(sides, material)), stories)


def compose_follow_up(material: DigestMaterial) -> tuple[ClaimCard, ...]:
    """Differences of earlier days that are open still, or in which we have to correct ourselves."""
    stories = {story.id: story for story in material.stories}
    earlier = (s for s in make_findings(shown_flags(material)) if not _is_new(s, material))
    return make_cards((s for s in earlier if any(is_open(f) or needs_correction(f) for f in s)), stories)


def _is_new(sides: Finding, material: DigestMaterial) -> bool:
    return any(material.is_new(side.flag.saved_at) for side in sides)
