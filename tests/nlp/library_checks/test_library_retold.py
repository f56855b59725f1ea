"""A sentence of the library told in another order; and what tells something else. All text is invented."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nlp.checks.library_figures import find_flags

STANDS = "Năm 2025, 14 cán bộ xã ở Chư Sê bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ."
ENGLISH = "Auditors found 33 inflated contracts in the meal programme of the province in 2025."
RETOLD = {
    "in another order": (
        "Ở Chư Sê, 41 cán bộ xã bị kỷ luật năm 2025 vì sai phạm trong quản lý tiền hỗ trợ.",
        STANDS,
    ),
    "only so many": (
        "Chỉ có 41 cán bộ xã ở Chư Sê bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ năm 2025.",
        STANDS,
    ),
    "with a part of its own": (
        "Chỉ 41 cán bộ xã ở Chư Sê bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ năm 2025, rất ít.",
        STANDS,
    ),
    "in English": (
        "In 2025 auditors found just 63 inflated contracts in the meal programme of the province.",
        ENGLISH,
    ),
    "what has no unit": (
        "Có 92 nhịp cầu treo dân sinh bị hỏng dây cáp trên toàn tuyến đường liên xã năm 2025.",
        "Năm 2025, trên toàn tuyến đường liên xã có 29 nhịp cầu treo dân sinh bị hỏng dây cáp.",
    ),
}


@pytest.mark.parametrize(("said", "stands"), RETOLD.values(), ids=RETOLD.keys())
def test_another_figure_is_found_in_whatever_order_it_is_told(
    library: SimpleNamespace, said: str, stands: str
) -> None:
    case = library.case(library.article(said), library.document(1, stands))
    (flag,) = find_flags(case)
    assert library.is_exact(flag, case)


TOLD = "Ở Chư Sê có {} năm 2025."
OTHER = {
    "the same figure": TOLD.format("14 cán bộ xã bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ"),
    "another fate": TOLD.format("41 cán bộ xã bị khởi tố vì sai phạm trong quản lý tiền hỗ trợ"),
    "not": TOLD.format("41 cán bộ xã không bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ"),
    "closer named": TOLD.format("41 cán bộ xã lớn tuổi bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ"),
    "another thing counted": TOLD.format(
        "41 đoàn cán bộ xã bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ"
    ),
    "another year": "Ở Chư Sê, 41 cán bộ xã bị kỷ luật năm 2024 vì sai phạm trong quản lý tiền hỗ trợ.",
    "another place": "Ở Chư Prông, 41 cán bộ xã bị kỷ luật năm 2025 vì sai phạm trong quản lý tiền hỗ trợ.",
    "a plan": "Dự kiến ở Chư Sê có 41 cán bộ xã bị kỷ luật năm 2025 vì sai phạm trong quản lý tiền hỗ trợ.",
    "at least": TOLD.format("ít nhất 9 cán bộ xã bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ"),
    "two figures": TOLD.format("41 cán bộ xã ở 9 cơ quan bị kỷ luật vì sai phạm trong quản lý tiền hỗ trợ"),
}


@pytest.mark.parametrize("said", OTHER.values(), ids=OTHER.keys())
def test_what_agrees_or_tells_something_else_raises_nothing(library: SimpleNamespace, said: str) -> None:
    assert find_flags(library.case(library.article(said), library.document(1, STANDS))) == ()
