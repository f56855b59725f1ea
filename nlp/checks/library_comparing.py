"""Whether a claim's sentence and a line of the evidence library speak of one thing, and differ in it. Pure.

Four ways lead there, all narrow: the line is the sentence word for word, but for a number; it is the sentence
said again with something exchanged, or told in another order; or both give a figure of the same thing, in the
same unit, place and time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from nlp.checks.library_meetings import (
    CAUSING,
    EMPTY,
    LIGHT,
    Kind,
    Meeting,
    count_common_negations,
    is_said_at_once,
    is_same_place,
    is_same_time,
    names_are_in,
    plain,
    share_a_figure,
)
from nlp.checks.library_reading import Line, Token
from nlp.checks.library_reprinted import find_reprinted
from nlp.checks.library_retold import find_retold
from nlp.checks.noughts import is_denied_here
from nlp.checks.scopes import are_opposed, is_added_to
from nlp.checks.statements import content_words, overlap
from nlp.quantities import are_comparable, do_disagree, is_nought, measure_of
from nlp.syllables import is_toneless_syllable
from nlp.text import fold
from store.types import Quantity

_LEAST_TOKENS = 7  # of a sentence said again
_LEAST_DATED = 12  # of one in which only the day or the place differs: shorter ones are said of many days
_SAID_AGAIN = 0.8  # of the tokens of both
_COVERED = 0.84  # of the words by which either names its figure
_ALIKE = 0.5  # of the content words of prose
_FAR = 12.0  # times: more than a digit too many
_LEAST_SHARED = 3  # words of content in common
_DIGITS = re.compile(r"\d[\d.,]*")
Steps = Sequence[tuple[str, int, int, int, int]]  # as difflib gives them, over the tokens of both


def do_disagree_here(one: Quantity, other: Quantity, *, is_headed: bool = False) -> bool | None:
    """Whether two figures of one thing differ; None where their units cannot be set beside each other.

    `is_headed`: headings say what is counted, so that one may name it more closely than the other.
    """
    if measure_of(one)[0] != measure_of(other)[0] or not one.unit:
        return None
    if one.thing != other.thing and are_comparable(one, other):
        return do_disagree(one, other)
    shorter, longer = sorted((one.thing, other.thing), key=len)
    is_same = shorter == longer or (is_headed and longer.startswith(f"{shorter} "))
    if shorter and not is_same:
        return None
    thing = one.thing or other.thing or "it"
    return do_disagree(_of(one, thing), _of(other, thing))


def find_meetings(mine: Line, theirs: Line, *, days_apart: int | None) -> tuple[Meeting, ...]:
    """A claim's sentence and a line -> what of them speaks of one thing, agreeing or not.

    `days_apart`: between the days on which the two were published; None where one is not known.
    """
    if are_opposed(mine.text, theirs.text) or is_added_to(mine.text, theirs.text):
        return ()
    found = _find_any(mine, theirs, days_apart)
    turned = found and not theirs.subject and _denials(mine, theirs) != _denials(theirs, mine)
    return () if turned else found  # "đúng quy định" and "không đúng quy định", with one figure


def _denials(line: Line, other: Line) -> int:
    """How often a line denies something that both speak of; to say that there was none is to count."""
    noughts = sum(is_nought(quantity) and not quantity.text[:1].isdigit() for quantity in line.quantities)
    return max(0, count_common_negations(line, other) - noughts)


def _find_any(mine: Line, theirs: Line, days_apart: int | None) -> tuple[Meeting, ...]:
    """The meetings of two sentences, whether or not one of them denies what the other says."""
    found = None if theirs.subject or mine.is_listed else _same_sentence(mine, theirs, days_apart)
    if found is not None or mine.is_plain:
        return found or ()  # the same sentence of another time meets nothing
    if mine.is_forecast != theirs.is_forecast or not is_same_time(mine, theirs, days_apart):
        return ()
    if not is_same_place(mine, theirs):
        return ()
    retold = None if theirs.subject else find_retold(mine, theirs)
    if retold is not None:
        return (retold,)
    return tuple(_same_things(mine, theirs, days_apart))


def _same_sentence(mine: Line, theirs: Line, days_apart: int | None) -> tuple[Meeting, ...] | None:
    found = find_reprinted(mine, theirs, days_apart)
    return _said_again(mine, theirs, days_apart) if found is None else found


def _said_again(mine: Line, theirs: Line, days_apart: int | None) -> tuple[Meeting, ...] | None:
    """What was exchanged in a sentence that is otherwise the same; None where it is another sentence."""
    ours, others = mine.tokens, theirs.tokens
    if min(len(ours), len(others)) < _LEAST_TOKENS or not _may_be_again(ours, others):
        return None
    matcher = SequenceMatcher(None, [t.key for t in ours], [t.key for t in others], autojunk=False)
    likeness = matcher.ratio()
    if likeness < _SAID_AGAIN:
        return None
    if not is_said_at_once(mine, theirs, days_apart):
        return ()
    steps = matcher.get_opcodes()
    if _other_words(mine, [(s[1], s[2]) for s in steps if s[0] != "equal"]) or _other_words(
        theirs, [(s[3], s[4]) for s in steps if s[0] != "equal"]
    ):
        return None
    return _exchanged(mine, theirs, steps, likeness)


def _exchanged(mine: Line, theirs: Line, steps: Steps, likeness: float) -> tuple[Meeting, ...]:
    """Figures, or else the one day or place, that stand in the same place of two sentences and differ."""
    figures = tuple(_aligned(mine, theirs, steps, likeness))
    is_other_day = bool(mine.days and theirs.days and mine.days != theirs.days)
    if mine.periods != theirs.periods or (mine.years and theirs.years and mine.years != theirs.years):
        return ()  # last month's report, or last year's
    is_other_place = not is_same_place(mine, theirs)
    if not (is_other_day or is_other_place):
        return figures
    is_short = len(mine.tokens) < _LEAST_DATED
    if is_short or (is_other_day and is_other_place) or not all(m.agrees for m in figures):
        return ()
    return _only_one_differs(mine, theirs, steps, likeness)


def _other_words(line: Line, stretches: list[tuple[int, int]]) -> bool:
    """Whether something was exchanged beside figures, days, places and words that carry nothing."""
    within = {key for name in line.names for key in name.split()}
    for begins, ends in stretches:
        for token in line.tokens[begins:ends]:
            of_figure = any(q.start <= token.start < q.end for q in line.quantities)
            if not (token.is_number or of_figure or token.key in within) and content_words(token.key) - EMPTY:
                return True
    return False


def _may_be_again(ours: tuple[Token, ...], others: tuple[Token, ...]) -> bool:
    shared = len({t.key for t in ours} & {t.key for t in others})
    shorter, longer = sorted((len(ours), len(others)))
    return longer * 2 < shorter * 3 and shared * 2 > len({t.key for t in ours})


def _aligned(mine: Line, theirs: Line, steps: Steps, likeness: float) -> Iterator[Meeting]:
    """Figures that stand in the same place of the two sentences."""
    for quantity in mine.quantities:
        at = _token_at(mine, quantity)
        for other in theirs.quantities:
            there = _token_at(theirs, other)
            if at is None or there is None or not _stand_together(steps, at, there):
                continue
            differ = do_disagree_here(quantity, other)
            if differ is None and measure_of(quantity)[0] == measure_of(other)[0]:
                differ = (quantity.low, quantity.high) != (other.low, other.high)
            if differ is not None:
                yield _meeting(quantity, other, differ=differ, likeness=likeness)
                break


def _stand_together(steps: Steps, at: int, there: int) -> bool:
    for tag, i1, i2, j1, j2 in steps:
        if i1 <= at < i2 and j1 <= there < j2:
            return tag == "replace" or at - i1 == there - j1
    return False


def _token_at(line: Line, quantity: Quantity) -> int | None:
    """The position of the figure's first token."""
    for position, token in enumerate(line.tokens):
        if token.start >= quantity.start:
            return position if token.start < quantity.end else None
    return None


