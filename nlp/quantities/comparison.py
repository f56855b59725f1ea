"""Whether two quantities speak of the same thing, and whether they can both be true."""

from __future__ import annotations

import math
import re

from nlp.quantities.fractions import find_step
from nlp.quantities.numerals import DIGITS
from store.types import Quantity

_ABOUT = 0.15  # "khoảng 100" and 98 or 110 are the same report
_SAME_MEASURE = {"kg": ("tonne", 1e-3), "m2": ("ha", 1e-4), "km2": ("ha", 1e2), "m": ("km", 1e-3)}
_CASUALTIES = "nguoi thuong vong"
_HARMED = frozenset(f"nguoi {state}" for state in ("chet", "bi thuong", "bi thuong nang", "bi thuong nhe"))
_DIGITS = re.compile(DIGITS)


def are_comparable(one: Quantity, other: Quantity) -> bool:
    """Whether both count the same thing in units that can be set beside each other.

    "Không có thương vong" counts the dead and the injured too: it is set beside either.
    """
    if measure_of(one)[0] != measure_of(other)[0] or not one.thing:
        return False
    return one.thing == other.thing or _is_none_of(one, other) or _is_none_of(other, one)


def is_nought(quantity: Quantity) -> bool:
    """Whether it says that there was none; "chưa ghi nhận" says so only up to its hour."""
    return quantity.low == quantity.high == 0


def things_of(quantity: Quantity) -> tuple[str, ...]:
    """What a quantity can be set beside by its thing: where there were no casualties, the dead too."""
    if not quantity.thing:
        return ()
    is_all = is_nought(quantity) and quantity.thing == _CASUALTIES
    return (quantity.thing, *sorted(_HARMED)) if is_all else (quantity.thing,)


def _is_none_of(none: Quantity, other: Quantity) -> bool:
    return is_nought(none) and none.thing == _CASUALTIES and other.thing in _HARMED and not is_nought(other)


def do_disagree(one: Quantity, other: Quantity) -> bool:
    """Whether two comparable quantities cannot both be true, each read as generously as it is written.

    "hơn 100" agrees with 120, "khoảng 100" with 98, "1,2 triệu" with 1.234.567, a range with what lies in it.
    """
    if not are_comparable(one, other):
        return False
    low_one, high_one = _bounds(one)
    low_other, high_other = _bounds(other)
    apart = max(low_one - high_other, low_other - high_one)
    return apart > max(_rounding(one) * measure_of(one)[1], _rounding(other) * measure_of(other)[1], 0.0)


def measure_of(quantity: Quantity) -> tuple[str, float]:
    """The unit a quantity is compared in, and the factor that leads there (kg: tonne, 0.001)."""
    return _SAME_MEASURE.get(quantity.unit, (quantity.unit, 1.0))


def _bounds(quantity: Quantity) -> tuple[float, float]:
    """Lowest and highest value a reader could take the quantity for, in the unit of comparison."""
    factor = measure_of(quantity)[1]
    low, high = quantity.low, quantity.high
    if quantity.certainty == "about":
        low, high = low * (1 - _ABOUT), high * (1 + _ABOUT)
    elif quantity.certainty == "at_least":
        high = math.inf
    elif quantity.certainty == "at_most":
        low = -math.inf
    return low * factor, high * factor


def _rounding(quantity: Quantity) -> float:
    """Just under one unit of the last written digit where the figure may be rounded or cut off: 0.1 million
    for "1,2 triệu", 0.1 for "45,3 %"; half a unit, so that neighbours still differ, for whole numbers.
    For a fraction, a quarter of one part.
    """
    step = find_step(quantity.text) if quantity.unit == "percent" else 0.0
    if step:
        return step
    hit = _DIGITS.search(quantity.text)
    plain = float(re.sub(r"[.,]", "", hit[0])) if hit else 0.0
    if hit is None or not plain or not math.isfinite(plain):
        return 0.0
    step = quantity.low / plain  # the value of one unit of the last written digit
    return 0.499 if step == 1 else step * 0.999
