"""Reviews and articles, invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from store.types import Article, PublicationDate, Review, Scope, Verdict

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
SAID = "Hồ chứa xả lũ không báo trước cho 300 hộ dân ở xã Ia Dom ngày 5/11."


@pytest.fixture
def at() -> datetime:
    return AT


@pytest.fixture
def article() -> Article:
    return Article(
        url="https://bao.example/xa-lu",
        outlet="bao",
        outlet_name="Báo Ví dụ",
        scope=Scope.DOMESTIC,
        title="Xả lũ trong đêm </script><script>alert(1)</script>",
        text=SAID,
        byline="Bút danh Mây",
        published=PublicationDate(AT, "meta", 0.9),
    )


@pytest.fixture
def review() -> Callable[..., Review]:
    """A maker of verdicts; the reviewer's name and the reason are not for the world."""

    def make(verdict: Verdict = Verdict.FALSE, **more: Any) -> Review:
        values: dict[str, Any] = {
            "claim": "k1",
            "claim_text": SAID,
            "article": 1,
            "verdict": verdict,
            "reason": "anh Hùng ở trạm gọi điện xác nhận",
            "reviewer": "lan.anh",
            "at": AT,
            "evidence": ("kho:1",),
        }
        return Review(**values | more)

    return make


@pytest.fixture
def node() -> dict[str, Any]:
    """A ClaimReview as others publish it."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": SAID,
        "datePublished": "2026-11-09",
        "url": "https://kiemchung.example/1",
        "author": {"@type": "Organization", "name": "Trung tâm Ví dụ"},
        "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
                         "alternateName": "Sai"},
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Person", "name": "Nguyễn Văn Ví Dụ"},
            "appearance": [{"@type": "CreativeWork", "url": "https://bao.example/xa-lu"}],
        },
    }  # fmt: skip
