"""What changed between two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.web.differences import Change, ChangeKind, compare

SAME, REMOVED, ADDED = ChangeKind.SAME, ChangeKind.REMOVED, ChangeKind.ADDED


def test_a_changed_figure_is_shown_inside_its_sentence():
    before = "Mưa lớn ở Đức Cơ. Có 12 hộ phải dời nhà. Đường đã thông."
    after = "Mưa lớn ở Đức Cơ. Có 21 hộ phải dời nhà. Đường đã thông."
    assert compare(before, after) == (
        Change(SAME, "Mưa lớn ở Đức Cơ. Có "),
        Change(REMOVED, "12"),
        Change(ADDED, "21"),
        Change(SAME, " hộ phải dời nhà. Đường đã thông."),
    )


def test_a_word_that_was_put_in_stands_alone():
    assert compare("Có 12 hộ dời nhà.", "Có ít nhất 12 hộ dời nhà.") == (
        Change(SAME, "Có "),
        Change(ADDED, "ít nhất "),
        Change(SAME, "12 hộ dời nhà."),
    )


def test_two_different_sentences_are_not_mixed_word_by_word():
    changes = compare("Một hai ba bốn năm.", "Hoàn toàn khác hẳn câu trước đó.")
    assert [change.kind for change in changes] == [REMOVED, ADDED]


def test_equal_texts_have_no_change():
    assert compare("Không đổi.", "Không đổi.") == (Change(SAME, "Không đổi."),)


def test_a_sentence_of_a_very_long_text_is_found():
    lines = [f"Dòng số {number} của biên bản." for number in range(5_000)]
    changes = compare("\n".join(lines), "\n".join([*lines[:2_500], "Câu mới.", *lines[2_500:]]))
    assert [(change.kind, change.text.strip()) for change in changes if change.kind is not SAME] == [
        (ADDED, "Câu mới.")
    ]


@given(st.text(alphabet="abA. \n!”12", max_size=80), st.text(alphabet="abA. \n!”12", max_size=80))
def test_both_versions_can_be_put_together_again(before: str, after: str):
    changes = compare(before, after)
    assert "".join(c.text for c in changes if c.kind is not ADDED) == before
    assert "".join(c.text for c in changes if c.kind is not REMOVED) == after


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_at_all_can_be_put_together_again(before: str, after: str):
    changes = compare(before, after)
    assert "".join(c.text for c in changes if c.kind is not ADDED) == before
    assert "".join(c.text for c in changes if c.kind is not REMOVED) == after
