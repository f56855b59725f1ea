"""Numbers of tables as Vietnamese offices write them, and which cells are numbers. Pure."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

# as programs write them, no signs between thousands; 21.576 may be either and is left alone
_PLAIN = re.compile(r"[-+−]?\d+(?:\.(?!\d{3}$)\d+)?")
_WRITTEN = re.compile(r"[-+−]?\s?\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d+)?|[-+−]?\d+[.,]\d+|[-+−]?\d+")
_UNIT = r"\s*(?:%|‰|[^\W\d_][^;:]{0,20})?"
_NUMERIC = re.compile(f"(?:{_WRITTEN.pattern}){_UNIT}|[-–…]|\\.{{2,3}}|x")
_YEAR = re.compile(r"(?:năm\s*)?(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)?\d\d)?", re.IGNORECASE)
_GROUPED = 10_000  # from here on thousands are set apart
_LONGEST = 40  # digits that are still a number somebody meant
_MOST_DIGITS = 18  # of a count that somebody means: the country's yearly product is some 10**16 đồng
_POWERS = re.compile(r"[-+−]?\d+(?:[.,]\d+)?[eE]\+?(\d+)")
_TIMES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9, "nghìn tỷ": 12, "nghìn tỉ": 12, "ngàn tỷ": 12}
_COUNTED = re.compile(
    rf"({_WRITTEN.pattern})\s*({'|'.join(sorted(_TIMES, key=len, reverse=True))})?\b.{{0,20}}"
)
_MOST_SHARE = 1e12  # what is shown as a percentage
MISSING = frozenset({"", "-", "–", "…", "..", "...", "x"})  # as yearbooks mark what is not known


def show_number(value: float | Decimal) -> str:
    """A number -> "3.583.693", "5,6"; at most 12 digits that mean something."""
    if isinstance(value, float) and not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else "?"
    exact = Decimal(f"{value:.12g}") if isinstance(value, float) else Decimal(value)
    whole, _, rest = f"{exact:f}".partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".") if int(digits) >= _GROUPED else digits
    rest = rest.rstrip("0")
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"


def show_cell(value: object, number_format: str = "") -> str:
    """A cell's value as text: days as 31/12/2025, percentages as such, other numbers as `show_number`."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):  # a moment is a day, too
        clock = isinstance(value, datetime) and value.time() != time()
        return f"{value:%d/%m/%Y %H:%M}" if clock else f"{value:%d/%m/%Y}"
    if isinstance(value, int | float) and "%" in number_format and abs(value) < _MOST_SHARE:
        return f"{show_number(float(value) * 100)}%"
    if isinstance(value, int | float):
        return show_number(value if isinstance(value, float) else Decimal(value))
    return "" if value is None else str(value)


def show_written(text: str) -> str:
    """A number as a program wrote it into a CSV, set apart for people; anything else as it is."""
    bare = text.strip()
    is_code = bare.startswith("0") and bare[1:2].isdigit()  # 0912: what begins so is no count
    if is_code or len(bare) > _LONGEST or not _PLAIN.fullmatch(bare):
        return text
    try:
        return show_number(Decimal(bare.replace("−", "-")))
    except InvalidOperation:  # digits of other scripts
        return text


def is_numeric(text: str) -> bool:
    """Whether a cell holds a number, with a unit or without, or a sign for a missing one."""
    return text in ("∞", "−∞") or (len(text) <= 60 and _NUMERIC.fullmatch(text.strip()) is not None)


def is_overflowing(text: str) -> bool:
    """Whether a cell holds more digits than any honest number, or one that a program could not hold.

    "1e400" and "9.000.000.000 tỷ" are such numbers, too.
    """
    digits = sum(letter.isdigit() for letter in text)
    if "∞" in text or (digits > _LONGEST and digits >= len(text) - 3):
        return True
    power = _POWERS.fullmatch(text.strip())
    counted = _COUNTED.fullmatch(text.strip()) if len(text) <= _LONGEST * 2 else None
    if power or not counted:
        return power is not None and (len(power[1]) > 2 or int(power[1]) > _MOST_DIGITS)
    whole = re.sub(r"[.,]\d{1,2}$|\D", "", counted[1])
    power_of_ten = _TIMES.get(counted[2] or "", 0)
    return len(whole) + power_of_ten > _MOST_DIGITS


def is_year(text: str) -> bool:
    """Whether a cell names a year, as headings of tables do."""
    return _YEAR.fullmatch(text.strip()) is not None
