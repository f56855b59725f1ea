from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nlp.checks.case import OlderArticle
from nlp.checks.old_event import find_flags
from nlp.loaded import LOADED
from store.types import Stance

TEXT = (
    "Mưa lớn làm vỡ đập tạm trên suối ở xã Ia Dom, nước tràn qua đường khiến hơn 40 hộ dân bị cô lập. "
    "Lực lượng dân quân dùng thuyền đưa người già và trẻ nhỏ ra khỏi vùng ngập. Xã đã phát gạo, mì gói và "
    "nước sạch cho các gia đình. Chủ đập chưa có mặt tại hiện trường. Nước bắt đầu rút vào chiều muộn, đường "
    "vào làng phủ đầy bùn và cây gãy."
)


def older(item: Any, *, days: int = 90, text: str = TEXT, likeness: float = 0.95) -> OlderArticle:
    return OlderArticle(
        article=item.number,
        number=900,
        version=1,
        url="https://cu.example/1",
        title="Vỡ đập tạm",
        text=text,
        publisher="Báo cũ",
        published=item.article.published.at - timedelta(days=days),
        likeness=likeness,
    )


def test_an_old_article_told_as_new_is_flagged_with_the_older_ones_sentence_and_date(make: Any):
    item = make.item(1, TEXT, "Vỡ đập tạm ở Ia Dom")
    case = make.case(item, older=(older(item), older(item, days=200)))
    (flag,) = find_flags(case)
    (evidence,) = flag.evidence
    assert evidence.stance is Stance.CONTEXT
    assert (evidence.document, evidence.article) == ("https://cu.example/1", 900)
    assert TEXT[evidence.start : evidence.end] == evidence.text
    assert evidence.published == item.article.published.at - timedelta(days=200)
    assert "29/04/2026" in flag.because[0]
    assert make.is_exact(flag, case)


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT} Sự việc xảy ra cách đây ba tháng.",
        f"{TEXT} Bài đăng lại từ số báo trước.",
        f"{TEXT} Năm 2024 đập này cũng từng vỡ.",
        f"{TEXT} Sự việc xảy ra ngày 17/8.",
        TEXT.replace("40 hộ", "75 hộ").replace("Xã đã", "Ngày 14/11 xã đã"),
        TEXT[:120],
    ],
    ids=["ago", "republished", "an earlier year", "an old day", "other figures", "a formula"],
)
def test_a_text_that_says_it_is_old_or_tells_other_things_is_not_flagged(make: Any, text: str):
    item = make.item(1, text, "Vỡ đập tạm ở Ia Dom")
    assert find_flags(make.case(item, older=(older(item),))) == ()


@pytest.mark.parametrize(
    "given", [{"days": 29}, {"likeness": 0.6}, {"text": ""}], ids=["recent", "not alike", "empty"]
)
def test_an_article_that_is_recent_other_or_empty_is_no_older_one(make: Any, given: dict[str, Any]):
    item = make.item(1, TEXT, "Vỡ đập tạm ở Ia Dom")
    assert find_flags(make.case(item, older=(older(item, **given),))) == ()


def test_an_article_without_a_date_of_its_own_is_not_flagged(make: Any):
    item = make.item(1, TEXT, "Vỡ đập tạm ở Ia Dom")
    undated = replace(item, article=replace(item.article, published=None))
    assert find_flags(make.case(undated, older=(older(item),))) == ()


def test_names_of_outlets_and_loaded_words_change_nothing(make: Any):
    item, tinted = (
        make.item(1, TEXT, "Vỡ đập tạm ở Ia Dom"),
        make.item(1, f"{TEXT} {LOADED[0].capitalize()}.", "Vỡ đập tạm ở Ia Dom"),
    )
    case = make.case(item, older=(older(item),))
    said = [(f.strength, f.because) for f in find_flags(case)]
    assert said
    assert [(f.strength, f.because) for f in find_flags(make.swapped(case))] == said
    assert [(f.strength, f.because) for f in find_flags(make.case(tinted, older=(older(item),)))] == said
