"""Checks and reasons, as letters and papers say them."""

from __future__ import annotations

from alerts.render.words import CHECKS, join_sentences, say_check
from config.words import translator
from nlp.checks.registry import CHECKS as ALL_CHECKS


def test_every_check_has_the_name_that_the_desk_shows() -> None:
    assert {check.name: check.en for check in ALL_CHECKS} == CHECKS


def test_a_check_is_named_in_the_readers_language_with_its_version() -> None:
    said = say_check("old_event 1", translator("vi"))
    assert said == "Phép kiểm: Chuyện cũ đăng lại như tin mới (phiên bản 1)"


def test_sentences_are_parted_by_a_space_and_other_words_by_a_semicolon() -> None:
    assert join_sentences(["Chưa có văn bản.", "Câu này không nêu nguồn.", "ngày", "giờ"]) == (
        "Chưa có văn bản. Câu này không nêu nguồn. ngày; giờ"
    )
    assert join_sentences([]) == ""
