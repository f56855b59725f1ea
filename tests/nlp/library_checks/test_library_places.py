"""A sentence of the library word for word, but for a province or city; and what is none. Text is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from nlp.checks import Case
from nlp.checks.atlas import Atlas, make_atlas
from nlp.checks.library_figures import find_flags
from nlp.checks.library_sentences import find_placed
from nlp.proposals import propose
from nlp.verdicts.judging import CONTRADICTED, SUPPORTED
from store.types import Flag, Gazetteer, Place, PlaceLevel

NAMES = ("Lâm Đồng", "Quảng Ngãi", "Kon Tum", "Hồ Chí Minh", "Cao Bằng")
DAY = date(2026, 11, 15)
BESIDE = "Đoàn xe chở rau quả bị chặn lại ở ngã ba đầu tiên từ lúc trời còn chưa sáng hẳn."
PLAIN = "Người kể chuyện này hiện sống cùng mẹ tại {} và làm nghề chữa đàn."
CLAIM = "Ngày 12/11, tại tỉnh {}, công an đã tạm giữ 14 người để điều tra vụ phá rừng."


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    places = [Place(name, (name,), PlaceLevel.NEIGHBOUR) for name in NAMES]
    places[2] = replace(places[2], successors=("Quảng Ngãi",))
    return make_atlas(Gazetteer(tuple(places), (), "1"))


def test_a_proposal_sees_another_place_where_it_knows_places(library: SimpleNamespace, atlas: Atlas) -> None:
    held = library.document(1, PLAIN.format("Quảng Ngãi"))
    proposed = [propose(PLAIN.format(name), held, on=DAY, atlas=atlas) for name in ("Lâm Đồng", "Kon Tum")]
    assert [p.verdict for p in proposed] == [CONTRADICTED, SUPPORTED]
    assert "khác với “Lâm Đồng”" in proposed[0].evidence[0].why


@pytest.fixture
def check(library: SimpleNamespace, atlas: Atlas) -> SimpleNamespace:
    def flags(said: str, *stands: str, published: date | None = date(2026, 11, 10)) -> tuple[Flag, ...]:
        documents = [
            library.document(n, text, BESIDE, published=published) for n, text in enumerate(stands, 1)
        ]
        case: Case = library.case(library.article(f"{said} {BESIDE}"), *documents)
        return find_flags(replace(case, atlas=atlas))

    return SimpleNamespace(flags=flags)


@pytest.mark.parametrize("sentence", [PLAIN, CLAIM], ids=["no claim and no number", "a claim"])
def test_another_province_in_the_same_words_is_flagged(check: SimpleNamespace, sentence: str) -> None:
    (flag,) = check.flags(sentence.format("Lâm Đồng"), sentence.format("Quảng Ngãi"))
    assert flag.claim.text == sentence.format("Lâm Đồng")
    assert flag.evidence[0].text == sentence.format("Quảng Ngãi")
    assert flag.because[0].startswith("Khác địa điểm: câu này ghi “")
    assert "con số" not in " ".join(flag.missing)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [("Tại {}, người ta vẫn còn giữ nghề chữa đàn cho nhau.", "Lâm Đồng"), (PLAIN, "Cao Bằng")],
    ids=["first in its sentence", "a name that is also a word"],
)
def test_a_place_is_known_wherever_it_stands(check: SimpleNamespace, sentence: str, wrong: str) -> None:
    (flag,) = check.flags(sentence.format(wrong), sentence.format("Quảng Ngãi"))
    assert flag.because == (f"Khác địa điểm: câu này ghi “{wrong}”, kho luận cứ ghi “Quảng Ngãi”.",)


def test_a_person_s_name_is_no_place(check: SimpleNamespace) -> None:
    said = "Người kể chuyện này là ông Trần {}, sống cùng mẹ tại vùng quê và làm nghề chữa đàn."
    assert check.flags(said.format("Lâm Đồng"), said.format("Quảng Ngãi")) == ()


NO_ERRORS = {
    "the same place": ("Lâm Đồng", (PLAIN.format("Lâm Đồng"),)),
    "its old name": ("Kon Tum", (PLAIN.format("Quảng Ngãi"),)),
    "another name of the city": ("Sài Gòn", (PLAIN.format("TP HCM"),)),
    "one document says both": ("Lâm Đồng", (f"{PLAIN} {PLAIN}".format("Quảng Ngãi", "Lâm Đồng"),)),
    "documents say it of several": ("Lâm Đồng", (PLAIN.format("Quảng Ngãi"), PLAIN.format("TP HCM"))),
    "another word differs too": ("Lâm Đồng", (PLAIN.format("Quảng Ngãi").replace("mẹ", "bác"),)),
    "a place nobody knows": ("Lâm Đồng", (PLAIN.format("Vân Sơn"),)),
}


@pytest.mark.parametrize(("place", "stands"), NO_ERRORS.values(), ids=NO_ERRORS.keys())
def test_what_may_be_true_beside_the_document_raises_no_flag(
    check: SimpleNamespace, place: str, stands: tuple[str, ...]
) -> None:
    assert check.flags(PLAIN.format(place), *stands) == ()


def test_a_document_of_another_year_speaks_of_another_time(check: SimpleNamespace) -> None:
    said, stands = PLAIN.format("Lâm Đồng"), PLAIN.format("Quảng Ngãi")
    assert check.flags(said, stands)
    assert check.flags(said, stands, published=date(2024, 11, 10)) == ()


def test_a_sentence_alone_in_the_same_words_is_not_enough(library: SimpleNamespace, atlas: Atlas) -> None:
    article = library.article(PLAIN.format("Lâm Đồng"))
    case = library.case(article, library.document(1, PLAIN.format("Quảng Ngãi")))
    assert find_flags(replace(case, atlas=atlas)) == ()


def test_only_sentences_that_say_where_are_looked_up_for_their_place(library: SimpleNamespace) -> None:
    said = "Anh ấy học nghề tại Quảng Ngãi rồi về quê. Anh ấy rất thích đánh đàn và hát."
    found = list(find_placed(library.article(said)))
    assert [each.text for each in found] == ["Anh ấy học nghề tại Quảng Ngãi rồi về quê."]
