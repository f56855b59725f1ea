"""A headline with a figure or a place that the article's own text does not bear out.

1. Take each figure and place of the headline. 2. Look for anything in the text that may mean the same, read
as generously as can be: rounded, in words, as a sum, an old or a new name. 3. Only where nothing does, set
the headline beside the text's own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from nlp.checks.case import Case
from nlp.checks.citing import cite, claim_from_title, find_first_sentence
from nlp.checks.statements import content_words
from nlp.quantities import are_comparable, do_disagree, find_quantities, measure_of
from nlp.quantities.numerals import DIGITS, SCALES, VAGUE, WORDS, read_digits, read_words
from nlp.quantities.vocabulary import STATES_VI
from nlp.sentences import Span, split
from store.types import Article, Claim, Evidence, Flag, Quantity, ReadArticle, Stance, StoryMember

NAME, VERSION = "headline", "3"
_LEAST_TEXT = 500  # characters; a shorter text may be cut off, or the caption of a film
_MOST_TEXT = 40_000
_LONGEST = 160  # characters; a longer headline is the first paragraph of a page without one
_MOST_SUMMED = 24  # figures of one kind in a text of which sums are formed
_ROUNDED = 0.06  # "gần 2.000" for 1.890: what is taken for rounding
_ABOUT = 0.2
_COUNTED = frozenset({"person", "household"})
_FEW = 20
_MONEY = frozenset({"VND", "USD", "EUR", "CNY", "KHR", "LAK", "THB", "JPY", "KRW"})
# before a place where something is; without it a name may be an outlet's or an office's
_AT = re.compile(
    r"(?:ở|tại|thuộc|từ|về|đến|địa bàn|tỉnh|xã|huyện|in|at|near)\s*$|[,;(–-]\s*$|^\s*$", re.IGNORECASE
)
_LOOK_BACK = 12
_STATES = tuple(f" {state}" for state in STATES_VI)
_scales = "|".join(sorted(SCALES, key=len, reverse=True))
_vague = "|".join(sorted(VAGUE, key=len, reverse=True))
_NUMBER = re.compile(rf"(?<!\w)(?:({DIGITS})|({_vague})|({WORDS}))(?:[ -]?({_scales})(?!\w))?", re.IGNORECASE)
_LEAST_SHARED = 0.25  # of the headline's words, which a sentence must share to speak of the same
# the same, of a figure that a text need not tell again (nlp.planted_pages_measure, half A)
_LEAST_OF_SAME = 0.49
_MOST_PLACES = 40  # of a text, figures or places, that are set beside the headline's


@dataclass(frozen=True, slots=True)
class _Doubt:
    """Something in the headline that the text does not bear out, and where the text says otherwise."""

    said: str
    instead: str  # "" where the text says nothing of it
    sentence: Span


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> a flag for each headline that its own text does not bear out. Copies speak for themselves."""
    flags = (_check_one(case, member) for member in case.story.members)
    return tuple(flag for flag in flags if flag is not None)


def _check_one(case: Case, member: StoryMember) -> Flag | None:
    item = member.item
    if item.article.summary_only or len(item.article.text) < _LEAST_TEXT:
        return None
    claim = claim_from_title(item)
    if claim is None or len(claim.text) > _LONGEST:
        return None
    doubts = [*_doubtful_figures(item, claim), *_doubtful_places(case, item)]
    return _flag_from(case, item, claim, doubts) if doubts else None


def _doubtful_figures(item: ReadArticle, claim: Claim) -> Iterator[_Doubt]:
    asked = [q for q in claim.quantities if q.low > 1]
    if not asked:
        return
    article = item.article
    text = article.text[:_MOST_TEXT]
    language = "en" if item.reading.language.code.startswith("en") else "vi"
    figures = find_quantities(text, language=language)
    numbers = sorted({*_numbers_of(text, language), *_numbers_of(article.lead, language)})
    for quantity in asked:
        alike = [f for f in figures if measure_of(f)[0] == measure_of(quantity)[0]]
        if any(_may_be(quantity, number) for number in numbers) or _is_sum(quantity, alike):
            continue
        if _is_told(quantity, alike):
            continue
        others = [q for q in claim.quantities if q is not quantity]
        doubt = _doubt_of_fact(article, text, quantity, figures) or _doubt_of_same(
            article, text, quantity, [f for f in alike if not any(_agree(f, other) for other in others)]
        )
        if doubt is not None:
            yield doubt


