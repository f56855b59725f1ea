"""Whether two sentences make the same claim: their words, and what must not differ for "same". Pure.

Like words make a suggestion. "The same" also needs the same figures of the same things, the same names, and
nothing that turns a sentence round; whatever differs is said in words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nlp.loaded import blank
from nlp.patterns import words_of
from nlp.quantities import find_quantities, measure_of
from nlp.text import fold, is_accented, normalise
from nlp.verdicts.words import NEGATIONS, OPPOSITES, QUANTIFIERS, STOP_WORDS

SUGGEST, SAME = 0.6, 0.82  # likeness, 0 to 1; chosen on half A (`measure answers`)
_LEAST = 5  # content words and figures; a shorter sentence is said of many events
_FAR = 3.0  # days from which "hôm nay" is another day
_TOKEN = re.compile(r"\d+(?:[.,/:-]\d+)*|[^\W\d_]+")
_HEDGES = words_of(
    "khoảng gần hơn ít nhất nhiều trên dưới chừng độ ngót about nearly almost over under least than"
)
_COMPARING = words_of("hơn kém bằng vượt than exceed exceeds exceeded")
_RELATIVE = re.compile(
    r"(?<!\w)(?:(?:hôm|sáng|trưa|chiều|tối|đêm|ngày|tuần|tháng|quý|năm|mùa)\s(?:nay|qua|trước|sau|tới|kia)|"
    r"vừa qua|mới đây|hiện nay|hiện|today|yesterday|tomorrow|tonight|this (?:week|month|year|morning)|"
    r"last (?:night|week|month|year)|recently|currently)(?!\w)"
)
_MODALS = words_of(
    "sẽ phải nên cần muốn nếu kiến may might could would should must will expected planned allegedly if"
)  # "kiến": of "dự kiến"
_TURNING = frozenset({*NEGATIONS, *_HEDGES, *_MODALS, *(p[0] for p in QUANTIFIERS if len(p) == 1)})
_BARE_STOP = frozenset(fold(word).text for word in STOP_WORDS)

OTHER_FIGURES = "số liệu khác: {one} và {other}"
OTHER_NAMES = "tên riêng hoặc địa danh khác: {words}"
TURNED = "có từ làm đổi nghĩa: {words}"
OTHER_WORDS = "có từ khác nhau: {one} và {other}"
OTHER_ORDER = "thứ tự so sánh khác nhau"
OTHER_TIME = "thời gian tính theo ngày đăng, mà hai câu cách nhau {days} ngày"
TOO_SHORT = "câu quá ngắn để biết cùng nói một việc"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number: `value` normalised with its unit, what it counts ("" unknown), and as written."""

    value: str
    thing: str
    written: str

    @property
    def key(self) -> tuple[str, str]:
        """What must be the same."""
        return self.value, self.thing


@dataclass(frozen=True, slots=True)
class Worded:
    """A sentence made ready: its words in small letters, folded and not, without loaded words."""

    text: str
    plain: tuple[str, ...]  # all words, in order, with their marks
    folded: tuple[str, ...]  # the same without marks
    content: frozenset[str]  # folded words with content, names among them, figures not
    lower: frozenset[str]  # those of them that are written small: only by these sentences are looked up
    names: frozenset[str]  # folded words with a capital inside the sentence
    read: str  # normalised, without loaded words
    is_accented: bool
    is_relative: bool  # says when only by the day it was published

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers, in order; found when asked for, since most sentences are never compared."""
        return _find_figures(self.read)


@dataclass(frozen=True, slots=True)
class Match:
    """`likeness` 0 to 1 of the words; `why` says what keeps the two from being the same, () for nothing."""

    likeness: float
    is_same: bool
    why: tuple[str, ...]


@lru_cache(maxsize=8192)
def make_worded(text: str) -> Worded:
    """A sentence -> what it is compared by."""
    read = blank(normalise(text).text)
    hits = [
        (hit, hit.start() == 0 or not read[: hit.start()].strip(" \"'“‘(-–")) for hit in _TOKEN.finditer(read)
    ]
    words = [(hit[0], opens) for hit, opens in hits if not hit[0][0].isdigit()]
    plain = tuple(word.lower() for word, _ in words)
    folded = tuple(fold(word).text for word in plain)
    capital = [word[0].isupper() and not opens for word, opens in words]
    is_marked = is_accented(read)
    stop = STOP_WORDS if is_marked else _BARE_STOP
    content = [len(word) > 1 and word not in stop for word in plain]
    return Worded(
        text=text,
        plain=plain,
        folded=folded,
        content=frozenset(f for f, is_content in zip(folded, content, strict=True) if is_content),
        lower=frozenset(f for f, c, big in zip(folded, content, capital, strict=True) if c and not big),
        names=frozenset(f for f, big in zip(folded, capital, strict=True) if big),
        read=read,
        is_accented=is_marked,
        is_relative=_RELATIVE.search(read.lower()) is not None,
    )


def compare(one: Worded, other: Worded, *, days_apart: float = 0.0) -> Match:
    """Two sentences and how many days lie between their publication -> how alike, and whether the same."""
    likeness = measure_likeness(one.content, other.content)
    if likeness < SUGGEST:
        return Match(likeness, is_same=False, why=())
    why = tuple(_find_differences(one, other, days_apart))
    return Match(likeness, is_same=likeness >= SAME and not why, why=why)


def measure_likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Twice the words both have, by the words of each (Dice 1945), 0 to 1."""
    total = len(one) + len(other)
    return round(2 * len(one & other) / total, 4) if total else 0.0


