"""Figures in a text -> quantities with exact offsets. Pure; time grows with the length of the text."""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick

from nlp.loaded import take_out
from nlp.patterns import aligned
from nlp.quantities.context import find_certainty, find_counted, is_bare_money, may_be_counted
from nlp.quantities.masks import Masks, is_name_of_number
from nlp.quantities.numerals import BEGINNINGS, DIGITS, SCALES, VAGUE, WORDS, read_digits, read_words
from nlp.quantities.special import read_fractions, read_noughts
from nlp.quantities.vocabulary import STATES_VI
from nlp.text import normalise
from store.types import Quantity

_STATES = tuple(f" {state}" for state in STATES_VI)
_BEHIND, _AHEAD = 80, 110  # characters looked at on either side of a number
_vague = "|".join(sorted(VAGUE, key=len, reverse=True))
# "10^400" is no 400
_NUMBER = re.compile(
    rf"(?<![\w/.,^])(?:({DIGITS})|({_vague})(?!\w)|({WORDS})|(nửa|half a|half)(?!\w))", re.IGNORECASE
)
_RUN = re.compile(r"\d+")
_BEGINNINGS = AhoCorasick(BEGINNINGS)
_scales = "|".join(sorted(SCALES, key=len, reverse=True))
_SCALE = re.compile(rf"\s?-?({_scales})(?!\w)", re.IGNORECASE)
_HALF_MORE = re.compile(r"\s?rưỡi(?!\w)", re.IGNORECASE)
_RANGE = re.compile(rf"\s?(?:[-–]|đến|tới|to|and)\s?({DIGITS})", re.IGNORECASE)
_RANGE_OPENED = re.compile(r"(?:từ|from|between)\s*$", re.IGNORECASE)
_CURRENCY = re.compile(r"(?:US\$|USD\s?|\$|€)$")
_BARE_SCALE = re.compile(r"t[ỉỷ]$", re.IGNORECASE)
_LETTER_DASH = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number as written, with what multiplies it; `words` where it was written in words."""

    low: float
    high: float
    end: int
    in_words: bool = False
    vague: bool = False


def find_quantities(text: str, *, language: str = "vi") -> tuple[Quantity, ...]:
    """Text (any Unicode) and its language code -> the quantities in it, in order, not overlapping.

    A fraction is a share in percent; what there was none of ("không có người chết") a count of 0.
    Offsets are characters of `text` as given: `text[q.start:q.end] == q.text`. Dates, hours, ages, telephone,
    document and road numbers, scores and ordinals are no quantities. Other languages than Vietnamese and
    English are read by the English rules, which find only what is written with digits and international
    units. Never raises.
    """
    tight = take_out(text)  # a loaded word beside a figure must not change what it counts
    if tight.text != text:
        inside = find_quantities(tight.text, language=language)
        return tuple(_in_original(q, tight.span(q.start, q.end), text) for q in inside)
    code = "vi" if language.startswith(("vi", "und")) or not language else "en"
    plain = normalise(text)
    read = plain.text
    small = aligned(read)
    masks = Masks(read, small)
    found: list[Quantity] = []
    position = 0
    special = sorted((*read_fractions(read, code), *read_noughts(read, code)), key=lambda one: one.start)
    every: Iterator[Quantity | re.Match[str]] = heapq.merge(
        special, _find_numbers(read, small), key=_start_of
    )
    for one in every:
        if _start_of(one) < position:
            continue
        quantity = one if isinstance(one, Quantity) else _read_at(read, one, code, masks)
        if quantity is not None:
            position = quantity.end
            found.append(_in_original(quantity, plain.span(quantity.start, quantity.end), text))
    return tuple(found)


def _start_of(one: Quantity | re.Match[str]) -> int:
    return one.start if isinstance(one, Quantity) else one.start()


def _find_numbers(text: str, small: str) -> Iterator[re.Match[str]]:
    """What `_NUMBER.finditer` finds; the pattern is asked only where a number may begin."""
    end = 0
    begun = {start for _, start, _ in _BEGINNINGS.find_matches_as_indexes(small, overlapping=True)}
    begun.update(hit.start() for hit in _RUN.finditer(text))
    for start in sorted(begun):
        if start < end or text[start - 1 : start].isalnum():
            continue
        hit = _NUMBER.match(text, start)
        if hit is not None:
            end = hit.end()
            yield hit


def _in_original(quantity: Quantity, span: tuple[int, int], text: str) -> Quantity:
    start, end = span
    return replace(quantity, text=text[start:end], start=start, end=end)


def _read_at(text: str, hit: re.Match[str], language: str, masks: Masks) -> Quantity | None:
    before = text[max(0, hit.start() - _BEHIND) : hit.start()]
    if _LETTER_DASH.search(before[-2:]) or is_name_of_number(before, language):
        return None  # Covid-19, quốc lộ 19: part of a name
    figure = _read_figure(text, hit, language)
    if figure is None:
        return None
    after = text[figure.end : figure.end + _AHEAD]
    money = _CURRENCY.search(before)
    if figure.in_words and not money and not may_be_counted(before, after, language=language):
        return None  # nearly all number words: "một" is an article, "năm" a year, "tư" private
    if masks.touch(hit.start(), figure.end):
        return None
    before = before[: money.start()] if money else before
    opened = _RANGE_OPENED.search(before) if figure.high > figure.low else None
    before = before[: opened.start()] if opened else before
    certainty, cut = find_certainty(before, after)
    bare = not money and _BARE_SCALE.search(text, hit.end(), figure.end) and is_bare_money(before, after)
    if money or bare:
        after = f" {_currency_of(money[0] if money else '')}{after}"
    counted = find_counted(before[:cut], after, language=language, small_word=figure.in_words)
    if counted is None or not _is_plausible(figure, counted.unit, counted.thing):
        return None
    start = hit.start() - _width(before, cut, hit, text)
    end = figure.end if money or bare else figure.end + counted.length
    certainty = "about" if figure.vague else certainty
    return Quantity(
        text[start:end], start, end, figure.low, figure.high, counted.unit, counted.thing, certainty
    )


def _currency_of(sign: str) -> str:
    """The word for a sign before the number; đồng where there is none: "891 tỷ" alone."""
    return ("euro" if "€" in sign else "usd") if sign else "đồng"


def _width(before: str, cut: int, hit: re.Match[str], text: str) -> int:
    """How many characters before the number belong to the quantity: certainty, currency sign, "từ"."""
    behind = min(_BEHIND, hit.start())
    used = min(len(before), cut)
    inner = text[hit.start() - behind + used : hit.start()]
    return len(inner.lstrip())


def _is_plausible(figure: _Figure, unit: str, thing: str) -> bool:
    if not (math.isfinite(figure.low) and math.isfinite(figure.high)):
        return False
    if figure.in_words and figure.low <= 1:  # "một người đàn ông" is an article, "một người chết" a count
        return thing.endswith(_STATES)
    return not (unit == "item" and 1900 <= figure.low <= 2100 and figure.low == figure.high)


def _read_figure(text: str, hit: re.Match[str], language: str) -> _Figure | None:
    if hit[2]:
        low, high = VAGUE[hit[2].lower()]
        return _scaled_vague(text, hit.end(), float(low), float(high))
    if hit[3]:
        value = read_words(hit[3])
        return None if value is None else _with_scale(text, hit.end(), value, in_words=True)
    if hit[4]:
        scale = _SCALE.match(text, hit.end())
        return (
            _Figure(0.5 * SCALES[scale[1].lower()], 0.5 * SCALES[scale[1].lower()], scale.end())
            if scale
            else None
        )
    return _read_digit_figure(text, hit, language)


def _scaled_vague(text: str, end: int, low: float, high: float) -> _Figure:
    scale = _SCALE.match(text, end)
    factor = SCALES[scale[1].lower()] if scale else 1.0
    return _Figure(low * factor, high * factor, scale.end() if scale else end, vague=True)


def _read_digit_figure(text: str, hit: re.Match[str], language: str) -> _Figure | None:
    scaled = _SCALE.match(text, hit.end()) is not None
    written = hit[1]
    if len(written) > 1 and written[0] == "0" and written[1].isdecimal():
        return None  # a number that begins with 0 is a code
    value = read_digits(written, language=language, scaled=scaled)
    if value is None:
        return None
    return _as_range(text, hit, value, language) or _with_scale(text, hit.end(), value)


def _as_range(text: str, hit: re.Match[str], low: float, language: str) -> _Figure | None:
    """A range: "20-30", "từ 20 đến 30 triệu". A scale after the second number is also the first one's."""
    own = _SCALE.match(text, hit.end())
    second = _RANGE.match(text, own.end() if own else hit.end())
    if second is None or (second[0].strip().startswith("and") and not _opens_between(text, hit.start())):
        return None
    upper = read_digits(second[1], language=language)
    if upper is None:
        return None
    top = _with_scale(text, second.end(), upper)
    factor = top.high / upper if upper else 1.0
    low *= SCALES[own[1].lower()] if own else factor
    return _Figure(low, top.high, top.end) if low < top.high else None


def _opens_between(text: str, start: int) -> bool:
    return text[max(0, start - 9) : start].rstrip().lower().endswith("between")


def _with_scale(text: str, end: int, value: float, *, in_words: bool = False) -> _Figure:
    """The value with what multiplies it: "1,5 nghìn tỉ", "2 tỉ rưỡi", "3 tỉ 500 triệu"."""
    total, scale = value, _SCALE.match(text, end)
    last = math.inf
    while scale is not None:
        last = SCALES[scale[1].lower()]
        total, end = total * last, scale.end()
        scale = _SCALE.match(text, end)
    half = _HALF_MORE.match(text, end) if last < math.inf else None
    if half:
        return _Figure(total + last / 2, total + last / 2, half.end(), in_words=in_words)
    rest = _REMAINDER.match(text, end) if last < math.inf else None
    if rest and SCALES[rest[2].lower()] < last:
        total, end = total + float(rest[1]) * SCALES[rest[2].lower()], rest.end()
    return _Figure(total, total, end, in_words=in_words)


_REMAINDER = re.compile(rf"\s(\d{{1,3}})\s({_scales})(?!\w)", re.IGNORECASE)