def _doubt_of_fact(
    article: Article, text: str, quantity: Quantity, figures: Sequence[Quantity]
) -> _Doubt | None:
    """Of a fact that a text tells again: what it says of it, or that it says nothing."""
    if not _must_be_borne_out(quantity) or _may_be_told_otherwise(quantity, figures):
        return None
    alike = [f for f in figures if are_comparable(quantity, f)]
    if any(not do_disagree(quantity, f) for f in alike):
        return None
    positions = [(f.start, f.text) for f in alike if _says_of_whom(f)][:_MOST_PLACES]
    doubt = _doubt_from(text, content_words(article.title), quantity.text, positions)
    return doubt if doubt.instead or article.lead else None


def _doubt_of_same(
    article: Article, text: str, quantity: Quantity, alike: Sequence[Quantity]
) -> _Doubt | None:
    """Of whatever is counted: a sentence with half of the headline's words tells the same thing's figure."""
    same = [f for f in alike if _kind_of(f) == _kind_of(quantity) and _says_of_whom(f)]
    positions = [(f.start, f.text) for f in same[:_MOST_PLACES]]
    doubt = _doubt_from(text, content_words(article.title), quantity.text, positions, least=_LEAST_OF_SAME)
    return doubt if doubt.instead else None


def _kind_of(quantity: Quantity) -> str:
    """What it counts: of people all that is said of them, of things the word for them."""
    return quantity.thing if quantity.unit in _COUNTED else quantity.thing.partition(" ")[0]


def _is_told(quantity: Quantity, alike: Iterable[Quantity]) -> bool:
    """Whether the value stands in the text in another unit or scale: 1,5 tấn, 1.500 kg."""
    scale = measure_of(quantity)[1]
    return any(_may_be(quantity, end * measure_of(f)[1] / scale) for f in alike for end in (f.low, f.high))


def _agree(one: Quantity, other: Quantity) -> bool:
    return measure_of(one)[0] == measure_of(other)[0] and not do_disagree(one, other)


def _must_be_borne_out(quantity: Quantity) -> bool:
    """Whether a figure is a fact that a text tells again: people and what happened to them, money, ground."""
    if quantity.low <= 1 or not quantity.thing:
        return False
    return quantity.thing.endswith(_STATES) or quantity.unit in {
        "VND",
        "USD",
        "ha",
        "tonne",
        "person",
        "household",
    }


def _says_of_whom(figure: Quantity) -> bool:
    """Whether more is known of those counted than that they are people."""
    return figure.unit != "person" or " " in figure.thing


def _may_be_told_otherwise(quantity: Quantity, figures: Sequence[Quantity]) -> bool:
    """Whether the text may say it without the figure: money in another currency; a few people, one by one."""
    if quantity.unit in _MONEY:
        return any(f.unit in _MONEY and f.unit != quantity.unit for f in figures)
    few = quantity.unit in _COUNTED and quantity.low < _FEW
    return few and not any(are_comparable(quantity, f) for f in figures)


def _numbers_of(text: str, language: str) -> Iterator[float]:
    """Every number in a text, as written and with what multiplies it, also those that count nothing."""
    for hit in _NUMBER.finditer(text):
        if hit[2]:
            low, high = VAGUE[hit[2].lower()]
            yield from (float(low), float(high))
            continue
        value = read_words(hit[3]) if hit[3] else read_digits(hit[1], language=language, scaled=bool(hit[4]))
        if value is not None:
            yield value
            if hit[4]:
                yield value * SCALES[hit[4].lower()]


