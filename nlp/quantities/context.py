"""What stands around a number: how sure it is, what it counts or measures, and what happened to that."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp.patterns import alternatives, lookup, phrases_of, whole_words
from nlp.quantities import vocabulary as words
from nlp.text import fold

_MAX_STATE_DISTANCE = 45  # characters between what is counted and what happened to it, about eight syllables


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number is of; `length` is how many characters after the number belong to the unit."""

    unit: str
    thing: str
    length: int


@dataclass(frozen=True, slots=True)
class _Noun:
    unit: str
    canonical: str


def _make_nouns(persons: dict[str, str]) -> dict[str, _Noun]:
    nouns = {phrase: _Noun("person", key) for phrase, key in lookup(persons).items()}
    nouns |= {fold(phrase).text: _Noun("household", "ho") for phrase in words.HOUSEHOLDS.split("|")}
    nouns[fold("hộ nghèo").text] = _Noun("household", "ho ngheo")
    nouns[fold("hộ cận nghèo").text] = _Noun("household", "ho can ngheo")
    nouns |= {fold(phrase).text: _Noun("house", "nha") for phrase in words.HOUSES.split("|")}
    nouns |= {phrase: _Noun("vehicle", key) for phrase, key in lookup(words.VEHICLES).items()}
    return nouns | {phrase: _Noun("case", key) for phrase, key in lookup(words.CASES).items()}


@dataclass(frozen=True, slots=True)
class _Language:
    """The compiled vocabulary of one language."""

    noun: re.Pattern[str]
    nouns: dict[str, _Noun]
    state: re.Pattern[str]
    state_before: re.Pattern[str]
    states: dict[str, str]


_NOT_A_HOUSE = rf"nhà (?:{words.NOT_HOUSES})(?!\w)"


def _make_language(persons: dict[str, str], states: dict[str, str], between: str) -> _Language:
    phrases = [*phrases_of(persons), *phrases_of(words.VEHICLES), *phrases_of(words.CASES)]
    phrases += [*words.HOUSEHOLDS.split("|"), *words.HOUSES.split("|")]
    links = r"(?:\s(?:thêm|tới|đến|là|lên|của|có|cho|on|to|as many as|of)){0,3}"
    ends = rf"(?<!\w)({alternatives(phrases_of(states))}){links}\s*$"
    return _Language(
        noun=re.compile(rf"\s+{between}(?!{_NOT_A_HOUSE})({alternatives(phrases)})(?!\w)", re.IGNORECASE),
        nouns=_make_nouns(persons),
        state=whole_words("|".join(phrases_of(states))),
        state_before=re.compile(ends, re.IGNORECASE),
        states=lookup(states),
    )


_VI = _make_language(words.PERSONS_VI, words.STATES_VI, "")
_EN = _make_language(words.PERSONS_EN, words.STATES_EN, r"(?:(?!(?:of|in|on|and)\b)[a-z-]+\s){0,2}?")

