"""Verdict proposals: cases in two languages, hostile text, even-handedness, and the score on unseen pairs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.measure_verdicts import Pair as LabelledPair
from nlp.measure_verdicts import fit, fit_all, iter_altered, iter_figured, load_floors, make_examples, measure
from nlp.text import fold
from nlp.verdicts import Judgement, Passage, judge
from nlp.verdicts.features import compare
from nlp.verdicts.judging import propose_with
from nlp.verdicts.reading import prepare
from nlp.verdicts.weights import load_weights

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

BRIDGE = (
    "Sáng 12/10, cầu treo bắc qua suối ở xã Ia Dom bị sập. Theo xã, vụ sập cầu làm 12 người bị thương, "
    "không có ai thiệt mạng. Cây cầu được xây dựng năm 2009 bằng vốn của dân làng."
)
PEPPER = (
    "Năm 2024, tỉnh xuất khẩu 45.000 tấn hồ tiêu, tăng so với năm trước. Diện tích trồng hồ tiêu của tỉnh "
    "giảm còn 10.500 ha. Sở Nông nghiệp cho biết giá bán bình quân đạt 150 nghìn đồng mỗi kg."
)
CHURCH = (
    "Chi hội Tin Lành làng Plei Mơ được cấp đăng ký sinh hoạt tôn giáo tháng 3 năm 2021. Chính quyền không "
    "cho phép nhóm dựng nhà nguyện trên đất nông nghiệp. Nhóm có 240 tín đồ."
)
DAM = (
    "The reservoir above the town was completed in 2018. Officials said 35 households were relocated before "
    "the dam was opened. The company has not paid compensation to the villagers."
)
CASES = [
    ("verbatim", "Cây cầu được xây dựng năm 2009 bằng vốn của dân làng.", BRIDGE, "supported"),
    ("same figure", "Vụ sập cầu ở xã Ia Dom làm 12 người bị thương.", BRIDGE, "supported"),
    ("other count", "Vụ sập cầu làm 15 người bị thương, không có ai thiệt mạng.", BRIDGE, "contradicted"),
    ("other year", "Cây cầu được xây dựng năm 2012 bằng vốn của dân làng.", BRIDGE, "contradicted"),
    ("other matter", "Giá cà phê xuất khẩu của tỉnh lập kỷ lục mới trong quý ba.", BRIDGE, "not_enough"),
    (
        "more than told",
        "Nhà thầu thi công cây cầu vừa bị khởi tố vì tham ô tiền vật liệu.",
        BRIDGE,
        "not_enough",
    ),
    (
        "verbatim tonnes",
        "Năm 2024, tỉnh xuất khẩu 45.000 tấn hồ tiêu, tăng so với năm trước.",
        PEPPER,
        "supported",
    ),
    (
        "other tonnes",
        "Năm 2024, tỉnh xuất khẩu 54.000 tấn hồ tiêu, tăng so với năm trước.",
        PEPPER,
        "contradicted",
    ),
    ("opposite", "Diện tích trồng hồ tiêu của tỉnh tăng còn 10.500 ha.", PEPPER, "contradicted"),
    (
        "negation added",
        "Chi hội Tin Lành làng Plei Mơ không được cấp đăng ký sinh hoạt tôn giáo tháng 3 năm 2021.",
        CHURCH,
        "contradicted",
    ),
    (
        "negation left out",
        "Chính quyền cho phép nhóm dựng nhà nguyện trên đất nông nghiệp.",
        CHURCH,
        "contradicted",
    ),
    (
        "critical and right",
        "Chính quyền không cho phép nhóm dựng nhà nguyện trên đất nông nghiệp.",
        CHURCH,
        "supported",
    ),
    ("flattering and wrong", "Nhóm có 420 tín đồ.", CHURCH, "contradicted"),
    (
        "english verbatim",
        "Officials said 35 households were relocated before the dam was opened.",
        DAM,
        "supported",
    ),
    (
        "english figure",
        "Officials said 53 households were relocated before the dam was opened.",
        DAM,
        "contradicted",
    ),
    ("english negation", "The company has paid compensation to the villagers.", DAM, "contradicted"),
    (
        "english critical and right",
        "The company has not paid compensation to the villagers.",
        DAM,
        "supported",
    ),
    (
        "english opposite",
        "Officials said 35 households were relocated after the dam was opened.",
        DAM,
        "contradicted",
    ),
    ("english other matter", "Coffee exports rose to a new record this quarter.", DAM, "not_enough"),
    (
        "claim without marks",
        fold("Cây cầu được xây dựng năm 2009 bằng vốn của dân làng.").text,
        BRIDGE,
        "supported",
    ),
    (
        "claim without marks, other year",
        "Cay cau duoc xay dung nam 2012 bang von cua dan lang.",
        BRIDGE,
        "contradicted",
    ),
    ("decomposed letters", unicodedata.normalize("NFD", "Nhóm có 420 tín đồ."), CHURCH, "contradicted"),
]
_by_name = pytest.mark.parametrize(
    ("claim", "passage", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)


def _judge(claim: str, *texts: str) -> Judgement:
    return judge(claim, [Passage(f"p{at}", text) for at, text in enumerate(texts)])


@_by_name
def test_a_claim_and_a_passage_give_the_verdict_a_reader_would_propose(claim: str, passage: str, wanted: str):
    assert _judge(claim, passage).verdict == wanted


@_by_name
def test_supported_and_contradicted_always_name_a_place_in_the_passage(claim: str, passage: str, wanted: str):
    judgement = _judge(claim, passage)
    assert bool(judgement.because) == (wanted != "not_enough")
    assert all(0 <= one.start < one.end <= len(passage) and one.why for one in judgement.because)


@pytest.mark.parametrize(
    ("claim", "passage", "quoted", "why"),
    [
        (
            "Vụ sập cầu làm 15 người bị thương, không có ai thiệt mạng.",
            BRIDGE,
            "12 người",
            "số khác: 15 người ≠ 12 người",
        ),
        ("Cây cầu được xây dựng năm 2012 bằng vốn của dân làng.", BRIDGE, "2009", "năm khác: 2012 ≠ 2009"),
        (
            "Chính quyền cho phép nhóm dựng nhà nguyện trên đất nông nghiệp.",
            CHURCH,
            "không cho phép nhóm",
            "phủ định khác nhau",
        ),
        (
            "Diện tích trồng hồ tiêu của tỉnh tăng còn 10.500 ha.",
            PEPPER,
            "giảm",
            "từ trái nghĩa: tăng ≠ giảm",
        ),
        ("Vụ sập cầu ở xã Ia Dom làm 12 người bị thương.", BRIDGE, "12 người", "cùng số: 12 người"),
        ("Cây cầu được xây dựng năm 2009.", BRIDGE, "Cây cầu được xây dựng năm 2009", "có nguyên văn: "),
    ],
    ids=["figure", "year", "negation", "opposite", "same figure", "verbatim"],
)
def test_the_reason_names_what_decided_and_points_at_its_words(
    claim: str, passage: str, quoted: str, why: str
):
    told = {one.why: passage[one.start : one.end] for one in _judge(claim, passage).because}
    fitting = [words for reason, words in told.items() if reason.startswith(why)]
    assert fitting
    assert fitting[0].startswith(quoted)


@pytest.mark.parametrize("claim", ["", "   ", "\n", "…!?", "và là của", "\u200b"])
def test_a_claim_without_words_of_content_is_not_enough(claim: str):
    assert _judge(claim, BRIDGE) == Judgement("not_enough", 0.0)


@pytest.mark.parametrize("passages", [(), ("",), (" \n ", "…")], ids=["none", "empty", "blank"])
def test_without_a_passage_to_read_it_is_not_enough(passages: tuple[str, ...]):
    assert _judge("Vụ sập cầu làm 12 người bị thương.", *passages) == Judgement("not_enough", 0.0)


def test_the_passage_that_says_most_decides_whatever_its_place():
    claim = "Cây cầu được xây dựng năm 2012 bằng vốn của dân làng."
    one, other = _judge(claim, PEPPER, BRIDGE), _judge(claim, BRIDGE, PEPPER)
    assert (one.verdict, one.score) == (other.verdict, other.score) == ("contradicted", one.score)
    assert {because.evidence for because in one.because} == {"p1"}


def test_passages_that_disagree_with_each_other_are_not_enough_and_both_are_shown():
    claim = "Cây cầu được xây dựng năm 2009 bằng vốn của dân làng."
    judgement = _judge(claim, BRIDGE, BRIDGE.replace("2009", "2013"))
    assert judgement.verdict == "not_enough"
    assert {because.evidence for because in judgement.because} == {"p0", "p1"}


def test_a_figure_the_passage_does_not_have_is_never_supported():
    claim = (
        "Chi hội Tin Lành làng Plei Mơ được cấp đăng ký sinh hoạt tôn giáo tháng 3 năm 2021, có 77 lá đơn."
    )
    assert _judge(claim, CHURCH).verdict != "supported"


_WORDS = [
    "xuyên tạc",
    "luận điệu",
    "ngang nhiên",
    "đàn áp",
    "crackdown",
    "land grab",
    "persecution",
    "so-called",
]


@_by_name
@pytest.mark.parametrize("loaded", _WORDS)
def test_loaded_words_in_the_claim_change_nothing(claim: str, passage: str, wanted: str, loaded: str):
    words = claim.split()
    added = " ".join([*words[:2], loaded, *words[2:-1], loaded, words[-1]])
    assert _judge(added, passage) == _judge(claim, passage)


@_by_name
@pytest.mark.parametrize("loaded", _WORDS)
def test_loaded_words_in_the_passage_change_no_verdict_and_no_score(
    claim: str, passage: str, wanted: str, loaded: str
):
    added = passage.replace(" được ", f" {loaded} được ").replace(" the ", f" {loaded} the ")
    added = added.replace(" làm ", f" làm {loaded} ")
    one, other = _judge(claim, passage), _judge(claim, added)
    assert (one.verdict, one.score) == (other.verdict, other.score)


def test_the_key_of_a_passage_has_no_part_in_the_verdict():
    claim, text = CASES[2][1], CASES[2][2]
    given_as = [judge(claim, [Passage(key, text)]) for key in ("bao-tinh/1", "foreign-press/1", "")]
    assert len({(one.verdict, one.score, tuple(b.why for b in one.because)) for one in given_as}) == 1


def test_the_same_figure_is_judged_alike_in_praise_and_in_blame():
    passage = "Năm 2025, huyện thu hồi 320 ha đất rừng và hỗ trợ 320 hộ dân."
    praise = _judge("Năm 2025, huyện hỗ trợ 500 hộ dân.", passage)
    blame = _judge("Năm 2025, huyện thu hồi 500 ha đất rừng.", passage)
    assert praise.verdict == blame.verdict == "contradicted"


def test_only_the_stretch_of_a_long_passage_that_speaks_of_the_claim_decides():
    noise = "Đoàn công tác kiểm tra tiến độ các tuyến đường liên xã trong mùa mưa. " * 400
    long = noise + BRIDGE + " " + noise
    judgement = _judge("Cây cầu được xây dựng năm 2012 bằng vốn của dân làng.", long)
    assert judgement.verdict == "contradicted"
    assert any(long[one.start : one.end] == "2009" for one in judgement.because)


@settings(max_examples=120, deadline=None)
@given(claim=st.text(max_size=120), text=st.text(max_size=300))
def test_any_text_gives_a_judgement_with_offsets_that_hold(claim: str, text: str):
    _assert_sound(_judge(claim, text), text)


_PIECES = [
    "Cầu ",
    "sập ",
    "12 ",
    "15 ",
    "người ",
    "không ",
    "bị thương",
    ". ",
    "năm 2009 ",
    "đàn áp ",
    "\u0301",
    "\x00",
    "\ud800",
    "İ",
    "\n",
    "1.200 ha ",
    "ﬁ",
    ", ",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25), st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_mixture_of_hard_pieces_gives_offsets_that_hold(claim: list[str], text: list[str]):
    passage = "".join(text)
    _assert_sound(_judge("".join(claim), passage), passage)


def _assert_sound(judgement: Judgement, text: str) -> None:
    assert 0 <= judgement.score <= 1
    assert judgement.verdict in {"supported", "contradicted", "not_enough"}
    assert judgement.because or judgement.verdict == "not_enough"
    assert all(0 <= one.start < one.end <= len(text) for one in judgement.because)


@pytest.mark.parametrize("text", ["a " * 20000, "12 " * 20000, "không " * 20000, "x" * 60000, "." * 60000])
def test_very_long_and_repeated_text_is_judged(text: str):
    assert _judge("a 12 không x", text).verdict in {"supported", "contradicted", "not_enough"}


def test_every_weight_is_of_a_feature_that_exists_and_every_feature_has_weights():
    features = compare(prepare(CASES[0][1]), prepare(BRIDGE)).features
    weights = load_weights()
    assert set(weights.weights) == set(features)
    assert set(weights.bias) == {"supported", "contradicted", "not_enough"}


def test_the_probabilities_of_the_verdicts_add_up_to_one():
    shares = load_weights().shares(compare(prepare(CASES[0][1]), prepare(BRIDGE)).features)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_fitting_to_clear_cases_separates_them():
    pairs = [LabelledPair(name, claim, passage, wanted) for name, claim, passage, wanted in CASES]
    examples = make_examples(pairs)
    weights = fit(examples)
    right = sum(propose_with(weights, example.features)[0] == example.verdict for example in examples)
    assert right >= len(examples) - 4


def test_altered_sentences_carry_the_verdict_of_their_alteration():
    pairs = [
        LabelledPair("1", "Cầu sập.", BRIDGE, "supported"),
        LabelledPair("2", "Giá tăng.", PEPPER, "supported"),
    ]
    made = list(iter_altered(pairs))
    assert {pair.verdict for pair in made} == {"supported", "contradicted", "not_enough"}
    assert all((pair.claim in pair.passage) == (pair.verdict == "supported") for pair in made)


def test_figured_sentences_come_in_pairs_that_differ_in_one_figure():
    made = list(iter_figured([LabelledPair("1", "Cầu sập.", BRIDGE, "supported")]))
    assert [pair.verdict for pair in made] == ["supported", "contradicted"]
    plain, changed = (pair.claim.split() for pair in made)
    assert sum(one != other for one, other in zip(plain, changed, strict=True)) == 1


CENTURY = (
    "Ngôi làng được lập vào thế kỷ XIX bên dòng sông. Dân làng bầu già làng năm 1998, không bầu trưởng thôn."
)


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [
        ("Ngôi làng được lập vào thế kỷ 19 bên dòng sông.", "supported"),
        ("Ngôi làng được lập vào thế kỷ 17 bên dòng sông.", "contradicted"),
        ("Ngôi làng được lập vào thế kỷ XVII bên dòng sông.", "contradicted"),
    ],
    ids=["same century", "other century", "other century in Roman numerals"],
)
def test_roman_numerals_are_numbers(claim: str, wanted: str):
    assert _judge(claim, CENTURY).verdict == wanted


def test_setting_aside_what_the_passage_does_not_say_is_no_denial():
    claim = "Dân làng bầu già làng năm 1998, không phải bầu già làng bằng cách bốc thăm."
    assert _judge(claim, CENTURY).verdict != "contradicted"


def test_a_share_told_of_a_thing_in_other_words_is_the_same_share():
    passage = "Toàn xã có 30,7% dân cư là người Jrai, còn người Kinh chiếm 36% dân số của xã."
    judgement = _judge("Người Jrai chiếm 30,7% dân số của xã.", passage)
    assert not any("36%" in one.why for one in judgement.because)


_NAMES = [
    ("Nguyễn Văn", "Trần Hữu"),
    ("Ksor Blih", "Rah Lan"),
    ("Y Bih", "Siu Anh"),
    ("John Smith", "Anna Berg"),
]


@pytest.mark.parametrize(("one", "other"), _NAMES, ids=["kinh", "jrai", "other", "foreign"])
def test_whose_name_it_is_changes_neither_verdict_nor_score(one: str, other: str):
    passage = "Chủ tịch xã là ông {}. Năm 2024, xã xây 12 căn nhà cho dân làng, ông {} trao tiền."
    claims = ("Chủ tịch xã là ông {}.", "Năm 2024, ông {} trao tiền xây 15 căn nhà.", "Ông {} là người lạ.")
    for claim in claims:
        for named in (one, other):  # there, and not there
            given_as = _judge(claim.format(named), passage.format(one, one))
            wanted = "Lê Minh" if named == one else "Phạm Quốc"
            plain = _judge(claim.format(wanted), passage.format("Lê Minh", "Lê Minh"))
            assert (given_as.verdict, given_as.score) == (plain.verdict, plain.score)


def test_only_a_proposal_with_enough_behind_it_is_sure():
    assert _judge(CASES[3][1], BRIDGE).is_sure
    assert not Judgement("contradicted", 0.45).is_sure
    assert not Judgement("not_enough", 0.99).is_sure


@pytest.mark.data
@pytest.mark.skipif(not DATA.is_dir(), reason="shared/data is absent")
def test_scores_on_unseen_pairs_do_not_fall_below_the_floors():
    scores = measure(DATA, times=1)
    below = {name: scores["B"][name] for name, floor in load_floors().items() if scores["B"][name] < floor}
    assert not below


@pytest.mark.data
@pytest.mark.skipif(not DATA.is_dir(), reason="shared/data is absent")
def test_the_shipped_weights_are_those_that_all_pairs_give():
    fresh, shipped = fit_all(DATA).weights, load_weights().weights
    assert fresh.keys() == shipped.keys()
    apart = {
        n: (fresh[n], shipped[n]) for n in fresh for v in fresh[n] if abs(fresh[n][v] - shipped[n][v]) > 0.05
    }
    assert not apart
