"""A whole story in sentences: what its flags say, who carries what, what is missing. No verdict. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from desk.explaining import Section, Words, tell_check
from desk.web.names import Names
from nlp.corroboration import corroborate, tell
from store.types import Claim, Flag, Review, Saved, Story

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_MOST_FLAGS = 40  # that are told one by one


@dataclass(frozen=True, slots=True)
class StoryMaterial:
    """A story and the verdicts of people on its sentences, by Claim.key, the newest first."""

    story: Story
    reviews: Mapping[str, Sequence[Review]] = field(default_factory=dict)


def explain_story(material: StoryMaterial, t: Words) -> tuple[Section, ...]:
    """A story -> sections for people, empty ones left out; `t` translates."""
    sections = (
        Section(t("What the story is"), tuple(_tell_story(material.story, t))),
        Section(t("What the flags say"), tuple(_tell_flags(material.story.flags, t))),
        Section(t("Who carries it"), tuple(_tell_carriers(material.story, t))),
        Section(t("What is missing"), tuple(_tell_missing(material, t))),
        Section(t("Verdicts of people"), tuple(_tell_verdicts(material, t))),
        Section(t("What to do next"), tuple(_tell_next(material, t))),
        Section(t("What this is"), (_no_verdict(t),)),
    )
    return tuple(section for section in sections if section.lines)


def story_record(material: StoryMaterial, t: Words) -> dict[str, Any]:
    """The same for programs: the story, its flags' numbers, the sections."""
    return {
        "story": material.story.id,
        "articles": [member.item.number for member in material.story.members],
        "flags": [saved.number for saved in material.story.flags],
        "sections": [asdict(section) for section in explain_story(material, t)],
    }


def _tell_story(story: Story, t: Words) -> Iterator[str]:
    articles = [member.item.article for member in story.members]
    yield t("“{title}”: {articles} articles of {publishers} publishers, {copies} of them copies.").format(
        title=story.first.article.title,
        articles=len(articles),
        publishers=len({article.outlet for article in articles}),
        copies=sum(1 for member in story.members if member.copy_of),
    )
    yield t("First: {outlet}, {time}.").format(
        outlet=story.first.article.outlet_name, time=_shown(story.first.article.when)
    )
    last = max(articles, key=lambda article: article.when)
    if last is not story.first.article:
        yield t("Last: {outlet}, {time}.").format(outlet=last.outlet_name, time=_shown(last.when))


def _tell_flags(flags: Sequence[Saved[Flag]], t: Words) -> Iterator[str]:
    if not flags:
        yield t("No check found anything to look at. That does not say that all of it is true.")
    for saved in flags[:_MOST_FLAGS]:
        flag = saved.value
        words = t("Flag {number}: “{sentence}” {check} {because}")
        yield words.format(
            number=saved.number,
            sentence=flag.claim.text,
            check=tell_check(flag.check, flag.check_version, t),
            because=" ".join(flag.because),
        )
    if len(flags) > _MOST_FLAGS:
        yield t("{count} more flags are not told here.").format(count=len(flags) - _MOST_FLAGS)


def _tell_carriers(story: Story, t: Words) -> Iterator[str]:
    """Each flagged matter once, with all who carry it; without flags the claim most worth checking."""
    told: set[tuple[int, str]] = set()
    for claim in _claims_of(story):
        found = corroborate(story, claim)
        carried = {(carrier.article, carrier.text) for carrier in found.carriers}
        if not carried or carried & told:
            continue
        told |= carried
        yield f"“{claim.text}”"
        yield from (f"– {line}" for line in tell(found, t)[:-1])
    if told:
        yield t("This counts who publishes; it does not say whether the claim is true.")


def _claims_of(story: Story) -> list[Claim]:
    flagged = [saved.value.claim for saved in story.flags if saved.value.claim.field == "text"]
    if flagged or story.flags:
        return flagged[:_MOST_FLAGS]
    claims = [claim for member in story.members for claim in member.item.reading.claims]
    return [max(claims, key=lambda claim: claim.score)] if claims else []


def _tell_missing(material: StoryMaterial, t: Words) -> Iterator[str]:
    flags = [saved.value for saved in material.story.flags]
    yield from dict.fromkeys(words for flag in flags for words in flag.missing)
    open_ = {flag.claim.key for flag in flags} - {key for key, found in material.reviews.items() if found}
    if open_:
        yield t("{count} flagged sentences have no verdict of a person yet.").format(count=len(open_))
    if flags and not any(e.document.startswith("kho:") for flag in flags for e in flag.evidence):
        yield t("No document of the evidence library is among the evidence.")


def _tell_verdicts(material: StoryMaterial, t: Words) -> Iterator[str]:
    sentences = {saved.value.claim.key: saved.value.claim.text for saved in material.story.flags}
    for key, reviews in material.reviews.items():
        for review in reviews[:1]:
            words = t("“{sentence}”: {reviewer}, {time}: {verdict}. {reason}")
            yield words.format(
                sentence=sentences.get(key, ""),
                reviewer=review.reviewer,
                time=_shown(review.at),
                verdict=t(Names().verdicts[review.verdict]),
                reason=review.reason,
            )


def _tell_next(material: StoryMaterial, t: Words) -> Iterator[str]:
    if not material.story.flags:
        return
    number = material.story.flags[0].number
    words = t("One flag in full, with its evidence and where to open it: diembao explain {number}")
    yield words.format(number=number)
    yield t(
        "Open the story at the desk and set a verdict with reason and evidence; “Not enough evidence” is one."
    )


def _no_verdict(t: Words) -> str:
    return t("This is no verdict: “needs checking” says what to look at, and only a named person judges.")


def _shown(at: datetime) -> str:
    return f"{at.astimezone(_HERE):%H:%M %d/%m/%Y}"
