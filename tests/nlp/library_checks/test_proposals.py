"""What the library lets one propose on a sentence. All text is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

import pytest

from nlp.checks.atlas import make_atlas
from nlp.nli import Shares
from nlp.proposals import propose
from nlp.verdicts.judging import CONTRADICTED, NOT_ENOUGH, SUPPORTED
from store.types import Gazetteer, Place, PlaceLevel, Stance

DAY = date(2026, 11, 15)
CLAIM = "Tỷ lệ hộ nghèo của tỉnh Gia Lai năm 2025 là 4,27%."
SAME, OTHER = CLAIM, CLAIM.replace("4,27%", "9,5%")

CASES = {
    "only what agrees": ((SAME,), SUPPORTED, {Stance.FOR}),
    "only what differs": ((OTHER,), CONTRADICTED, {Stance.AGAINST}),
    "both": ((SAME, OTHER), NOT_ENOUGH, {Stance.FOR, Stance.AGAINST}),
    "something else": (("Cầu treo dài 120 m bắc qua suối ở thôn 3.",), NOT_ENOUGH, set()),
    "nothing": ((), NOT_ENOUGH, set()),
}


@pytest.mark.parametrize(("documents", "verdict", "stances"), CASES.values(), ids=CASES.keys())
def test_what_the_library_says_is_proposed_with_its_evidence(
    library: SimpleNamespace, documents: tuple[str, ...], verdict: str, stances: set[Stance]
) -> None:
    held = [one for n, text in enumerate(documents, 1) for one in library.document(n, text)]
    found = propose(CLAIM, held, on=DAY)
    assert (found.verdict, {e.stance for e in found.evidence}) == (verdict, stances)
    assert found.missing
    assert all(e.text == documents[int(e.document[4:]) - 1][e.start : e.end] for e in found.evidence)


def test_a_superseded_document_proposes_nothing_and_is_shown(library: SimpleNamespace) -> None:
    found = propose(CLAIM, library.document(1, OTHER, superseded_by=2), on=DAY)
    assert found.verdict == NOT_ENOUGH
    assert [e.stance for e in found.evidence] == [Stance.CONTEXT]


def test_without_figures_the_words_are_weighed_and_quoted_exactly(library: SimpleNamespace) -> None:
    text = "Trường tiểu học ở làng Kép đã đóng cửa từ tháng trước. Học sinh không có chỗ học mới."
    claim = "Trường tiểu học ở làng Kép đã đóng cửa từ tháng trước."
    (one,) = library.document(1, text)
    found = propose(claim, [one], on=DAY)
    assert found.verdict == SUPPORTED
    assert all(text[e.start : e.end] == e.text for e in found.evidence)


class Denies:
    """A model of entailment to which everything is contradicted, and which counts what it was asked."""

    name = "denies"

    def __init__(self) -> None:
        self.asked = 0

    def judge_pairs(self, claims: Sequence[str], passages: Sequence[str]) -> list[Shares]:
        self.asked += len(passages)
        return [Shares(0.05, 0.05, 0.9) for _ in claims]


def test_an_offices_model_weighs_the_words_and_figures_do_without_it(library: SimpleNamespace) -> None:
    model = Denies()
    claim = "Trường tiểu học ở làng Kép đã đóng cửa từ tháng trước."
    words = propose(claim, [library.document(1, claim)[0]], on=DAY, entailment=model)
    assert (words.verdict, words.is_sure, model.asked) == (CONTRADICTED, True, 1)
    figures = propose(CLAIM, [library.document(2, SAME)[0]], on=DAY, entailment=model)
    assert (figures.verdict, model.asked) == (SUPPORTED, 1)


def test_what_is_not_enough_is_never_sure(library: SimpleNamespace) -> None:
    assert not propose(CLAIM, (), on=DAY).is_sure
    assert propose(CLAIM, library.document(1, SAME), on=DAY).is_sure


STANDS = (
    "Đến hết tháng 9 năm 2026, toàn tỉnh Gia Lai còn 41.250 hộ nghèo, chiếm 4,68% tổng số hộ.",
    "Trong năm 2025, tỉnh Gia Lai trồng mới 8.200 ha rừng; thu ngân sách đạt 27.500 tỷ đồng.",
)
NOTHING_TO_PROPOSE = {
    "another year": "Năm 2024, thu ngân sách tỉnh Gia Lai đạt 20.000 tỉ đồng.",
    "another province": "Tỉnh Đắk Lắk còn 10.000 hộ nghèo đến hết tháng 9 năm 2026.",
    "another province without its word": "Đắk Lắk còn 10.000 hộ nghèo đến hết tháng 9 năm 2026.",
    "a true figure in hard words": (
        "Chính quyền để hơn 41.000 hộ nghèo sống lay lắt ở tỉnh Gia Lai, tính đến tháng 9 năm 2026."
    ),
    "a forecast": "Sang năm tỉnh sẽ giàu.",
    "a question": "Vì sao tỉnh Gia Lai còn nhiều hộ nghèo như vậy?",
    "a number that nobody can mean": "1e400 hộ nghèo",
}


@pytest.mark.parametrize("claim", NOTHING_TO_PROPOSE.values(), ids=NOTHING_TO_PROPOSE.keys())
def test_words_alone_contradict_nothing_that_cannot_be_set_beside_them(
    library: SimpleNamespace, claim: str
) -> None:
    atlas = make_atlas(Gazetteer((Place("Đắk Lắk", ("Đắk Lắk",), PlaceLevel.NEIGHBOUR),), (), "1"))
    found = propose(claim, library.document(1, *STANDS), on=DAY, atlas=atlas)
    assert found.verdict == NOT_ENOUGH
    assert found.missing
    assert not found.of(Stance.AGAINST)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Toàn tỉnh Gia Lai còn hơn 41 nghìn hộ nghèo tính đến hết tháng 9 năm 2026.", SUPPORTED),
        ("Đến hết tháng 9 năm 2026, toàn tỉnh Gia Lai chỉ còn 31.000 hộ nghèo.", CONTRADICTED),
        ("Năm 2025 tỉnh Gia Lai trồng mới 8.200 m² rừng.", CONTRADICTED),
        ("Năm 2025, tỉnh Gia Lai trồng mới 82 km² rừng.", SUPPORTED),
    ],
)
def test_figures_of_one_thing_year_and_place_decide(
    library: SimpleNamespace, claim: str, verdict: str
) -> None:
    assert propose(claim, library.document(1, *STANDS), on=DAY).verdict == verdict


LAND = "Việc giao 35 ha đất cho doanh nghiệp tại xã Đức Cơ là {} quy định của pháp luật về đất đai."


@pytest.mark.parametrize(
    ("said", "stands", "is_supported"),
    [("đúng", "không đúng", False), ("không đúng", "đúng", False), ("không đúng", "không đúng", True)],
)
def test_the_same_figure_in_a_sentence_that_denies_the_other_supports_nothing(
    library: SimpleNamespace, said: str, stands: str, is_supported: bool
) -> None:
    found = propose(LAND.format(said), library.document(1, LAND.format(stands)), on=DAY)
    assert (found.verdict == SUPPORTED) is is_supported


def test_no_less_than_so_many_denies_nothing(library: SimpleNamespace) -> None:
    claim = "Năm 2025, tỉnh Gia Lai có không dưới 100 trường học đạt chuẩn quốc gia."
    stands = "Năm 2025, tỉnh Gia Lai có 120 trường học đạt chuẩn quốc gia."
    assert propose(claim, library.document(1, stands), on=DAY).verdict == SUPPORTED


RATE = "Mức hỗ trợ tiền ăn cho học sinh bán trú là 936.000 đồng mỗi tháng."
ROADS = "Tai nạn giao thông năm 2026 trên địa bàn tỉnh Gia Lai làm 415 người chết, 380 người bị thương."
LAND_EN = "The office counted 24 complaints about land in Chu Prong district in 2026."
HARD_WORDS = {
    "a complaint behind a true figure": (
        "Mức hỗ trợ tiền ăn cho học sinh bán trú chỉ là 936.000 đồng mỗi tháng, không đủ ăn.",
        RATE,
        SUPPORTED,
    ),
    "the same behind a false one": (
        "Mức hỗ trợ tiền ăn cho học sinh bán trú chỉ là 396.000 đồng mỗi tháng, không đủ ăn.",
        RATE,
        CONTRADICTED,
    ),
    "a true figure in words of its own": (
        "Tai nạn giao thông cướp đi sinh mạng của 415 người ở tỉnh Gia Lai trong năm 2026, thật đau lòng.",
        ROADS,
        NOT_ENOUGH,
    ),
    "an English district": (LAND_EN.replace("Chu Prong", "Duc Co"), LAND_EN, CONTRADICTED),
    "the same district": (LAND_EN.replace("The office counted", "There were"), LAND_EN, SUPPORTED),
}


@pytest.mark.parametrize(("claim", "stands", "verdict"), HARD_WORDS.values(), ids=HARD_WORDS.keys())
def test_a_true_figure_in_hard_words_is_contradicted_by_none(
    library: SimpleNamespace, claim: str, stands: str, verdict: str
) -> None:
    assert propose(claim, library.document(1, stands), on=DAY).verdict == verdict
