"""A table's values whose unit stands in their heading: "Diện tích (ha): 48", "Số vụ cháy: 12". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp.quantities import find_quantities
from store.types import Quantity

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_UNIT = re.compile(r"\((?:đơn vị(?: tính)?:?|đvt:?|unit:?)?\s*(?P<unit>[^()\d]{1,24})\)", re.IGNORECASE)
_COUNT = re.compile(r"(?:tổng )?số (?P<unit>(?:lượng )?[^\W\d_]+(?: [^\W\d_]+){0,3})", re.IGNORECASE)


def find_headed(label: str, heading: str, value: str, start: int) -> Quantity | None:
    """A row's label, a column's heading and a bare number at `start` of the passage -> what it counts.

    The unit is the one in brackets, or the noun after "số"; None where neither is known. The thing stays
    open: the headings' own words say what is counted.
    """
    written = value.strip()
    if not _NUMBER.match(written) or _YEAR.match(written):
        return None
    unit = next((hit["unit"] for text in (heading, label) if (hit := _UNIT.search(text))), "")
    counted = _COUNT.match(label)
    unit = unit.strip() or (counted["unit"] if counted else "")
    found = find_quantities(f"{written} {unit}", language="vi") if unit else ()
    if len(found) != 1 or found[0].unit in {"", "item"}:
        return None
    begins = start + value.index(written)
    return replace(found[0], text=written, start=begins, end=begins + len(written), thing="")


def without_unit(heading: str) -> str:
    """A label or heading -> the same without the unit in brackets, which names nothing."""
    return " ".join(_UNIT.sub(" ", heading).split())
