"""How a claim spread in its story: who carries it by themselves, who passes it on, how its figures changed.

It counts publishers that speak independently. It is no score of a source, and says nothing on who is right:
a claim that one outlet alone has can be true, one that fourteen copied can be false. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from nlp.origins import find_origin, origin_key
from nlp.quantities import are_comparable, do_disagree, find_quantities
from nlp.sameness import OTHER_FIGURES, OTHER_WORDS, Match, Worded, compare, make_worded
from nlp.text import is_accented
from store.types import Claim, Quantity, Story, StoryMember

_CARRIES = 0.7  # likeness from which a sentence with another figure is the same claim, told otherwise
_REPRINTED = 0.93  # share of all words, from which a sentence is taken over and not written anew
_LEAST_REPRINTED = 8  # words; shorter ones are alike by chance
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_FORGIVEN = tuple(words.split(":")[0] for words in (OTHER_FIGURES, OTHER_WORDS))

Translate = Callable[[str], str]


class Carrying(StrEnum):
    """How a publisher comes to have a claim."""

    OWN = "own"  # in its own words
    COPY = "copy"  # its article is a copy of another
    SAME_WORDS = "same_words"  # its sentence is another's, word for word
    CITES = "cites"  # it names whose report it is


@dataclass(frozen=True, slots=True)
class Carrier:
    """One article's sentence with the claim. `origin` is whom it has it from, as shown; "" for itself."""

    article: int
    version: int
    outlet: str
    outlet_name: str
    url: str
    at: datetime
    text: str
    how: Carrying
    origin: str
    voice: str  # carriers with one voice count once


@dataclass(frozen=True, slots=True)
class FigureChange:
    """At `at` an outlet gave another figure for the same thing than those before it did."""

    article: int
    outlet_name: str
    at: datetime
    before: str  # as written
    after: str


@dataclass(frozen=True, slots=True)
class Corroboration:
    """All carriers in order of time, and what follows. `said_by`: whom the sentences themselves name."""

    carriers: tuple[Carrier, ...]
    changes: tuple[FigureChange, ...]
    said_by: tuple[str, ...]

    @property
    def independent(self) -> int:
        """How many independent publishers carry the claim."""
        return len({carrier.voice for carrier in self.carriers})

    @property
    def publishers(self) -> int:
        """How many publishers carry it at all."""
        return len({carrier.outlet for carrier in self.carriers})


def corroborate(story: Story, claim: Claim) -> Corroboration:
    """A story and a claim of one of its articles -> who carries it, in order of time."""
    asked = _worded(claim)
    cited = _evidence_beside(story, claim)
    carriers: list[Carrier] = []
    attributed: list[str] = []
    for member in sorted(story.members, key=lambda m: (m.item.article.when, m.item.number)):
        sentence = _find_sentence(member, claim, asked, cited)
        if sentence is not None:
            carriers.append(_carrier_from(member, sentence.text, carriers))
            attributed.append(sentence.attributed)
    said = tuple(dict.fromkeys(words for words in attributed if words))
    return Corroboration(tuple(carriers), tuple(_find_changes(carriers)), said if all(attributed) else ())


def tell(found: Corroboration, t: Translate) -> tuple[str, ...]:
    """A corroboration -> sentences for people; `t` translates."""
    if not found.carriers:
        return (t("No article of the story carries this sentence any more."),)
    lines = [_tell_count(found, t), _tell_first(found.carriers[0], t)]
    lines += _tell_passed_on(found.carriers, t)
    if len(found.carriers) > 1 and len(found.said_by) == 1:
        lines.append(t("All of them name the same origin: “{origin}”.").format(origin=found.said_by[0]))
    for change in found.changes:
        words = t("{outlet} ({time}) gives {after} where it had been {before}.")
        figures = {"before": f"“{change.before}”", "after": f"“{change.after}”"}
        lines.append(words.format(outlet=change.outlet_name, time=_shown(change.at), **figures))
    lines.append(t("This counts who publishes; it does not say whether the claim is true."))
    return tuple(lines)


def _tell_count(found: Corroboration, t: Translate) -> str:
    if found.independent == 1 and found.publishers > 1:
        words = t("{publishers} publishers carry it, and all have it from one.")
    elif found.independent == 1:
        words = t("One publisher carries it, nobody else.")
    else:
        words = t("{independent} independent publishers carry it, of {publishers} in all.")
    return words.format(independent=found.independent, publishers=found.publishers)


def _tell_first(first: Carrier, t: Translate) -> str:
    words = t("First: {outlet}, {time}.")
    return words.format(outlet=first.outlet_name, time=_shown(first.at))


