"""The log's stored phrases, as people read them."""

from __future__ import annotations

import pytest

from config.words import translator
from desk.web.audit_words import say_detail, say_subject

HASH = "ab" * 32


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("user thu", "Tài khoản thu"),
        ("role admin", "Vai trò: quản lý: còn mời được người khác"),
        ("feed 7", "Kênh 7"),
        ("story s12ab", "Vụ việc s12ab"),
        ("https://bao.example/tin-1", "https://bao.example/tin-1"),
    ],
)
def test_what_an_act_was_about_is_said_in_the_readers_language(stored: str, said: str) -> None:
    assert say_subject(stored, translator("vi")) == said


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("by kho:12", "Bị kho:12 thay thế"),
        (f"bao-cao.pdf; sha256 {HASH}; 3 passages", f"bao-cao.pdf; 3 đoạn; SHA-256 {HASH}"),
        ("s1 -> s2; 2 articles (4, 5): cùng một vụ\nxem lại", "s1 → s2; 2 bài (4, 5): cùng một vụ\nxem lại"),
        ("theo báo cáo của sở", "theo báo cáo của sở"),
    ],
)
def test_what_else_an_entry_says_is_said_in_the_readers_language(stored: str, said: str) -> None:
    assert say_detail(stored, translator("vi")) == said


def test_an_english_reader_reads_english_words() -> None:
    assert say_detail("by kho:12", translator("en")) == "Superseded by kho:12"


def test_a_correction_is_told_with_the_names_of_topics_and_kinds() -> None:
    vi, topics = translator("vi"), {"T03": "Tín ngưỡng, tôn giáo"}
    said = say_detail("topic is T03 (read as: nothing): nói về lễ hội", vi, topics)
    assert said == "đúng là: Tín ngưỡng, tôn giáo; máy đã đọc là: không có gì; nói về lễ hội"
    other = say_detail("relevance is not about (read as: about): chỉ nhắc tên", vi, topics)
    assert other == "không phải: về tỉnh; máy đã đọc là: về tỉnh; chỉ nhắc tên"
    assert say_subject("article 4", vi) == "Bài 4"
