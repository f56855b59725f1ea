"""One sentence reprinted with another number: what people are told of it."""

from __future__ import annotations

from typing import Any

import pytest

from nlp.checks.figures_reprinted import find_flags

CASES = {
    "people": ("Theo biên bản, trận lốc đêm qua ở xã đã làm {} bị ảnh hưởng.", "12 hộ dân", "21 hộ dân"),
    "money with its scale": (
        "Theo biên bản, tổng số tiền mà xã đã chi trả là {} trong quý.",
        "1,2 tỷ đồng",
        "2,1 tỷ đồng",
    ),
    "a share": ("Theo báo cáo của xã, diện tích bị hạn chiếm {} tổng diện tích gieo trồng.", "12%", "21%"),
    "with its certainty": ("Theo báo cáo, toàn xã hiện vẫn còn {} chưa có nước.", "hơn 120 hộ", "hơn 210 hộ"),
    "a temperature": (
        "Theo đài khí tượng, nhiệt độ cao nhất ở xã hôm qua lên tới {} vào trưa.",
        "37 độ",
        "39 độ",
    ),
    "English": (
        "According to the report the storm last night left {} in the commune.",
        "12 houses",
        "21 houses",
    ),
}


@pytest.mark.parametrize(("sentence", "mine", "theirs"), CASES.values(), ids=CASES.keys())
def test_a_number_is_quoted_with_its_unit(make: Any, sentence: str, mine: str, theirs: str) -> None:
    items = (make.item(n, sentence.format(given)) for n, given in enumerate((mine, theirs), 1))
    first, second = find_flags(make.case(*items))
    assert first.because == (f"Câu này ghi “{mine}”, bài khác đăng nguyên câu nhưng ghi “{theirs}”.",)
    assert second.because == (f"Câu này ghi “{theirs}”, bài khác đăng nguyên câu nhưng ghi “{mine}”.",)
    assert first.evidence[0].why == f"cùng một câu, ghi “{theirs}”"