def _only_one_differs(mine: Line, theirs: Line, steps: Steps, likeness: float) -> tuple[Meeting, ...]:
    """The one exchanged stretch of two sentences that are otherwise word for word the same."""
    changed = [step for step in steps if step[0] != "equal"]
    if len(changed) != 1 or changed[0][0] != "replace":
        return ()
    _, i1, i2, j1, j2 = changed[0]
    said = mine.text[mine.tokens[i1].start : mine.tokens[i2 - 1].end]
    stands = theirs.text[theirs.tokens[j1].start : theirs.tokens[j2 - 1].end]
    is_place = not names_are_in(mine.names, theirs.text)
    if is_place and not (mine.names and theirs.names):
        return ()
    kind = Kind.PLACE if is_place else Kind.DAY
    return (Meeting(kind, said, stands, agrees=False, likeness=round(likeness, 4)),)


def _same_things(mine: Line, theirs: Line, days_apart: int | None) -> Iterator[Meeting]:
    if not theirs.subject and _have_other_names(mine, theirs):
        return
    for quantity in mine.quantities:
        is_part = mine.is_part(quantity)
        if is_part and not share_a_figure(mine, theirs):
            continue  # a part of the same whole can be set beside its like
        for other in theirs.quantities:
            if (theirs.is_part(other) and not theirs.subject) != is_part:
                continue
            differ = do_disagree_here(quantity, other, is_headed=bool(theirs.subject))
            if differ and not is_denied_here(quantity, other, mine, days_apart):
                continue
            likeness = _likeness(mine, theirs, quantity, other)
            if differ is not None and likeness and not (differ and _are_far_apart(quantity, other)):
                yield _meeting(quantity, other, differ=differ, likeness=likeness)


def _are_far_apart(one: Quantity, other: Quantity) -> bool:
    """Whether two figures are of another order of size, and so of something else told in the same words.

    The same digits in another unit are a slip of the pen: "8.200 m²" for "8.200 ha", triệu for tỷ.
    """
    digits = [hit[0] if (hit := _DIGITS.search(q.text)) else "" for q in (one, other)]
    sizes = sorted(q.high * measure_of(q)[1] for q in (one, other))
    return digits[0] != digits[1] and sizes[0] > 0 and sizes[1] / sizes[0] > _FAR


