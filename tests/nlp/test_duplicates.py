from __future__ import annotations

import pytest

from nlp.duplicates import SKETCH, CopyFinder, Print, make_print, overlap
from nlp.text import fold
from nlp.tokens import find_tokens

WORDS = (
    "mưa lớn làm ngập nhiều tuyến đường ở các xã vùng trũng khiến người dân phải sơ tán trong "
    "đêm lực lượng dân quân"
)
TEXT = " ".join(f"{word} {n}" for n, word in enumerate(WORDS.split() * 6))


def printed(text: str) -> Print:
    return make_print(find_tokens(text).hashes)


def find(text: str, *, among: str = TEXT) -> str:
    finder = CopyFinder()
    finder.keep("a", printed(among))
    copied = finder.find(printed(text))
    return copied.of if copied else ""


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        fold(TEXT).text,
        f"(Thông tấn) - Tin từ cơ sở cho hay: {TEXT}",
        " ".join(TEXT.split()[: int(len(TEXT.split()) * 0.75)]),
        TEXT.replace("mưa 0", "lũ 0").replace("đêm 57", "ngày 57"),
    ],
    ids=["same", "capitals", "unaccented", "lead added", "a quarter dropped", "two words changed"],
)
def test_a_copy_is_found(text: str):
    assert find(text) == "a"


@pytest.mark.parametrize(
    "text",
    ["", "...", "một tin hoàn toàn khác về giá cà phê trong tuần", " ".join(TEXT.split()[:20])],
    ids=["empty", "no words", "another text", "a small part of it"],
)
def test_what_is_no_copy_is_not_found(text: str):
    assert find(text) == ""


def test_two_empty_texts_are_no_copies_of_each_other():
    assert find("", among="") == ""


def test_a_short_text_is_a_copy_only_of_the_same_text():
    assert find("Họp báo chiều nay", among="Họp báo chiều nay") == "a"
    assert find("Họp báo sáng nay", among="Họp báo chiều nay") == ""


def test_what_was_forgotten_is_found_no_more():
    finder = CopyFinder()
    finder.keep("a", printed(TEXT))
    finder.forget("a")
    finder.forget("a")
    assert finder.find(printed(TEXT)) is None


def test_the_original_kept_first_is_named_where_two_are_alike():
    finder = CopyFinder()
    finder.keep("a", printed(TEXT))
    finder.keep("b", printed(TEXT))
    copied = finder.find(printed(TEXT + " và thêm một câu"))
    assert copied is not None
    assert copied.of == "a"
    assert not copied.exact


def test_an_earlier_publisher_takes_the_place_of_an_original():
    finder = CopyFinder()
    finder.keep("a", printed(TEXT))
    finder.rename("a", "b")
    copied = finder.find(printed(TEXT))
    assert copied is not None
    assert copied.of == "b"


def test_of_a_long_text_only_a_sample_is_kept_and_its_share_is_known_from_it():
    words = [f"chu{n}" for n in range(1200)]
    whole, half = printed(" ".join(words)), printed(" ".join(words[:720]))
    assert len(whole.sketch) == SKETCH
    assert whole.size == 1198
    assert overlap(half, whole) == pytest.approx(1.0, abs=0.12)


def test_prints_are_kept_and_forgotten_in_any_order_while_many_more_come():
    finder = CopyFinder()
    made = {f"id{n}": printed(" ".join(f"w{n}x{k}" for k in range(20))) for n in range(2500)}
    window: list[str] = []
    for id_, one in made.items():
        finder.keep(id_, one)
        window.append(id_)
        if len(window) > 1300:
            finder.forget(window.pop(1 if len(window) % 2 else 0))
    for id_ in window:
        kept = finder.print_of(id_)
        assert (kept.digest, kept.size, kept.sketch.tolist()) == (
            made[id_].digest,
            made[id_].size,
            made[id_].sketch.tolist(),
        )
