"""Two figures of other stages, levels, states or times can both be true: no flag. The same figure given
otherwise is one, in whatever words.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nlp.checks import figures_disagree
from nlp.checks.scopes import are_opposed, find_scope

BOTH_TRUE = {
    "nine months and a quarter": (
        "Chín tháng đầu năm, kiểm lâm phát hiện 524 vụ vi phạm, nhiều cánh rừng bị phá.",
        "Quý III, kiểm lâm phát hiện 251 vụ vi phạm, nhiều cánh rừng bị phá.",
    ),
    "a road since January and one storm": (
        "Trên đoạn đèo dài 12 km này, từ đầu năm đã có 9 người chết.",
        "Trên đoạn đèo này, cơn bão làm 5 người chết trong một đêm.",
    ),
    "numbered stages": (
        "Tổng mức đầu tư giai đoạn 1 của hồ chứa nước là 410 tỷ đồng từ ngân sách tỉnh.",
        "Giai đoạn 2 của hồ chứa nước có tổng mức đầu tư 560 tỷ đồng từ ngân sách tỉnh.",
    ),
    "a supposition": (
        "Giá một tạ tiêu của hợp tác xã lên tới 250 USD nếu tính theo tỷ giá chợ đen.",
        "Giá một tạ tiêu của hợp tác xã hiện là 180 USD.",
    ),
    "before and after a bargain": (
        "Ông chủ rao giá ngôi nhà 6,4 tỷ đồng, sau cùng đồng ý bán với giá 5,8 tỷ.",
        "Ngôi nhà được rao giá 6,4 tỷ, sau cùng ông chủ đồng ý bán với giá 5,8 tỷ đồng.",
    ),
    "besides those told before": (
        "Kiểm tra kho hàng, công an thu giữ 9 khẩu súng và nhiều dao kiếm.",
        "Ngoài ra, công an kiểm tra xe tải và thu giữ của người lái 5 khẩu súng khác cùng đạn.",
    ),
    "the whole district and the whole commune": (
        "Huyện Đức Cơ có 36 tổ bầu cử với gần 41.000 cử tri.",
        "Toàn xã có 14 tổ bầu cử, với gần 9.000 cử tri.",
    ),
    "a sum and its parts": (
        "Theo đài truyền hình, có năm vụ đánh bom xảy ra ở khu chợ phía bắc.",
        "Cả ngày có tổng cộng 8 vụ đánh bom, gồm 5 vụ ở khu chợ phía bắc và 3 vụ ở bến xe.",
    ),
    "one number for two things": (
        "Đại hội thu hút khoảng 2.000 vận động viên, 900 huấn luyện viên, cán bộ đến từ 30 tỉnh.",
        "Đại hội thu hút khoảng 2.000 vận động viên, 1.500 huấn luyện viên và trọng tài đến từ 30 tỉnh.",
    ),
    "two states at once": (
        "Lốc xoáy đã làm 52 ngôi nhà ở huyện bị tốc mái và sập đổ trong đêm.",
        "Lốc xoáy trong đêm làm 70 ngôi nhà ở huyện bị tốc mái.",
    ),
    "a version of it": (
        "Chiếc xe máy cày này có 6 tùy chọn màu sơn cho người mua.",
        "Về màu sơn của chiếc xe máy cày này, phiên bản cao cấp có 2 tùy chọn.",
    ),
    "sizes far apart": (
        "Lúc thịnh vượng nhà máy chế biến mủ cao su có 2.600 công nhân làm việc.",
        "Nhà máy chế biến mủ cao su vay tiền trả lương cho 300 công nhân làm việc.",
    ),
    "a ceiling": (
        "Giá bán lẻ gas đến người dùng không vượt quá 310.000 đồng/bình.",
        "Giá bán lẻ gas đến người dùng là 295.000 đồng/bình.",
    ),
    "all so far, and what a day added": (
        "Tính đến nay, toàn tỉnh có tổng cộng 310 ca mắc sốt xuất huyết ở các xã vùng biên.",
        "Trong tuần ngành y tế phát hiện 210 ca mắc sốt xuất huyết ở các xã vùng biên của tỉnh.",
    ),
    "the prices of two things": (
        "Chỉ số giá nhóm nhiên liệu tăng 5,15% so với tháng trước.",
        "Chỉ số giá vàng tháng này cũng tăng 1,45% so với tháng trước.",
    ),
    "two ranks in another order": (
        "Đội Cao Nguyên soán ngôi đầu khu vực sau khi lên 117 thế giới, còn đội bạn tụt hạng, đứng thứ 120.",
        "Trong khu vực, đội Cao Nguyên đứng thứ 117 thế giới, đội bạn đứng 120 thế giới sau khi tụt hạng.",
    ),
    "figures in turn": (
        "Ba làng vùng biên lần lượt thu hoạch được 50 tấn, 53 tấn cà phê nhân trong vụ này.",
        "Làng vùng biên thu hoạch được 80 tấn cà phê nhân trong vụ này.",
    ),
    "the others": (
        "Đối với các xã, phường vùng thấp khác, mục tiêu là 50% số cửa hàng xăng dầu bán xăng sinh học.",
        "Bốn phường trung tâm có mục tiêu 80% số cửa hàng xăng dầu bán xăng sinh học.",
    ),
    "one number for two things, told apart by the other": (
        "Tất cả 64 hành khách và nhân viên nhà ga được đưa ra ngoài an toàn.",
        "Có 56 hành khách, 8 nhân viên nhà ga được đưa ra ngoài an toàn.",
    ),
    "who is named and the others": (
        "Anh Siu Hon và 3 thuyền viên mất năm giờ mới kéo được lưới vào bờ sông Ba.",
        "Cả 6 thuyền viên mất năm giờ mới kéo được lưới vào bờ sông Ba.",
    ),
    "some of a list": (
        "Trong danh sách này có 11 doanh nghiệp bán hàng đa cấp có trụ sở ở Pleiku.",
        "Cơ quan quản lý cảnh báo về 14 doanh nghiệp bán hàng đa cấp có trụ sở ở Pleiku.",
    ),
    "fresh and dry": (
        "Hợp tác xã thu mua măng tươi với giá từ 7.000-10.000 đồng/kg tại làng.",
        "Hợp tác xã thu mua măng khô với giá từ 25.000-30.000 đồng/kg tại làng.",
    ),
    "the title of another article": (
        "Gia đình ông nhận hóa đơn tiền nước 19 triệu đồng cho gia đình 6 người.",
        "Công ty trả lời.\nHóa đơn tiền nước 12 triệu đồng của gia đình 4 người",
    ),
    "before and after tax": (
        "Lợi nhuận trước thuế của công ty cao su trong năm đạt 90 tỷ đồng.",
        "Lợi nhuận sau thuế của công ty cao su trong năm đạt 72 tỷ đồng.",
    ),
}
DIFFERENT = {
    "a sum": (
        "Công trình cầu cảng này có tổng mức đầu tư 320 tỷ đồng nhằm nâng năng lực của cảng.",
        "Năng lực của cảng tăng khi công trình cầu cảng có tổng mức đầu tư 311 tỷ đồng.",
    ),
    "people hurt": (
        "Vụ lật xe ở đèo An Khê làm 8 người chết và 4 người khác bị thương.",
        "Vụ lật xe ở đèo An Khê còn làm 3 người bị thương.",
    ),
    "a digit that slipped": (
        "Nhà văn hóa của làng có tổng mức đầu tư 7,2 tỷ đồng, do huyện xây trong năm nay.",
        "Tổng mức đầu tư nhà văn hóa của làng là 72 tỷ đồng, huyện xây trong năm nay.",
    ),
    "one stage": (
        "Tổng mức đầu tư giai đoạn 1 của hồ chứa nước là 410 tỷ đồng từ ngân sách tỉnh.",
        "Giai đoạn đầu của hồ chứa nước có tổng mức đầu tư 560 tỷ đồng từ ngân sách tỉnh.",
    ),
    "where they are": (
        "Nạn nhân tử vong sau đó với 4 vết thương ở vùng lưng, vai.",
        "Nạn nhân tử vong vì trúng 6 vết thương ở vùng lưng, cổ.",
    ),
    "the same two things": (
        "Dự hội nghị có hơn 60 đại biểu của 31 quốc gia và vùng lãnh thổ ở châu Á.",
        "Hội nghị có khoảng 60 đại biểu của 34 quốc gia, vùng lãnh thổ ở châu Á dự.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), BOTH_TRUE.values(), ids=BOTH_TRUE)
def test_figures_that_can_both_be_true_raise_no_flag(make: SimpleNamespace, one: str, other: str) -> None:
    assert figures_disagree.find_flags(make.case(make.item(1, one), make.item(2, other, hours=1))) == ()


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_figures_that_cannot_are_flagged_on_both_sides(make: SimpleNamespace, one: str, other: str) -> None:
    flags = figures_disagree.find_flags(make.case(make.item(1, one), make.item(2, other, hours=1)))
    assert {flag.article for flag in flags} == {1, 2}


def test_a_loaded_word_leaves_the_scope_as_it_is() -> None:
    plain = "Xã có 14 tổ bầu cử và điểm phát phiếu."
    loaded = plain.replace("điểm", "ngang nhiên điểm")
    assert find_scope(plain, 6, 8).partner & find_scope(loaded, 6, 8).partner


@pytest.mark.parametrize(
    ("one", "other", "is_opposed"),
    [
        ("lợi nhuận trước thuế", "lợi nhuận sau thuế", True),
        ("khách trong nước", "khách ngoài nước", True),
        ("lợi nhuận trước thuế", "lợi nhuận trước thuế và sau thuế", False),
        ("trước mùa mưa", "sau lễ hội", False),
    ],
)
def test_opposites_turn_round_only_what_both_name(one: str, other: str, is_opposed: bool) -> None:
    assert are_opposed(one, other) is are_opposed(other, one) is is_opposed
