from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.checkability import SentenceKind, checkability
from nlp.claim_features import find_attribution
from nlp.claims import find_claims
from nlp.loaded import LOADED
from nlp.text import fold


@pytest.mark.parametrize(
    ("sentence", "language", "kind"),
    [
        ("Lũ làm chết 12 người ở huyện trong ngày 3/10.", "vi", SentenceKind.CLAIM),
        ("Lu lam chet 12 nguoi o huyen trong ngay 3/10/2024.", "vi", SentenceKind.CLAIM),
        ("Công ty thừa nhận đã xả nước thải chưa qua xử lý ra suối.", "vi", SentenceKind.CLAIM),
        ("Tôi thấy nơi này rất đẹp và bình yên.", "vi", SentenceKind.OPINION),
        ("Giá cà phê sẽ còn tăng trong thời gian tới.", "vi", SentenceKind.FORECAST),
        ("Chúng ta phải giữ lấy dòng sông quê mình.", "vi", SentenceKind.VALUE),
        ("Ai chịu trách nhiệm về 45 ha rừng đã mất?", "vi", SentenceKind.QUESTION),
        ("Hãy rửa sạch rau rồi để ráo trong rổ.", "vi", SentenceKind.ADDRESS),
        ("Một góc chợ phiên vùng cao", "vi", SentenceKind.FRAGMENT),
        ("Cậu bé ôm chặt con mèo vào lòng.", "vi", SentenceKind.PLAIN),
        ("The flood killed 12 people and cost $3 million last year.", "en", SentenceKind.CLAIM),
        ("I think we are a great and good people.", "en", SentenceKind.OPINION),
        ("Who will pay for the 12 bridges?", "en", SentenceKind.QUESTION),
        ("We should all take better care of our rivers.", "en", SentenceKind.VALUE),
        ("Next year will be better for all of us here.", "en", SentenceKind.FORECAST),
        ("Il y a eu 12 morts en 2024.", "fr", SentenceKind.UNKNOWN),
    ],
)
def test_a_sentence_is_said_to_be_what_it_is(sentence: str, language: str, kind: SentenceKind):
    found = checkability(sentence, language=language)
    assert found.kind is kind
    assert found.why.endswith(".")
    assert found.is_checkable == (kind is SentenceKind.CLAIM)


def test_the_words_that_decided_are_named():
    found = checkability("Chúng ta phải giữ lấy dòng sông quê mình.", language="vi")
    assert found.marks == ("phải",)
    assert "“phải”" in found.why


@pytest.mark.parametrize(
    ("sentence", "attributed"),
    [
        ("Theo UBND tỉnh Gia Lai, có 12 nhà tốc mái.", "Theo UBND tỉnh Gia Lai"),
        ("Có 12 nhà tốc mái, theo Sở Y tế.", "theo Sở Y tế"),
        ("Sở Y tế cho biết có 12 ca mắc.", "Sở Y tế cho biết"),
        ("Ông Tám cho hay xã có 12 hộ nghèo.", "Ông Tám cho hay"),
        ("Công ty thừa nhận nợ lương 3 tháng.", "Công ty thừa nhận"),
        ("Người dân cáo buộc công ty lấn đất.", "Người dân cáo buộc"),
        ("Người dân phản ánh nước giếng có mùi hôi.", "Người dân phản ánh"),
        ("Bà Hoa tố cáo cán bộ xã lấy tiền hỗ trợ.", "Bà Hoa tố cáo"),
        ("Báo cáo của tổ chức này cho rằng 12 người bị bắt.", "Báo cáo của tổ chức này cho rằng"),
        ("Người phát ngôn bác bỏ việc 12 người bị bắt.", "Người phát ngôn bác bỏ"),
        ("According to the province, 12 houses fell.", "According to the province"),
        ("The ministry said 12 people died.", "The ministry said"),
        ("The group alleged that 12 people were held.", "The group alleged"),
        ("A report by the agency found that 12 dams leak.", "A report by the agency found that"),
        ("The company denied that it owes wages.", "The company denied"),
        ("Có 12 nhà tốc mái.", ""),
        ("Công an theo dõi nhóm này từ lâu.", ""),
        ("Họ đi theo con đường mòn vào rừng.", ""),
        ("They found 12 boxes in the house.", ""),
        ("", ""),
    ],
)
def test_the_attribution_is_kept_as_written(sentence: str, attributed: str):
    assert find_attribution(sentence) == attributed
    assert checkability(sentence, language="vi").attributed == attributed


SENTENCES = (
    "{who} cho biết công ty đã {word} thu hồi 45 ha đất của 120 hộ dân trong năm 2024.",
    "Tòa án {word} tuyên phạt {who} 12 năm tù vì nhận hối lộ 3 tỉ đồng.",
    "Tôi nghĩ {who} đã {word} làm một việc rất đáng tiếc.",
    "{who} {word} sẽ tham dự trong thời gian tới.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "who", ["Trần Văn Bốn", "Lê Thị Thu", "Rơ Châm Tín", "Joao Silva", "Phan Chi", "Vũ Xuân Trường"]
)
def test_another_name_changes_neither_score_nor_kind(sentence: str, who: str):
    plain, other = (sentence.format(who=name, word="") for name in ("Phạm Minh An", who))
    first, second = (checkability(text, language="vi") for text in (plain, other))
    assert (first.score, first.kind) == (second.score, second.kind)


@pytest.mark.parametrize("outlet", ["Reuters", "VnExpress", "RFA", "VOV"])
def test_another_outlet_in_the_sentence_changes_neither_score_nor_kind(outlet: str):
    sentence = "Ngày 3/10, tờ {} viết rằng công ty đã chi 12 tỉ đồng."
    first, second = (checkability(sentence.format(name), language="vi") for name in ("AFP", outlet))
    assert (first.score, first.kind) == (second.score, second.kind)


@pytest.mark.parametrize("word", LOADED)
def test_a_loaded_word_changes_neither_score_nor_kind(word: str):
    for sentence in SENTENCES:
        first, second = (
            checkability(sentence.format(who="Phạm Minh An", word=added), language="vi")
            for added in ("", word)
        )
        assert (first.score, first.kind, first.marks) == (second.score, second.kind, second.marks)


@pytest.mark.parametrize("sentence", SENTENCES[:2])
def test_without_its_marks_a_claim_is_still_a_claim(sentence: str):
    accented = sentence.format(who="Phạm Minh An", word="")
    plain = "".join(
        c.upper() if o.isupper() else c for c, o in zip(fold(accented).text, accented, strict=True)
    )
    assert checkability(accented, language="vi").kind is SentenceKind.CLAIM
    assert checkability(plain, language="vi").kind is SentenceKind.CLAIM


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["vi", "en", "fr", ""]))
def test_whatever_the_text_it_has_a_kind_and_a_reason(text: str, language: str):
    found = checkability(text, language=language)
    assert found.kind in SentenceKind
    assert found.why
    assert 0 <= found.score <= 1


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_reading_takes_for_a_claim_is_one_here_too(sentence: str):
    text = sentence.format(who="Phạm Minh An", word="")
    taken = bool(find_claims(text, title="", language="vi", places=()))
    assert checkability(text, language="vi").is_checkable == taken
