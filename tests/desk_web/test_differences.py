"""What changed between two versions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.web.differences import MOST_SENTENCES, Change, ChangeKind, compare

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


def test_two_different_sentences_are_not_mixed_word_by_word():
    changes = compare("Một hai ba bốn năm.", "Hoàn toàn khác hẳn câu trước đó.")
    assert [change.kind for change in changes] == [REMOVED, ADDED]


def test_equal_texts_have_no_change():
    assert compare("Không đổi.", "Không đổi.") == (Change(SAME, "Không đổi."),)


def test_a_very_long_text_is_taken_whole():
    before, after = "a.\n" * (MOST_SENTENCES + 1), "b.\n" * 3
    assert compare(before, after) == (Change(REMOVED, before), Change(ADDED, after))


@given(st.text(alphabet="ab. \n!”1", max_size=80), st.text(alphabet="ab. \n!”1", max_size=80))
def test_both_versions_can_be_put_together_again(before: str, after: str):
    changes = compare(before, after)
    assert "".join(c.text for c in changes if c.kind is not ADDED) == before
    assert "".join(c.text for c in changes if c.kind is not REMOVED) == after