_MEASURE = re.compile(
    rf"\s?(?:({alternatives(phrases_of(words.MEASURES))})(?!\w)|(%|km²|m²|m³))", re.IGNORECASE
)
_MEASURES = lookup(words.MEASURES)
_NOT_MEASURE = re.compile(
    r"\s?(?:đồng|dong)\s(?:chí|chi|bào|bao|hương|huong|đội|doi|phạm|pham|thời|thoi|loạt|loat)(?!\w)",
    re.IGNORECASE,
)
_DURATION = re.compile(rf"[\s-](?:{alternatives(words.DURATIONS.split('|'))})(?!\w)", re.IGNORECASE)
_RATE = re.compile(r"\s?/\s?([^\W\d_]{1,8}\d?)|\s(?:một|mỗi|per|a)\s([^\W\d_]{1,8})(?!\w)", re.IGNORECASE)
_MEASURED = whole_words("|".join(phrases_of(words.MEASURED)))
_MEASURED_KEYS = lookup(words.MEASURED)
_NOT_MEASURED = whole_words(words.NOT_MEASURED, also_unaccented=False)
# "giá" without its mark is half of "Gia Lai", "gia đình" and "quốc gia": taken only where nothing has marks
_BARE = frozenset(
    fold(phrase).text for phrase in phrases_of(words.MEASURED) if " " not in phrase and not phrase.isascii()
) - frozenset(phrases_of(words.MEASURED))
_UNREAL = re.compile(rf"(?<!\w)(?:{alternatives(words.UNREAL.split('|'))})(?!\w)", re.IGNORECASE)
_COUNT_OF = re.compile(
    r"(?<!\w)(?:số|so|tổng số)\s(người|nguoi|nạn nhân|ca|nhà|hộ)(?!\w)([^.,;:\d]{0,40})$|"
    r"(?<!\w)(death) toll([^.,;:\d]{0,40})$",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[.,;:!?()\n\"“”]|\s(?:và|va|and|but|nhưng|trong đó|trong khi|while|còn|cùng|with|plus|"
    r"tính đến|tính tới)\s"
)
_CLAUSE_START = re.compile(r"[.,;:!?()\n\"“”]|\s(?:và|and|nhưng|but|trong đó|trong khi|while|còn)\s")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_NOT_BARE_MONEY = re.compile(
    rf"[$€£]|(?<!\w)(?:dân số|người|lượt|bảng|{alternatives(words.OTHER_MONEY.split('|'))})(?!\w)",
    re.IGNORECASE,
)
_CERTAIN = {
    kind: re.compile(
        rf"(?<!\w)({alternatives(joined.split('|'), also_unaccented=False)})"
        r"\s*(?:có|khoảng|là|từ|of|as)?\s*[$€]?$",
        re.IGNORECASE,
    )
    for kind, joined in words.CERTAINTY_BEFORE.items()
}
_CERTAIN_AFTER = {
    kind: re.compile(rf"[^.,;\d]{{0,25}}?(?<!\w)(?:{alternatives(joined.split('|'))})(?!\w)", re.IGNORECASE)
    for kind, joined in words.CERTAINTY_AFTER.items()
}
# What is cheap to look for before the patterns: the last words of `_CERTAIN`, and all of the other.
_FILLERS = ("có", "khoảng", "là", "từ", "of", "as")
_LAST_WORDS = (
    *_FILLERS,
    *{phrase.split()[-1] for joined in words.CERTAINTY_BEFORE.values() for phrase in joined.split("|")},
)
_AFTER_WORDS = tuple(phrase for joined in words.CERTAINTY_AFTER.values() for phrase in joined.split("|"))
_AFTER_WORDS += tuple(fold(phrase).text for phrase in _AFTER_WORDS)
_REACH = 60  # characters after a number in which one of them begins and ends


def find_certainty(before: str, after: str) -> tuple[str, int]:
    """The text before and after a number -> exact, about, at_least or at_most, and where in `before` the word
    begins.

    "hơn", "gần" and the like are the reporter's own doubt; a figure with one of them is never set against
    another as if it were exact.
    """
    best, start = "exact", len(before)
    ends_so = before.rstrip().rstrip("$€").rstrip().lower().endswith(_LAST_WORDS)
    for kind, pattern in _CERTAIN.items() if ends_so else ():
        hit = pattern.search(before)
        if hit and hit.start() < start:
            best, start = kind, hit.start()
    near = after[:_REACH].lower().replace("\u00a0", " ") if best == "exact" else ""
    if any(word in near for word in _AFTER_WORDS):
        for kind, pattern in _CERTAIN_AFTER.items():
            if pattern.match(after):
                return kind, start
    return best, start


def find_counted(before: str, after: str, *, language: str, small_word: bool = False) -> Counted | None:
    """The text around a number -> what it counts, or None where it counts nothing that can be named.

    `before` ends where the number (or its certainty) begins, `after` starts where it ends. `small_word` is a
    number written as a word: it counts only before a known noun, because "ba" is also a father.
    """
    vocabulary = _EN if language == "en" else _VI
    measure = None if _NOT_MEASURE.match(after) else _MEASURE.match(after)
    if measure:
        return _measured(before, after, measure)
    noun = vocabulary.noun.match(after)
    if noun:
        return _counted_noun(before, after, noun, vocabulary)
    if _DURATION.match(after):
        return None
    return _bare(before, after, vocabulary) or (None if small_word else _generic(after))


def is_bare_money(before: str, after: str) -> bool:
    """The text around a number that ends in "tỷ" -> whether it is đồng without the word: "nợ hơn 891 tỷ".

    Nothing is counted after it, and neither people nor another currency are spoken of nearby.
    """
    first = _WORD.match(after.lstrip())
    ends = first is None or first.start() > 0 or first[0].lower() in words.STOP
    return ends and _NOT_BARE_MONEY.search(f"{before}\n{after}") is None


def find_state_end(after: str, *, language: str) -> int:
    """The text after a number -> where the words end that say what happened to the counted; 0 if none do."""
    hit = (_EN if language == "en" else _VI).state.search(_clause(after), 0, _MAX_STATE_DISTANCE)
    return hit.end() if hit else 0


def may_be_counted(before: str, after: str, *, language: str) -> bool:
    """Whether a number written as a word can count anything here: a quick look that misses nothing."""
    vocabulary = _EN if language == "en" else _VI
    return bool(
        _MEASURE.match(after)
        or vocabulary.noun.match(after)
        or vocabulary.state.match(after.lstrip())
        or _may_count(before)
    )


def _may_count(before: str) -> bool:
    small = before.lower()
    return "số" in small or "so" in small or "toll" in small


def _measured(before: str, after: str, hit: re.Match[str]) -> Counted:
    unit = _MEASURES[fold(hit[1] or hit[2]).text]
    length = hit.end()
    rate = _RATE.match(after, length)
    if rate:
        unit = f"{unit}/{fold(rate[1] or rate[2]).text}"
        length = rate.end()
    return Counted(unit, _measured_thing(before, after[length:], unit), length)


def _measured_thing(before: str, after: str, unit: str) -> str:
    """What a length, an area or a sum is of: a known measure before it, else the words beside it."""
    clause = _CLAUSE_START.split(before)[-1]
    cues = [hit for hit in _MEASURED.finditer(clause) if _is_measured(clause, hit)]
    parts = [_MEASURED_KEYS[fold(cues[-1][0]).text]] if cues else []
    if unit in ("ha", "km2", "m2", "m3", "tonne", "kg", "percent", "sao", "mau"):
        parts += _what_follows(_clause(after))
    if not parts and (late := _MEASURED.match(after.removeprefix(" in").removeprefix(" of").lstrip())):
        parts = [_MEASURED_KEYS[fold(late[0]).text]]
    if not parts:
        parts = _content_words(clause, limit=100)[-2:]
    return " ".join(parts)


def _is_measured(clause: str, hit: re.Match[str]) -> bool:
    if hit[0].lower() in _BARE and not clause.isascii():
        return False
    return _NOT_MEASURED.match(clause, hit.start()) is None


def _what_follows(clause: str) -> list[str]:
    """After "1.200 ha", " lúa bị ngập" -> lua, ngap: what covers the ground and what happened to it."""
    content = _content_words(clause, limit=2)
    state = _state_after(clause, _VI)
    return [*content, state] if state and state not in content else content


def _counted_noun(before: str, after: str, hit: re.Match[str], vocabulary: _Language) -> Counted:
    noun = vocabulary.nouns[fold(hit[1]).text]
    rest = _clause(after[hit.end() :])
    state = _state_after(rest, vocabulary) or _state_before(before, vocabulary)
    if not state and hit[1].lower() in ("deaths", "fatalities"):
        state = "chet"
    if not state:
        qualifier = _content_words(rest, limit=2)
        return Counted(noun.unit, " ".join([noun.canonical, *qualifier]), hit.end())
    return Counted(noun.unit, f"{noun.canonical} {state}", hit.end())


def _bare(before: str, after: str, vocabulary: _Language) -> Counted | None:
    """The noun is left out or stands before: "5 bị thương", "số người chết lên 12", "12 injured"."""
    state = vocabulary.state.match(after.lstrip()) if after[:1].isspace() else None
    if state:
        length = len(after) - len(after.lstrip()) + state.end()
        return Counted("person", f"nguoi {vocabulary.states[fold(state[0]).text]}", length)
    counted = _COUNT_OF.search(before) if _may_count(before) else None
    if counted is None or (_WORD.match(after.lstrip()[:1]) and not _ends_count(after)):
        return None
    if counted[3]:
        return Counted("person", "nguoi chet", 0)
    noun = _VI.nouns[fold(counted[1]).text]
    inner = vocabulary.state.search(counted[2])
    what = f"{noun.canonical} {vocabulary.states[fold(inner[0]).text]}" if inner else noun.canonical
    return Counted(noun.unit, what, 0) if inner else None


def _ends_count(after: str) -> bool:
    first = _WORD.match(after.lstrip())
    return first is None or first[0].lower() in words.STOP


def _generic(after: str) -> Counted | None:
    """Any other counted thing: its first two syllables, classifier left out."""
    if not after[:1].isspace():
        return None
    first = _WORD.match(after, 1)
    if first is None or first[0][0].isupper() or first[0].lower() in words.STOP:
        return None
    start = first.end() if first[0].lower() in _CLASSIFIERS else 0
    thing = list(_WORD.finditer(_clause(after), start))[:2]
    if thing and (stops := [word[0].lower() in words.STOP for word in thing])[-1]:
        thing = [] if stops[0] else thing[:1]
    return Counted("item", fold(" ".join(word[0] for word in thing)).text, thing[-1].end()) if thing else None


_CLASSIFIERS = frozenset(words.CLASSIFIERS)


def _state_after(rest: str, vocabulary: _Language) -> str:
    hit = vocabulary.state.search(rest, 0, _MAX_STATE_DISTANCE)
    if hit is None:
        return ""
    state = vocabulary.states[fold(hit[0]).text]
    return f"khong chac {state}" if _UNREAL.search(rest, 0, hit.start()) else state


def _state_before(before: str, vocabulary: _Language) -> str:
    hit = vocabulary.state_before.search(before)
    return vocabulary.states[fold(hit[1]).text] if hit else ""


def _clause(text: str) -> str:
    """The text up to the next comma, "and", or end of sentence."""
    end = _CLAUSE_END.search(text)
    return text[: end.start()] if end else text


def _content_words(text: str, *, limit: int) -> list[str]:
    """Folded words up to the first that carries no content; leading auxiliaries are passed over."""
    found: list[str] = []
    for hit in _WORD.finditer(text):
        word = hit[0].lower()
        if word in words.STOP:
            if found and limit < 100:
                break
            continue
        found.append(fold(word).text)
        if len(found) == limit:
            break
    return found