def _have_other_names(one: Line, other: Line) -> bool:
    """Whether both name a firm or a make, and none of them is the same."""
    mine, theirs = _marks_of(one), _marks_of(other)
    return bool(mine and theirs and not mine & theirs)


def _marks_of(line: Line) -> frozenset[str]:
    """Names of no Vietnamese syllable that hold a small letter: "Vinamilk", not "UBND". None in English."""
    if line.text.isascii():
        return frozenset()
    words = (line.text[token.start : token.end] for token in line.tokens[1:] if not token.is_number)
    return frozenset(
        word.casefold()
        for word in words
        if word[:1].isupper()
        and not word.isupper()
        and word.isalpha()
        and not is_toneless_syllable(fold(word.casefold()).text)
    )


def _likeness(mine: Line, theirs: Line, quantity: Quantity, other: Quantity) -> float:
    """How well the words by which both name their figure cover each other; 0.0 where not well enough."""
    named = _naming(mine, quantity)
    known = theirs.words | content_words(theirs.context)
    if theirs.subject:
        return _likeness_to_headings(mine, theirs, quantity, named - CAUSING)
    names_theirs = _naming(theirs, other)
    if is_nought(quantity) or is_nought(other):  # "làm 2 người chết", "không có người chết"
        names_theirs = names_theirs - CAUSING or named
        named = named - CAUSING or names_theirs
    if _is_one_of_many(mine, quantity) or _is_one_of_many(theirs, other):
        return 0.0
    shared = plain(mine.words) & plain(theirs.words)
    alike = overlap(plain(mine.words), plain(theirs.words))
    if len(shared) < _LEAST_SHARED or alike < _ALIKE:
        return 0.0
    if named or names_theirs:
        covered = min(_share(named, known), _share(names_theirs, mine.words))
        return round(min(covered, alike), 4) if covered >= _COVERED else 0.0
    return round(alike, 4) if _is_one_count(mine, theirs, quantity, other) else 0.0


def _likeness_to_headings(mine: Line, theirs: Line, quantity: Quantity, named: frozenset[str]) -> float:
    """As above, of a table's value. "Xảy ra 12 vụ cháy" names it behind the figure: then nothing more may
    stand there, for a table counts all.
    """
    subject = plain(theirs.words)
    if len(subject) < 2:
        return 0.0
    if not named:
        after = re.split(r"[,;:.]", mine.text[quantity.start :])[0]
        names = frozenset(word for name in mine.names for word in name.split())
        if not plain(content_words(after)) - names <= subject:
            return 0.0
    known = theirs.words | content_words(theirs.context)
    alike = min(_share(subject, mine.words), _share(named, known) if named else 1.0)
    return round(alike, 4) if alike >= _COVERED else 0.0


def _is_one_count(mine: Line, theirs: Line, quantity: Quantity, other: Quantity) -> bool:
    """Whether two figures with no word before them that carries anything ("toàn tỉnh còn 41.250 hộ nghèo")
    are of one thing all the same: named by more than one word, both of one named place, and of one named time
    or of one matter that a second figure tells.
    """
    is_named = " " in quantity.thing and quantity.thing == other.thing
    is_placed = bool(mine.names or theirs.names) and is_same_place(mine, theirs)
    is_dated = bool(mine.years & theirs.years or mine.days & theirs.days)
    return is_named and is_placed and (is_dated or share_a_figure(mine, theirs))


def _naming(line: Line, quantity: Quantity) -> frozenset[str]:
    """The words before a figure, back to the figure or the stop before it, and the two after it."""
    begins = max((q.end for q in line.quantities if q.end <= quantity.start), default=0)
    before = line.text[begins : quantity.start]
    for stop in (";", ":", ". ", ", "):
        head, _, tail = before.rpartition(stop)
        if content_words(tail) - EMPTY:
            before = tail
        elif head:
            before = f"{head.rpartition(stop)[2]} {tail}"
    names = frozenset(word for name in line.names for word in name.split())
    return plain(content_words(before)) - LIGHT - names


def _share(asked: frozenset[str], known: frozenset[str]) -> float:
    return len(asked & known) / len(asked) if asked else 0.0


def _is_one_of_many(line: Line, quantity: Quantity) -> bool:
    return any(do_disagree_here(quantity, other) for other in line.quantities if other is not quantity)


def _of(quantity: Quantity, thing: str) -> Quantity:
    return Quantity(
        quantity.text,
        quantity.start,
        quantity.end,
        quantity.low,
        quantity.high,
        quantity.unit,
        thing,
        quantity.certainty,
    )


def _meeting(one: Quantity, other: Quantity, *, differ: bool, likeness: float) -> Meeting:
    exact = one.certainty == other.certainty == "exact"
    return Meeting(Kind.FIGURE, one.text, other.text, not differ, round(likeness, 4), exact)