def _tell_passed_on(carriers: Sequence[Carrier], t: Translate) -> Iterator[str]:
    """One line for each origin and way, however many passed it on."""
    ways = {
        Carrying.COPY: t("{outlets}: a copy of {origin}."),
        Carrying.SAME_WORDS: t("{outlets}: the sentence word for word from {origin}."),
        Carrying.CITES: t("{outlets}: names {origin} as its source."),
    }
    names: dict[tuple[Carrying, str], dict[str, None]] = {}
    for carrier in carriers:
        if carrier.how in ways:
            names.setdefault((carrier.how, carrier.origin), {})[carrier.outlet_name] = None
    for (how, origin), outlets in names.items():
        yield ways[how].format(outlets=", ".join(outlets), origin=origin)


def _shown(at: datetime) -> str:
    return f"{at.astimezone(_HERE):%H:%M %d/%m/%Y}"


def _evidence_beside(story: Story, claim: Claim) -> frozenset[tuple[int, str]]:
    """The sentences that a check has set beside this one, by article: they tell the same matter."""
    return frozenset(
        (evidence.article, evidence.text)
        for saved in story.flags
        if saved.value.claim.key == claim.key
        for evidence in saved.value.evidence
    )


def _find_sentence(
    member: StoryMember, claim: Claim, asked: Worded, cited: frozenset[tuple[int, str]]
) -> Claim | None:
    """The sentence of an article that carries the claim, None where none does."""
    claims = member.item.reading.claims
    for sentence in claims:
        if sentence.key == claim.key or (member.item.number, sentence.text) in cited:
            return sentence
    article = member.item.article
    if claim.text and (claim.text in article.text or claim.text == article.title):
        return claim  # a check may flag a sentence that was not among those worth checking
    matched = [(compare(asked, _worded(sentence)), sentence) for sentence in claims]
    fit = [(match.likeness, -n) for n, (match, _) in enumerate(matched) if _carries(match)]
    return matched[-max(fit)[1]][1] if fit else None


def _worded(claim: Claim) -> Worded:
    """A sentence without the words that say who said it: "Theo TTXVN, …" is the same claim."""
    bare = claim.text.replace(claim.attributed, "", 1) if claim.attributed else claim.text
    return make_worded(bare.lstrip(" ,:"))


def _carries(match: Match) -> bool:
    """Whether a sentence tells the same claim, perhaps with other figures or in other words."""
    return match.is_same or (
        match.likeness >= _CARRIES and all(why.startswith(_FORGIVEN) for why in match.why)
    )


def _carrier_from(member: StoryMember, sentence: str, earlier: Sequence[Carrier]) -> Carrier:
    article = member.item.article
    how, origin, voice = _find_voice(member, sentence, earlier)
    return Carrier(
        article=member.item.number,
        version=member.item.version,
        outlet=article.outlet,
        outlet_name=article.outlet_name,
        url=article.url,
        at=article.when,
        text=sentence,
        how=how,
        origin=origin,
        voice=voice,
    )


def _find_voice(member: StoryMember, sentence: str, earlier: Sequence[Carrier]) -> tuple[Carrying, str, str]:
    """How an article comes to have the sentence, from whom as shown, and whose voice it is then."""
    article = member.item.article
    own = f"outlet {article.outlet}"
    copied = next((c for c in earlier if member.copy_of and c.article == member.copy_of), None)
    if copied is not None and copied.outlet != article.outlet:
        return Carrying.COPY, copied.outlet_name, copied.voice
    origin = find_origin(sentence, article.text)
    if origin and origin_key(origin) != origin_key(article.outlet_name):
        return Carrying.CITES, origin, _voice_named(origin, earlier)
    taken = next((c for c in earlier if c.outlet != article.outlet and _is_reprint(c.text, sentence)), None)
    if taken is not None:
        return Carrying.SAME_WORDS, taken.outlet_name, taken.voice
    named = next((c.voice for c in earlier if c.voice == f"named {origin_key(article.outlet_name)}"), "")
    return Carrying.OWN, "", named or own


def _voice_named(origin: str, earlier: Sequence[Carrier]) -> str:
    """The voice of a publisher that is named: its own, where its article stands in the story."""
    key = origin_key(origin)
    return next((c.voice for c in earlier if origin_key(c.outlet_name) == key), f"named {key}")


def _is_reprint(one: str, other: str) -> bool:
    """Whether two sentences are one, with a word changed at most."""
    mine, theirs = (Counter(make_worded(text).folded) for text in (one, other))
    shorter, longer = sorted((mine.total(), theirs.total()))
    return shorter >= _LEAST_REPRINTED and (mine & theirs).total() >= _REPRINTED * longer


def _find_changes(carriers: Sequence[Carrier]) -> Iterator[FigureChange]:
    """Where a carrier gives a figure that nobody before it gave for the same thing."""
    told: list[Quantity] = []
    for carrier in carriers:
        for quantity in find_quantities(carrier.text, language="vi" if is_accented(carrier.text) else "en"):
            before = [earlier for earlier in told if are_comparable(earlier, quantity)]
            if before and all(do_disagree(earlier, quantity) for earlier in before):
                yield FigureChange(
                    carrier.article, carrier.outlet_name, carrier.at, before[-1].text, quantity.text
                )
            told.append(quantity)
