"""The figures of a headline that nothing in its article's text bears out.

A figure is looked for as generously as can be: rounded, in words, as a sum, in another unit. What is left is
set beside the text's own figure: of a fact that a text tells again; of the same thing counted; or one that
is written nearly alike, as a slip makes it (another digit, two exchanged, a nought too many).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from nlp.checks.headline_doubts import MOST_TEXT, Doubt, doubt_from
from nlp.checks.statements import content_words
from nlp.patterns import aligned, alternatives
from nlp.quantities import are_comparable, do_disagree, find_quantities, measure_of
from nlp.quantities.masks import Masks
from nlp.quantities.numerals import DIGITS, SCALES, VAGUE, WORDS, read_digits, read_words
from nlp.quantities.vocabulary import DURATIONS, STATES_VI
from nlp.text import normalise
from store.types import Article, Claim, Quantity, ReadArticle

_MOST_SUMMED = 24  # figures of one kind in a text of which sums are formed
_ROUNDED = 0.06  # "gần 2.000" for 1.890: what is taken for rounding
_ABOUT = 0.2
_FAR = 0.34  # "hơn 300" for 379: the next hundred is not reached
_COUNTED = frozenset({"person", "household"})
_COUNTS = frozenset({"person", "household", "house", "vehicle", "case", "item"})
_FEW = 20
_MONEY = frozenset({"VND", "USD", "EUR", "CNY", "KHR", "LAK", "THB", "JPY", "KRW"})
_FACTS = frozenset({"VND", "USD", "ha", "tonne", "person", "household"})
_STATES = tuple(f" {state}" for state in STATES_VI)
_scales = "|".join(sorted(SCALES, key=len, reverse=True))
_vague = "|".join(sorted(VAGUE, key=len, reverse=True))
_NUMBER = re.compile(rf"(?<!\w)(?:({DIGITS})|({_vague})|({WORDS}))(?:[ -]?({_scales})(?!\w))?", re.IGNORECASE)
_DURATION = re.compile(rf"[\s-]?(?:{alternatives(DURATIONS.split('|'))})(?!\w)", re.IGNORECASE)
# of the headline's words, which a sentence must share where a text need not tell a figure again
# (nlp.planted_pages_measure, half A)
_LEAST_OF_SAME = 0.49
_LEAST_OF_ALIKE = 0.2
_DIGITS, _DIGIT = re.compile(DIGITS), re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Told:
    """What a text tells in figures: those read, and every number that may bear a figure out."""

    text: str
    figures: Sequence[Quantity]
    numbers: Sequence[float]


def doubtful_figures(item: ReadArticle, claim: Claim) -> Iterator[Doubt]:
    """An article as read and its headline as a claim -> the figures that its text does not bear out."""
    asked = [q for q in claim.quantities if q.low > 1]
    if not asked:
        return
    article = item.article
    told = _read_told(article, "en" if item.reading.language.code.startswith("en") else "vi")
    for quantity in asked:
        alike = [f for f in told.figures if measure_of(f)[0] == measure_of(quantity)[0]]
        if _is_borne_out(quantity, told, alike):
            continue
        others = [q for q in claim.quantities if q is not quantity]
        free = [f for f in alike if not any(_agree(f, other) for other in others)]
        doubt = (
            _doubt_of_fact(article, told, quantity)
            or _doubt_of_same(article, told.text, quantity, free)
            or _doubt_of_slip(article, told.text, quantity, free)
        )
        if doubt is not None:
            yield doubt


def _read_told(article: Article, language: str) -> _Told:
    text = article.text[:MOST_TEXT]
    figures = find_quantities(text, language=language)
    numbers = {*_numbers_of(text, language), *_numbers_of(article.lead, language)}
    return _Told(text, figures, sorted(numbers))


def _is_borne_out(quantity: Quantity, told: _Told, alike: Sequence[Quantity]) -> bool:
    return (
        any(_may_be(quantity, number) for number in told.numbers)
        or _is_sum(quantity, alike)
        or _is_told(quantity, alike)
    )


def _doubt_of_fact(article: Article, told: _Told, quantity: Quantity) -> Doubt | None:
    """Of a fact that a text tells again: what it says of it, or that it says nothing."""
    if not _must_be_borne_out(quantity) or _may_be_told_otherwise(quantity, told.figures):
        return None
    alike = [f for f in told.figures if are_comparable(quantity, f)]
    if any(not do_disagree(quantity, f) for f in alike):
        return None
    positions = [(f.start, f.text) for f in alike if _says_of_whom(f)]
    doubt = doubt_from(told.text, content_words(article.title), quantity.text, positions)
    return doubt if doubt.instead or article.lead else None


def _doubt_of_same(
    article: Article, text: str, quantity: Quantity, alike: Sequence[Quantity]
) -> Doubt | None:
    """Of whatever is counted: a sentence with half of the headline's words tells the same thing's figure."""
    same = [f for f in alike if _kind_of(f) == _kind_of(quantity) and _says_of_whom(f)]
    return _doubt_against(article, text, quantity, same, _LEAST_OF_SAME)


def _doubt_of_slip(
    article: Article, text: str, quantity: Quantity, alike: Sequence[Quantity]
) -> Doubt | None:
    """A figure written nearly as the text writes it."""
    counts = quantity.unit in _COUNTS
    near = [
        f
        for f in alike
        if is_slip(quantity.text, f.text) and (not counts or _kind_of(f) == _kind_of(quantity))
    ]
    return _doubt_against(article, text, quantity, near, _LEAST_OF_ALIKE)


def _doubt_against(
    article: Article, text: str, quantity: Quantity, figures: Iterable[Quantity], least: float
) -> Doubt | None:
    positions = [(f.start, f.text) for f in figures]
    doubt = doubt_from(text, content_words(article.title), quantity.text, positions, least=least)
    return doubt if doubt.instead else None


def is_slip(one: str, other: str) -> bool:
    """Whether two figures as written differ as by a slip: one digit of several, two exchanged, a nought more.

    "231 tỷ" and "731 tỷ", "2,7" and "7,2", "22.500" and "42.500", "17" and "170". Not "3" and "5" nor "300"
    and "500": of two figures of one digit that counts nothing can be told.
    """
    first, second = _DIGITS.search(one), _DIGITS.search(other)
    if first is None or second is None or first[0] == second[0]:
        return False
    short, long = sorted((_DIGIT.findall(first[0]), _DIGIT.findall(second[0])), key=len)
    if len(short) < len(long):
        return (
            set(long[len(short) :]) == {"0"} and long[: len(short)] == short and len(long) - len(short) <= 3
        )
    unlike = [n for n, (a, b) in enumerate(zip(short, long, strict=True)) if a != b]
    exchanged = sorted(short) == sorted(long) and len(unlike) == 2
    alike = _DIGIT.sub("0", first[0]) == _DIGIT.sub("0", second[0]) and "".join(short[1:]).strip("0")
    return bool(alike) and (exchanged or len(unlike) == 1)


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
    return quantity.thing.endswith(_STATES) or quantity.unit in _FACTS


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
    """Every number in a text, as written and with what multiplies it, also those that count nothing.

    Dates, hours, ages and spans of time bear no count out: "19h" is no 20 people.
    """
    plain = normalise(text).text
    masks = Masks(plain, aligned(plain))
    for hit in _NUMBER.finditer(plain):
        if not masks.touch(hit.start(), hit.end()) and not _DURATION.match(plain, hit.end()):
            yield from _values_of(hit, language)


def _values_of(hit: re.Match[str], language: str) -> Iterator[float]:
    if hit[2]:
        yield from map(float, VAGUE[hit[2].lower()])
        return
    value = read_words(hit[3]) if hit[3] else read_digits(hit[1], language=language, scaled=bool(hit[4]))
    if value is not None:
        yield value
        if hit[4]:
            yield value * SCALES[hit[4].lower()]


def _may_be(quantity: Quantity, number: float) -> bool:
    """Whether a headline's figure may be a number of the text, rounded as headlines round."""
    loose = _ROUNDED if quantity.certainty == "exact" else _ABOUT
    below = _FAR if quantity.certainty == "at_most" else loose
    above = _FAR if quantity.certainty == "at_least" else loose
    return quantity.low * (1 - below) <= number <= quantity.high * (1 + above)


def _is_sum(quantity: Quantity, figures: Sequence[Quantity]) -> bool:
    """Whether two or three figures of the text make the headline's, or two shares differ by it."""
    values = [f.low for f in figures if f.unit == quantity.unit and f.low == f.high][:_MOST_SUMMED]
    if quantity.unit in _COUNTED:
        values.append(1.0)  # "and one of the drivers": not read as a figure
    sums = [sum(some) for count in (2, 3) for some in combinations(values, count)]
    if quantity.unit == "percent":
        sums += [abs(one - other) for one, other in combinations(values, 2)]  # a share that fell by so much
    return any(_may_be(quantity, total) for total in sums)