def _may_be(quantity: Quantity, number: float) -> bool:
    """Whether a headline's figure may be a number of the text, rounded as headlines round."""
    loose = _ROUNDED if quantity.certainty == "exact" else _ABOUT
    return quantity.low * (1 - loose) <= number <= quantity.high * (1 + loose)


def _is_sum(quantity: Quantity, figures: Sequence[Quantity]) -> bool:
    """Whether two or three figures of the text make the headline's, or two shares differ by it."""
    values = [f.low for f in figures if f.unit == quantity.unit and f.low == f.high][:_MOST_SUMMED]
    if quantity.unit in _COUNTED:
        values.append(1.0)  # "and one of the drivers": not read as a figure
    sums = [sum(some) for count in (2, 3) for some in combinations(values, count)]
    if quantity.unit == "percent":
        sums += [abs(one - other) for one, other in combinations(values, 2)]  # a share that fell by so much
    return any(_may_be(quantity, total) for total in sums)


def _doubtful_places(case: Case, item: ReadArticle) -> Iterator[_Doubt]:
    asked = case.atlas.find_places(item, "title")
    if not asked:
        return
    text = item.article.text[:_MOST_TEXT]
    named = [where for where in case.atlas.find_places(item, "text") if where.end <= len(text)]
    title = content_words(item.article.title)
    for place in asked:
        units = [where.unit for where in named]
        if case.atlas.is_supported(place.unit, units) or place.name in f"{item.article.lead} {text}":
            continue
        positions = [
            (where.start, where.name)
            for where in named[:_MOST_PLACES]
            if text[where.end : where.end + 1] != ")"  # "(Hải Phòng)" says where another thing is
            and (where.name[0].islower() or _AT.search(text[max(0, where.start - _LOOK_BACK) : where.start]))
        ]
        if positions:
            yield _doubt_from(text, title, place.name, positions)


def _doubt_from(
    text: str,
    title: frozenset[str],
    said: str,
    positions: Sequence[tuple[int, str]],
    *,
    least: float = _LEAST_SHARED,
) -> _Doubt:
    """The sentence that speaks most of what the headline speaks of; the first one where none does."""
    best = (least, "", find_first_sentence(text) or Span(0, len(text)))
    for position, instead in positions:
        sentence = _sentence_with(text, position)
        if sentence is None:
            continue
        words = content_words(text[sentence.start : sentence.end])
        share = len(words & title) / max(1, len(title))
        if share > best[0]:
            best = (share, instead, sentence)
    return _Doubt(said, best[1], best[2])


def _sentence_with(text: str, position: int) -> Span | None:
    """The sentence of a text in which a position lies."""
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    spans = (Span(start + s.start, start + s.end) for s in split(line))
    return next((span for span in spans if span.start <= position < span.end), None)


def _flag_from(case: Case, item: ReadArticle, claim: Claim, doubts: Sequence[_Doubt]) -> Flag:
    evidence: dict[int, Evidence] = {}
    because, missing = [], []
    for doubt in doubts:
        stance = Stance.AGAINST if doubt.instead else Stance.CONTEXT
        evidence.setdefault(doubt.sentence.start, _cite(item, doubt, stance))
        instead = f"; bài ghi “{doubt.instead}”" if doubt.instead else ""
        because.append(f"Tiêu đề ghi “{doubt.said}”, trong bài không có{instead}.")
        missing.append(f"Câu trong bài nói đến “{doubt.said}”.")
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim,
        article=item.number,
        version=item.version,
        story=case.story.id,
        evidence=tuple(evidence.values()),
        strength=0.6,
        because=tuple(because),
        missing=tuple(missing),
    )


def _cite(item: ReadArticle, doubt: _Doubt, stance: Stance) -> Evidence:
    said = f"bài ghi “{doubt.instead}”" if doubt.instead else "câu mở đầu bài"
    why = f"{said}, tiêu đề ghi “{doubt.said}”"
    return cite(item, doubt.sentence.start, doubt.sentence.end, stance=stance, why=why)
