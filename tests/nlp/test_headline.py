"""The first line of a text stands for the title where there is none."""

from __future__ import annotations

import pytest

from nlp.headline import find_headline_end
from nlp.surface import make_surface

BODY = "Sáng nay, nhiều tay đua đã lên đường từ sớm, đi qua ba con đèo. " * 6


@pytest.mark.parametrize(
    ("title", "text", "end"),
    [
        ("", f"Chặng đua qua đèo\n{BODY}", 17),
        ("Có tiêu đề", f"Chặng đua qua đèo\n{BODY}", 0),
        (" \n", f"Chặng đua qua đèo\n{BODY}", 17),
        ("", BODY, 0),
        ("", f"{BODY}\n{BODY}", 0),
        ("", "Một dòng\nHai dòng", 0),
        ("", f"\n{BODY}", 0),
        ("", "", 0),
    ],
    ids=[
        "a short first line",
        "a title of its own",
        "a title of spaces",
        "one paragraph",
        "a long first line",
        "a short note",
        "an empty first line",
        "nothing",
    ],
)
def test_a_headline_is_a_short_first_line_with_a_text_below_it(title: str, text: str, end: int):
    surfaces = (make_surface(part, exact=True) for part in (title, text))
    assert find_headline_end(*surfaces) == end
