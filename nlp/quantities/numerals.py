"""Written numbers -> values: digits by shape and language, number words of both languages. Never raises."""

from __future__ import annotations

import re

from nlp.patterns import alternatives

_MAX_DIGITS = 15  # beyond this a float is no longer exact, and no newspaper counts so far

_SCALE_VI = {
    "chục": 10.0, "trăm": 1e2, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỉ": 1e9, "tỷ": 1e9,
    "nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ti": 1e9, "ty": 1e9, "tr": 1e6,
}  # fmt: skip
_SCALE_EN = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "mn": 1e6, "bn": 1e9, "dozen": 12.0,
}  # fmt: skip
SCALES = _SCALE_VI | _SCALE_EN

_UNITS_VI = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_TIES_VI = frozenset({"linh", "lẻ"})
_UNITS_EN = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip

# "hàng chục": tens, so anything from 20 to 99; a guess of size, never an exact figure.
VAGUE = {
    "hàng chục": (20, 99), "hàng trăm": (100, 999), "hàng nghìn": (1e3, 9999), "hàng ngàn": (1e3, 9999),
    "hàng vạn": (1e4, 99999), "hàng triệu": (1e6, 9999999), "hàng tỉ": (1e9, 9999999999),
    "hàng tỷ": (1e9, 9999999999), "vài chục": (20, 90), "vài trăm": (200, 900), "vài nghìn": (2e3, 9e3),
    "vài ngàn": (2e3, 9e3), "mấy chục": (20, 90), "mấy trăm": (200, 900), "mấy nghìn": (2e3, 9e3),
    "chục": (10, 12), "dozens of": (24, 99), "hundreds of": (100, 999), "thousands of": (1e3, 9999),
    "tens of thousands of": (1e4, 99999), "hundreds of thousands of": (1e5, 999999),
    "millions of": (1e6, 9999999),
}  # fmt: skip

_word_list = (*_UNITS_VI, *_UNITS_EN, "mươi")
_more = ("mươi", *_TIES_VI, "trăm", "nghìn", "ngàn", "hundred", "thousand", "and")
_tail_list = (*_UNITS_VI, *_UNITS_EN, *_more)
_first = alternatives(_word_list, also_unaccented=False)
_tail = alternatives(_tail_list, also_unaccented=False)
WORDS = rf"(?:{_first})(?:[ -](?:{_tail})(?!\w)){{0,9}}(?!\w)"
BEGINNINGS = (*VAGUE, *_word_list, "nửa", "half")  # of a number in words
DIGITS = r"\d+(?:[.,]\d+)*"
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+$")


def read_digits(written: str, *, language: str, scaled: bool = False) -> float | None:
    """`1.200`, `1,2`, `21.576,53` -> value; None where the shape is no number ("1.2.3") or far too long.

    In Vietnamese the dot parts thousands and the comma decimals, in English the other way round; a group of
    three digits after one sign of the other language is still thousands ("1,200 người"), unless a word like
    "triệu" follows (`scaled`), because nobody writes thousands of millions so.
    """
    if sum(char.isdecimal() for char in written) > _MAX_DIGITS:
        return None
    dots, commas = written.count("."), written.count(",")
    if dots and commas:
        return _read_mixed(written, dots, commas)
    if dots + commas == 0:
        return float(written)
    sign = "." if dots else ","
    if dots + commas > 1 or _is_thousands(written, sign, language, scaled=scaled):
        return float(written.replace(sign, "")) if _GROUPED.match(written) else None
    return float(written.replace(",", "."))


def _read_mixed(written: str, dots: int, commas: int) -> float | None:
    decimal = "," if written.rfind(",") > written.rfind(".") else "."
    whole, _, part = written.rpartition(decimal)
    if (commas if decimal == "," else dots) != 1 or not _GROUPED.match(whole):
        return None
    return float(re.sub(r"[.,]", "", whole) + "." + part)


def _is_thousands(written: str, sign: str, language: str, *, scaled: bool) -> bool:
    whole, _, part = written.partition(sign)
    if len(part) != 3 or len(whole) > 3 or whole.startswith("0"):
        return False
    native = "," if language == "en" else "."
    if sign == native:
        return True
    return sign == "," and not scaled


def read_words(written: str) -> float | None:
    """Number words -> value: "hai mươi lăm" 25, "một trăm linh ba" 103, "twenty-five" 25; else None."""
    total, current, last = 0.0, 0.0, 0.0
    for word in written.lower().replace("-", " ").split():
        if word in _TIES_VI or word == "and":
            last = 0.0
        elif word == "mươi":
            current += last * 10 - last
            last = 0.0
        elif word in ("nghìn", "ngàn", "thousand"):
            total, current, last = (total + current) * 1000, 0.0, 0.0
        elif word in ("trăm", "hundred"):
            current, last = current * 100, 0.0
        else:
            value = _UNITS_VI.get(word) or _UNITS_EN.get(word)
            if value is None:
                return None
            if last and not (last >= 10 > value):
                return None  # "hai ba": a rough "two or three", or two numbers side by side
            current, last = current + value, float(value)
    return total + current or None
