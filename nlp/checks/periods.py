"""Parts of a year that a text names: a month, a quarter, "9 tháng", a season's crop. Pure.

What was counted in one of them is another count than that of the next, and both can be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.patterns import alternatives, whole_words

DAY = re.compile(r"(?<![\d/.,-])(\d{1,2})(?:/|-|\s+tháng\s+)(\d{1,2})(?![\d%])(?![.,]\d)")
_PERIOD = whole_words(
    "tháng 1|tháng 2|tháng 3|tháng 4|tháng 5|tháng 6|tháng 7|tháng 8|tháng 9|tháng 10|tháng 11|tháng 12|"
    "quý 1|quý 2|quý 3|quý 4|quý i|quý ii|quý iii|quý iv|3 tháng|6 tháng|9 tháng|10 tháng|11 tháng|nửa năm|"
    "ba tháng|sáu tháng|chín tháng|mười tháng|mười một tháng|"
    "first quarter|second quarter|third quarter|fourth quarter|three months|six months|nine months|"
    "first half|second half|vụ đông xuân|vụ hè thu|vụ thu đông"
)
_SAME = {
    "ba tháng": "3 tháng", "sáu tháng": "6 tháng", "nửa năm": "6 tháng", "chín tháng": "9 tháng",
    "mười tháng": "10 tháng", "mười một tháng": "11 tháng", "three months": "3 tháng",
    "six months": "6 tháng", "nine months": "9 tháng", "quý i": "quý 1", "quý ii": "quý 2",
    "quý iii": "quý 3", "quý iv": "quý 4", "first quarter": "quý 1", "second quarter": "quý 2",
    "third quarter": "quý 3", "fourth quarter": "quý 4",
}  # fmt: skip
_COUNTS = {"hai": "2", "bốn": "4", "năm": "5", "bảy": "7", "tám": "8"}
# "chậm 7 tháng" is a span, "7 tháng năm 2026" a part of a year
_OTHER_MONTHS = re.compile(
    rf"(?<!\w)(?P<count>[24578]|{alternatives(_COUNTS, also_unaccented=False)}) tháng"
    r"(?= (?:đầu|đầu của)? ?năm(?! nữa)(?!\w))",
    re.IGNORECASE,
)


def find_periods(text: str) -> Iterator[str]:
    """A text -> the parts of a year it names, those in words as those in digits; days are none."""
    read = DAY.sub(lambda hit: " " * len(hit[0]), text)
    for hit in _PERIOD.finditer(read):
        named = hit[0].casefold()
        yield _SAME.get(named, named)
    for hit in _OTHER_MONTHS.finditer(read):
        count = hit["count"].casefold()
        yield f"{_COUNTS.get(count, count)} tháng"
