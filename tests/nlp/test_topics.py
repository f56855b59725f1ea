from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import Article

MakeArticle = Callable[..., Article]
Tag = Callable[..., dict[str, tuple[str, ...]]]


@pytest.fixture
def tag(knowledge: Knowledge, article: MakeArticle):
    def tagged(text: str, title: str = "") -> dict[str, tuple[str, ...]]:
        return {t.id: t.why for t in read(article(text, title), knowledge).topics}

    return tagged


def test_two_different_cues_make_a_topic_and_are_its_reason(tag: Tag):
    why = tag("Đồn biên phòng giữ cột mốc, hàng qua cửa khẩu Lệ Thanh tăng.")["T01"]
    assert {"cột mốc", "cửa khẩu Lệ Thanh"} <= set(why)


def test_one_cue_in_the_headline_is_enough(tag: Tag):
    assert "T03" in tag("Không có gì thêm hôm nay.", "Gặp mặt Tin Lành đầu năm")


def test_one_cue_deep_in_the_text_is_not(tag: Tag):
    assert tag("Hôm nay trời nắng đẹp. " * 60 + "Họ nói về tôn giáo.") == {}


def test_a_cue_within_a_longer_cue_is_not_a_second_one(tag: Tag):
    assert tag("Trời đẹp, gió nhẹ. " * 100 + "Bàn về tự do tôn giáo.") == {}


def test_cues_are_whole_words(tag: Tag):
    assert tag("Chỗ này churchill nói.", "Policemen's ball") == {}


@pytest.mark.parametrize(("title", "tagged"), [("Tàu cá vi phạm IUU", True), ("Tàu cá nơi iuu", False)])
def test_an_acronym_counts_only_in_its_capitals(tag: Tag, title: str, tagged: bool):
    why = tag("Hôm nay.", title).get("T02", ())
    assert ("IUU" in why) is tagged


def test_accented_text_must_agree_in_its_marks(tag: Tag):
    assert "T07" not in tag("Mà tuy thế, mà túy, họ vẫn vui.", "Chuyện mà tùy duyên")


def test_unaccented_text_is_matched_without_marks(tag: Tag):
    assert "T07" in tag("Cong an khoi to va bat tam giam hai nguoi mua ban ma tuy o bien gioi.")


def test_english_text_uses_the_english_cues(tag: Tag):
    assert "T04" in tag(
        "The government was criticised for a crackdown.", "Human rights groups criticise Vietnam"
    )


def test_a_loaded_word_tags_a_topic_and_makes_no_claim_of_falsity(knowledge: Knowledge, article: MakeArticle):
    reading = read(
        article("Họ cho rằng bài báo xuyên tạc về nhân quyền.", "Bác bỏ luận điệu xuyên tạc nhân quyền"),
        knowledge,
    )
    assert "T04" in {t.id for t in reading.topics}
    assert all("xuyên tạc" not in reason for claim in reading.claims for reason in claim.why)


def test_the_surest_topic_comes_first(knowledge: Knowledge, article: MakeArticle):
    reading = read(
        article("Khởi tố, bắt tạm giam nhóm ma túy gần biên giới.", "Khởi tố nhóm ma túy"), knowledge
    )
    scores = [t.score for t in reading.topics]
    assert reading.topics[0].id == "T07"
    assert scores == sorted(scores, reverse=True)