def are_like(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences' words are enough alike for a suggestion."""
    return measure_likeness(one, other) >= SUGGEST


def _find_differences(one: Worded, other: Worded, days_apart: float) -> Iterable[str]:
    if min(len(w.content) + len(w.figures) for w in (one, other)) < _LEAST:
        yield TOO_SHORT
    have_same = _have_the_same_figures(one, other)
    if not have_same:
        yield OTHER_FIGURES.format(one=_shown(_only_in(one, other)), other=_shown(_only_in(other, one)))
    if one.names != other.names and _differ_in_names(one, other):
        yield OTHER_NAMES.format(words=_shown(sorted(one.names ^ other.names)))
    mine, theirs = _apart(one, other)
    turning = {word for word in (*mine, *theirs) if word in _TURNING} | _opposites(mine, theirs)
    turning -= frozenset() if have_same else _HEDGES  # "hơn" belongs to a figure that is another anyway
    if turning:
        yield TURNED.format(words=_shown(sorted(turning)))
    if any(_is_content(w) for w in mine) and any(_is_content(w) for w in theirs):
        yield OTHER_WORDS.format(one=_shown(sorted(mine)), other=_shown(sorted(theirs)))
    if have_same and _COMPARING & {*one.plain, *other.plain} and _landmarks(one) != _landmarks(other):
        yield OTHER_ORDER
    if days_apart > _FAR and (one.is_relative or other.is_relative):
        yield OTHER_TIME.format(days=round(days_apart))


@lru_cache(maxsize=8192)
def _find_figures(text: str) -> tuple[Figure, ...]:
    """A sentence -> its figures in order, normalised: "1.200" is 1200, "1,2 triệu đồng" 1200000 VND."""
    quantities = find_quantities(text, language="vi" if is_accented(text) else "en")
    found: dict[int, Figure] = {}
    for quantity in quantities:
        unit, factor = measure_of(quantity)
        bounds = (f"{bound * factor:g}" for bound in (quantity.low, quantity.high))
        value = " ".join((*bounds, quantity.certainty, unit))
        found[quantity.start] = Figure(value, quantity.thing, quantity.text)
    inside = [(quantity.start, quantity.end) for quantity in quantities]
    for hit in _TOKEN.finditer(text):
        if hit[0][0].isdigit() and not any(start <= hit.start() < end for start, end in inside):
            parts = re.split(r"[/:-]", hit[0])  # 05/11 and 5-11 are one day
            found[hit.start()] = Figure("/".join(part.lstrip("0") for part in parts), "", hit[0])
    return tuple(found[start] for start in sorted(found))


def _have_the_same_figures(one: Worded, other: Worded) -> bool:
    """The same figures in order; in another order only where each counts a thing of its own."""
    if (
        one.is_accented != other.is_accented
    ):  # without marks no counted thing can be known: "bon" is "bốn", too
        return _digits(one) == _digits(other)
    if [figure.value for figure in one.figures] == [figure.value for figure in other.figures]:
        return True
    counted = [Counter(f.key for f in w.figures if f.thing) for w in (one, other)]
    loose = [[f.value for f in w.figures if not f.thing] for w in (one, other)]
    things = [thing for _, thing in counted[0]]
    return counted[0] == counted[1] and loose[0] == loose[1] and len(set(things)) == len(things)


def _digits(worded: Worded) -> list[str]:
    return re.findall(r"\d+", worded.read)


def _only_in(one: Worded, other: Worded) -> list[str]:
    """The figures, as written, that the other has not; all of them where only their things differ."""
    theirs = {figure.value for figure in other.figures}
    return [f.written for f in one.figures if f.value not in theirs] or [f.written for f in one.figures]


def _differ_in_names(one: Worded, other: Worded) -> bool:
    """A name at the head of a sentence, or written small, is the same name; what the other lacks is not."""
    return not (one.names <= set(other.folded) and other.names <= set(one.folded))


def _apart(one: Worded, other: Worded) -> tuple[set[str], set[str]]:
    """The words that only one of the two has; without marks where one of them is written without."""
    marked = one.is_accented == other.is_accented
    mine, theirs = (Counter(w.plain if marked else w.folded) for w in (one, other))
    return set(mine - theirs), set(theirs - mine)


def _opposites(mine: set[str], theirs: set[str]) -> set[str]:
    return {
        word
        for word in mine
        for others in OPPOSITES.get((word,), ())
        if len(others) == 1 and others[0] in theirs
    }


def _is_content(word: str) -> bool:
    return len(word) > 1 and word not in STOP_WORDS


def _landmarks(worded: Worded) -> tuple[str, ...]:
    """Names and figures in order: what a comparison puts before what."""
    return (*(word for word in worded.folded if word in worded.names), *_digits(worded))


def _shown(words: Iterable[str]) -> str:
    shown = list(words)[:6]
    return ", ".join(f"“{word}”" for word in shown) if shown else "không có"
