"""What differs between two versions of an article, and which of it is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.changes import StepKind, Weight, compare, events_between
from nlp.changes.comparing import compare_texts
from nlp.sentences import split
from store.articles import StoredArticle
from store.types import Article, EventKind, Scope

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
BODY = "Mưa lớn kéo dài ở xã Đức Cơ từ đêm qua. {} Chính quyền xã tiếp tục theo dõi tình hình."
KEPT, REMOVED, ADDED, CHANGED = StepKind


def make(text: str = BODY.format("Có 12 hộ phải dời nhà."), **values: Any) -> Article:
    plain: dict[str, Any] = {
        "url": "https://bao.example/1",
        "outlet": "bao",
        "outlet_name": "Báo",
        "scope": Scope.DOMESTIC,
        "title": "Mưa lớn ở Đức Cơ",
        "language": "vi",
        "fetched_at": NOW,
        "snapshot_sha256": "a",
        "extractor": "json-ld",
    }
    return Article(text=text, **(plain | values))


def later(old: Article, **values: Any) -> Article:
    return replace(old, **({"fetched_at": NOW + timedelta(hours=1), "snapshot_sha256": "b"} | values))


def events(old: Article, new: Article) -> list[tuple[EventKind, str, str]]:
    pair = StoredArticle(7, 1, old, NOW), StoredArticle(7, 2, new, NOW)
    return [(event.kind, event.before, event.after) for event in events_between(*pair)]


FIGURES = {
    "another value": ("Có 12 hộ phải dời nhà.", "Có 21 hộ phải dời nhà.", [("12 hộ", "21 hộ")]),
    "with its sentence reworded": (
        "Có 42 học sinh nhập viện sáng nay.",
        "Sáng nay có 57 học sinh nhập viện.",
        [("42 học sinh", "57 học sinh")],
    ),
    "counted in other words": (
        "Có 42 học sinh nhập viện.",
        "Có 57 em nhập viện.",
        [("42 học sinh", "57 em")],
    ),
    "one of two": (
        "Lũ làm 3 người chết, 5 người bị thương.",
        "Lũ làm 4 người chết, 5 người bị thương.",
        [("3 người", "4 người")],
    ),
    "come": (
        "Nhiều nhà tốc mái vì gió giật.",
        "Nhiều nhà tốc mái, 15 nhà sập vì gió giật.",
        [("", "15 nhà")],
    ),
    "gone": ("Đã có 30 hộ dân sơ tán trong đêm.", "Đã có hộ dân sơ tán trong đêm.", [("30 hộ dân", "")]),
    "the same value in other words": (
        "Thiệt hại ước tính 1,2 tỷ đồng.",
        "Thiệt hại ước tính 1.200 triệu đồng.",
        [],
    ),
    "a date": ("Lễ diễn ra ngày 12/11 tại Pleiku.", "Lễ diễn ra ngày 13/11 tại Pleiku.", []),
    "in words": (
        "Có hai người chết trong vụ lũ.",
        "Có ba người chết trong vụ lũ.",
        [("hai người", "ba người")],
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), FIGURES.values(), ids=FIGURES.keys())
def test_figures_that_changed_are_told_in_their_exact_words(
    old: str, new: str, told: list[tuple[str, str]]
) -> None:
    before = make(BODY.format(old))
    found = events(before, later(before, text=BODY.format(new)))
    assert [(a, b) for kind, a, b in found if kind is EventKind.FIGURE_CHANGED] == told


SILENT = {
    "nothing": (BODY.format("Hết."), BODY.format("Hết.")),
    "white space": ("Một câu dài.  Hai câu dài.", "Một câu dài.\nHai  câu dài."),
    "another Unicode form": ("Hòa bình ở Đức Cơ.", "Ho\u0300a bi\u0300nh ở Đức Cơ."),
    "the tone's place": ("Xã Hoà Phú đón khách.", "Xã Hòa Phú đón khách."),
    "a time stamp": (
        BODY.format("Hết.") + "\nCập nhật lúc 14:05, 22/11/2026",
        BODY.format("Hết.") + "\nCập nhật lúc 15:40, 22/11/2026",
    ),
    "a time stamp that came": (
        BODY.format("Hết."),
        "Chủ nhật, 22/11/2026, 14:05 (GMT+7)\n" + BODY.format("Hết."),
    ),
    "see also": (BODY.format("Hết."), BODY.format("Hết.") + "\nXem thêm: Lũ lên nhanh, 30 hộ sơ tán"),
    "related lines": (
        BODY.format("Hết.") + "\nTin liên quan\nLũ lên nhanh, 30 hộ sơ tán\nHọp báo chiều nay",
        BODY.format("Hết.") + "\nTin liên quan\nGiá cà phê tăng 5%\nLễ hội cồng chiêng",
    ),
    "a counter": (BODY.format("Hết.") + "\nBình luận (3)", BODY.format("Hết.") + "\nBình luận (17)"),
    "a tone mark": (BODY.format("Nước dâng rất nhạnh."), BODY.format("Nước dâng rất nhanh.")),
    "one letter": (BODY.format("Nước dâng rất nhan."), BODY.format("Nước dâng rất nhanh.")),
    "a comma": (BODY.format("Đêm qua nước dâng nhanh."), BODY.format("Đêm qua, nước dâng nhanh.")),
    "a sentence that moved": (
        "Một là đầu tiên. Hai là kế tiếp. Ba là cuối.",
        "Hai là kế tiếp. Ba là cuối. Một là đầu tiên.",
    ),
}


@pytest.mark.parametrize(("old", "new"), SILENT.values(), ids=SILENT.keys())
def test_what_changes_no_sense_makes_no_event(old: str, new: str) -> None:
    assert events(make(old), later(make(old), text=new)) == []


TOLD = {
    "a negation": ("Xã đã nhận được báo cáo.", "Xã chưa nhận được báo cáo."),
    "a word put in": ("Công an mời chủ xe làm việc.", "Công an mời chủ xe lên làm việc."),
    "a name, by one letter": ("Đoàn đến xã Ia Mơ sáng nay.", "Đoàn đến xã Ia Mơr sáng nay."),
    "a date": ("Lễ diễn ra ngày 12/11 tại chợ.", "Lễ diễn ra ngày 13/11 tại chợ."),
    "a sentence taken out": ("Đại diện công ty không trả lời.", ""),
    "a sentence put in": ("", "Đại diện công ty nói sẽ bồi thường."),
}


@pytest.mark.parametrize(("old", "new"), TOLD.values(), ids=TOLD.keys())
def test_what_may_change_the_sense_is_told_with_the_whole_sentences(old: str, new: str) -> None:
    before = make(BODY.format(old))
    assert events(before, later(before, text=BODY.format(new))) == [(EventKind.TEXT_CHANGED, old, new)]


def test_a_changed_headline_is_told_as_written() -> None:
    old = make()
    new = later(old, title="Mưa lớn ở Đức Cơ, 12 hộ dời nhà")
    assert events(old, new) == [
        (EventKind.HEADLINE_CHANGED, old.title, new.title),
        (EventKind.FIGURE_CHANGED, "", "12 hộ"),
    ]
    assert events(old, later(old, title="Mưa lớn ở  Đức Cơ")) == []


def test_a_figure_in_headline_lead_and_text_is_one_event() -> None:
    line = "Có 12 hộ phải dời nhà"
    old = make(BODY.format(f"{line}."), title=line, lead=f"{line}.")
    new = later(
        old,
        text=old.text.replace("12", "21"),
        title=line.replace("12", "21"),
        lead=f"{line}.".replace("12", "21"),
    )
    assert events(old, new) == [
        (EventKind.HEADLINE_CHANGED, old.title, new.title),
        (EventKind.FIGURE_CHANGED, "12 hộ", "21 hộ"),
    ]


def test_a_figure_and_words_beside_it_are_two_events() -> None:
    old = make(BODY.format("Có 12 hộ phải dời nhà. Xã chưa có báo cáo."))
    new = later(old, text=BODY.format("Có 21 hộ phải dời nhà. Xã đã có báo cáo."))
    assert [kind for kind, _, _ in events(old, new)] == [EventKind.FIGURE_CHANGED, EventKind.TEXT_CHANGED]


OURS: dict[str, tuple[dict[str, Any], list[EventKind]]] = {
    "the same capture read anew": ({"snapshot_sha256": "a"}, []),
    "text without a capture, at the same time": ({"snapshot_sha256": "", "fetched_at": NOW}, []),
    "the feed's words for the page's": ({"summary_only": True}, []),
    "another method of reading": ({"extractor": "selector"}, [EventKind.FIGURE_CHANGED]),
}


@pytest.mark.parametrize(("values", "kinds"), OURS.values(), ids=OURS.keys())
def test_what_we_did_ourselves_is_not_told(values: dict[str, Any], kinds: list[EventKind]) -> None:
    old = make(BODY.format("Có 12 hộ phải dời nhà. Đọc tiếp bài sau ở đây nhé."))
    new = later(old, **({"text": BODY.format("Có 21 hộ phải dời nhà.")} | values))
    assert [kind for kind, _, _ in events(old, new)] == kinds


def test_a_table_that_was_exchanged_is_told_as_text_and_not_forty_times() -> None:
    rows = [f"Xã số {n} có {n + 10} hộ nghèo trong năm nay." for n in range(40)]
    old = make("\n".join(rows))
    new = later(old, text="\n".join(row.replace(" hộ", "0 hộ") for row in rows))
    ((kind, before, after),) = events(old, new)
    assert kind is EventKind.TEXT_CHANGED
    assert before.split("\n")[0] == rows[0]
    assert len(after) <= 2_000


def test_events_have_the_same_keys_however_often_they_are_made() -> None:
    old = make()
    pair = StoredArticle(7, 1, old, NOW), StoredArticle(7, 2, later(old, text=BODY.format("Hết mưa.")), NOW)
    assert events_between(*pair) == events_between(*pair)
    assert len({event.key for event in events_between(*pair)}) == len(events_between(*pair))


def test_offsets_point_at_the_words_that_differ() -> None:
    old, new = make(), later(make(), text=BODY.format("Có ít nhất 21 hộ phải dời nhà."))
    (step,) = [step for step in compare(old, new).steps if step.kind is CHANGED]
    assert [old.text[mark.start : mark.end] for mark in step.old_marks] == ["12"]
    assert [new.text[mark.start : mark.end] for mark in step.new_marks] == ["ít nhất 21"]
    (figure,) = step.figures
    assert figure.before is not None
    assert old.text[figure.before.start : figure.before.end] == figure.before.text


def test_identical_versions_have_no_change() -> None:
    assert compare(make(), make()).is_nothing


TEXTS = st.text(alphabet="abÀđ1 2.,!?\n”\u0301", max_size=120) | st.lists(
    st.sampled_from(["Có 12 hộ dời nhà.", "Có 21 hộ dời nhà.", "Hết mưa.", "Xem thêm: x", "14:05", "a.b"]),
    max_size=40,
).map(" ".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_steps(old: str, new: str) -> None:
    steps = compare_texts(old, new)
    assert tuple(step.old for step in steps if step.kind is not ADDED) == split(old)
    assert tuple(step.new for step in steps if step.kind is not REMOVED) == split(new)
    for step in steps:
        assert (step.weight is Weight.NONE) == (step.kind is KEPT)
        if step.kind is KEPT:
            assert old[step.old.start : step.old.end].split() == new[step.new.start : step.new.end].split()
        assert all(step.old.start <= mark.start < mark.end <= step.old.end for mark in step.old_marks)


@given(st.text(max_size=200))
def test_a_text_compared_with_itself_is_kept_whole(text: str) -> None:
    assert {step.kind for step in compare_texts(text, text)} <= {KEPT}


@given(st.text(max_size=150), st.text(max_size=150), st.text(max_size=40), st.text(max_size=40))
def test_no_text_at_all_makes_it_fail(old: str, new: str, title: str, lead: str) -> None:
    before = make(old, title=title)
    assert len(events(before, later(before, text=new, title=lead, lead=title))) <= 14


HOSTILE: dict[str, Callable[[int], tuple[str, str]]] = {
    "every sentence changed": (
        lambda n: ("\n".join(f"Câu {i} nói về 5 hộ dân ở xã." for i in range(n)),
                   "\n".join(f"Câu {i} nói về 6 nhà dân ở xã." for i in range(n)))
    ),
    "nothing in common": lambda n: ("a b c. D e f. " * n, "x y z. U v w. " * n),
    "one sentence repeated": lambda n: ("Có 5 hộ. " * n, "Có 6 hộ. " * n),
    "one endless sentence": lambda n: ("từ 5 hộ " * n, "từ 6 hộ " * n),
    "numbers with dashes": lambda n: ("11-22-33-" * n, "11-22-44-" * n),
    "backwards": (
        lambda n: ("\n".join(f"Câu {i}." for i in range(n)), "\n".join(f"Câu {i}." for i in range(n, 0, -1)))
    ),
}  # fmt: skip


@pytest.mark.parametrize("pair", HOSTILE.values(), ids=HOSTILE.keys())
def test_four_times_the_text_costs_little_more_than_four_times_the_time(
    pair: Callable[[int], tuple[str, str]],
) -> None:
    def seconds(size: int) -> float:
        old, new = pair(size)
        start = time.process_time()
        compare_texts(old, new)
        return time.process_time() - start

    # the best of three: a neighbour on the machine slows single ones; quadratic cost would be 16 times
    assert min(seconds(4_000) for _ in range(3)) < 12 * min(seconds(1_000) for _ in range(3)) + 0.05
