"""What can be wrong with the evidence: kinds, and where. The words for people stand in desk/commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class FaultKind(StrEnum):
    """What is wrong; `Fault.values` has what stands in brackets."""

    LINE = "line"  # a line cannot be read or does not have its own hash (why)
    LINES_MISSING = "lines missing"  # numbers are left out (first, last)
    DAYS_MISSING = "days missing"  # the same at the beginning of a day (first, last, before)
    ORDER = "order"  # a line stands where another belongs (number, expected)
    LINK = "link"  # the line before is not the one this line was written after (number)
    OFFSET = "offset"  # a record does not begin where the one before ends (offset, expected)
    FILE = "file"  # the daily file is missing
    CUT_SHORT = "cut short"  # the daily file ends before the record does (offset, length, size)
    RECORD = "record"  # the record's bytes are others (offset, found, expected)
    CONTENT = "content"  # the record is not what its line says (offset, why)
    EXTRA = "extra"  # bytes that no line vouches for (offset, count)
    SET_ASIDE = "set aside"  # lines whose records were missing when they were mended away (count)
    HEAD = "head"  # the head of a day is not the one the log of decisions noted (found, noted)
    DAY_GONE = "day gone"  # a day the log of decisions knows has no line (noted)
    ROW = "row"  # a capture in the database has no record at its place (number, url, offset)
    ROW_DIFFERS = "row differs"  # the record is of another page, time or content (number, url, offset)
    LOOSE = "loose"  # a capture kept by its hash cannot be read (number, url, why)
    LOG = "log"  # the log of decisions itself is broken (number)
    UNFINISHED = "unfinished"  # no fault: what a killed process left; the next capture mends it (count)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `file` is under the folder `warc`; `line` is the chain's, 0 for none."""

    kind: FaultKind
    file: str = ""
    line: int = 0
    values: dict[str, object] = field(default_factory=dict)

    @property
    def is_harmless(self) -> bool:
        """Told, and no reason to doubt anything."""
        return self.kind is FaultKind.UNFINISHED
