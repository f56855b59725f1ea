from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from nlp.checks import CHECKS, CHECKS_VERSION, check_story
from nlp.claims import find_claims
from nlp.loaded import LOADED
from store.types import (
    Article,
    Flag,
    LanguageGuess,
    MentionKind,
    PlaceMention,
    PublicationDate,
    ReadArticle,
    Reading,
    Relevance,
    RelevanceLabel,
    Scope,
    Stance,
    Story,
    StoryMember,
)

DAY = datetime(2026, 11, 15, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """One article in a few words."""

    text: str
    outlet: str = ""
    hours: float = 0
    copy_of: int = 0
    places: tuple[tuple[str, str], ...] = ()
    language: str = "vi"


def member(number: int, told: Told) -> StoryMember:
    outlet = told.outlet or f"bao-{number}"
    article = Article(
        url=f"https://{outlet}.example/{number}",
        outlet=outlet,
        outlet_name=f"Báo {outlet}",
        scope=Scope.DOMESTIC,
        title=f"Tin {number}",
        text=told.text,
        byline="P.V.",
        published=PublicationDate(DAY + timedelta(hours=told.hours), "given", 1.0),
    )
    places = tuple(
        PlaceMention(
            name, unit, told.text.index(name), told.text.index(name) + len(name), MentionKind.EVENT_PLACE, ""
        )
        for name, unit in told.places
    )
    reading = Reading(
        LanguageGuess(told.language, "test", 1.0),
        Relevance(RelevanceLabel.ABOUT, 1.0, ()),
        (),
        places,
        find_claims(told.text, title=article.title, language=told.language, places=places),
        "test",
    )
    return StoryMember(ReadArticle(number, 1, article, reading, DAY), told.copy_of, ())


def check(*told: Told) -> tuple[Flag, ...]:
    return check_story(Story("s1", tuple(member(n, each) for n, each in enumerate(told, 1))))


ONE = "Theo UBND tỉnh Gia Lai, ngày 15/11 có 12 căn nhà bị tốc mái ở xã Ia Dom."
OTHER = "Công an xã thống kê ngày 15/11 đã có 17 nhà bị tốc mái vì lốc xoáy."
DAMAGE = "Theo Sở Tài chính, tổng thiệt hại do bão số 12 ở tỉnh Gia Lai là 35 tỷ đồng."


def test_figures_that_disagree_are_flagged_on_both_sides_with_each_other_as_evidence():
    one, other = check(Told(ONE), Told(OTHER))
    assert (one.article, other.article) == (1, 2)
    assert one.claim.text == ONE
    assert other.claim.text == OTHER
    assert [(e.article, e.text, e.stance) for e in one.evidence] == [(2, OTHER, Stance.AGAINST)]
    assert [(e.article, e.text, e.stance) for e in other.evidence] == [(1, ONE, Stance.AGAINST)]
    assert one.because == ("Câu này ghi “12 căn nhà”, bài khác ghi “17 nhà”.",)
    assert one.missing == ("Chưa có số liệu chính thức trong căn cứ.",)


def test_evidence_is_an_exact_quotation_of_the_article_it_names():
    told = (
        Told(f"Trời mưa to. {ONE}"),
        Told(f"{OTHER} Hết."),
        Told("Có 12 nhà bị tốc mái trong ngày 15/11 ở xã."),
    )
    texts = {n: each.text for n, each in enumerate(told, 1)}
    flags = check(*told)
    assert flags
    for flag in flags:
        assert texts[flag.article][flag.claim.start : flag.claim.end] == flag.claim.text
        for evidence in flag.evidence:
            assert texts[evidence.article][evidence.start : evidence.end] == evidence.text
            assert evidence.document == f"https://bao-{evidence.article}.example/{evidence.article}"


def test_a_third_outlet_that_says_the_same_stands_for_the_claim():
    flags = check(Told(ONE), Told(OTHER), Told("Có 12 nhà bị tốc mái trong ngày 15/11 ở xã."))
    first = next(flag for flag in flags if flag.article == 1)
    assert [(e.article, e.stance) for e in first.evidence] == [(2, Stance.AGAINST), (3, Stance.FOR)]


def test_one_flag_for_a_sentence_holds_all_that_speaks_against_it():
    flags = check(Told(ONE), Told(OTHER), Told("Báo địa phương đưa tin 19 nhà bị tốc mái trong ngày 15/11."))
    assert [flag.article for flag in flags] == [1, 2, 3]
    assert all(sum(e.stance is Stance.AGAINST for e in flag.evidence) == 2 for flag in flags)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Told(ONE), Told("Trong ngày 15/11 có 12 căn nhà bị tốc mái vì lốc xoáy.")),
        (Told(ONE), Told("Trong ngày 15/11 có hơn 10 nhà bị tốc mái vì lốc xoáy.")),
        (Told(ONE), Told("Trong ngày 15/11 có khoảng 11 nhà bị tốc mái vì lốc xoáy.")),
        (Told(ONE), Told("Trong ngày 15/11 có từ 10 đến 20 nhà bị tốc mái vì lốc.")),
        (Told(ONE), Told("Trong ngày 15/11 có 17 nhà bị sập vì lốc xoáy ở xã.")),
        (Told(ONE), Told("Ngày 16/11 lại có 17 nhà bị tốc mái vì lốc xoáy.")),
        (Told(ONE), Told("Năm 2009 đã có 17 nhà bị tốc mái vì bão lớn.")),
        (Told(ONE), Told("Ngày 15/11 có 17 nhà bị tốc mái, trong đó 12 nhà bị tốc mái ở xã Ia Dom.")),
        (Told(ONE, outlet="a"), Told(OTHER, outlet="a")),
        (Told(ONE), Told("Báo cáo ngày 15/11: trong đó có 3 nhà bị tốc mái ở thôn 5.")),
        (Told(DAMAGE), Told("Tổng vốn đầu tư của cây cầu qua sông Ba là 90 tỷ đồng.")),
        (Told(ONE), Told(OTHER.replace("đã có", "đến nay đã có"), hours=2)),
        (Told(ONE), Told("Đã có 17 nhà bị tốc mái vì lốc xoáy ở xã.", hours=30)),
        (Told("Lốc xoáy làm 19 nhà dân bị sập."), Told("Lốc xoáy làm 24 nhà ở, 6 nhà bếp bị sập.")),
        (
            Told("Lốc xoáy ở huyện làm 194 căn nhà bị thiệt hại."),
            Told("Lốc xoáy ở huyện làm 170 căn nhà bị hư hỏng, tốc mái."),
        ),
        (
            Told("Xã di dời người dân ở vùng ô nhiễm trong phạm vi 500m quanh bãi rác."),
            Told("Xã hỗ trợ người dân ở vùng ô nhiễm trong phạm vi từ 0m đến 1.000m quanh bãi rác."),
        ),
        (
            Told("Theo xã, các hộ ở vùng ô nhiễm phạm vi 500m quanh bãi rác được di dời."),
            Told("Các hộ ở vùng ô nhiễm phạm vi 1.000m quanh bãi rác xin được di dời."),
        ),
        (
            Told("Kho bạc phát hành tờ tiền lưu niệm mệnh giá 200 đồng dịp kỷ niệm năm nay."),
            Told(
                "Mười năm trước kho bạc cũng phát hành một loại tiền lưu niệm mệnh giá 50 đồng bán cho khách."
            ),
        ),
        (
            Told("Công an tỉnh phối hợp bắt giữ tám đối tượng trong đường dây buôn gỗ lậu."),
            Told("Đầu năm, công an tỉnh bắt giữ 2 đối tượng Lò Văn Một (30 tuổi) và Lò Văn Hai buôn gỗ lậu."),
        ),
        (
            Told("Tâm chấn trận động đất ở ngoài khơi cách Đồng Hới khoảng 114 km về phía đông."),
            Told("Tâm chấn trận động đất ở ngoài khơi, cách Vinh 73,1 km về phía đông."),
        ),
        (
            Told("Theo sở, tỷ lệ hộ nghèo của tỉnh năm nay là 6,1%."),
            Told("Theo kế hoạch của sở tỷ lệ hộ nghèo của tỉnh năm nay là 4,2%."),
        ),
        (
            Told("Sở Công Thương cho công ty tạm ứng 16,6 tỷ đồng để dự trữ hàng hóa bình ổn giá dịp Tết."),
            Told(
                "Sở Nông nghiệp cho công ty tạm ứng 35 tỷ đồng để dự trữ hàng hóa bình ổn giá dịp Tết. "
                "Trước đó sở khác đã chuyển 16,6 tỷ đồng cho đơn vị này."
            ),
        ),
        (
            Told("Khoảng 124 quốc gia đã xem buôn gỗ lậu là tội theo nghị định thư, 96 nước có kế hoạch."),
            Told("Hiện 124 nước đã cấm nạn buôn gỗ lậu, và 96 quốc gia có kế hoạch chống buôn gỗ lậu."),
        ),
        (
            Told("Trong đó, thôn Một có 2 lớp học hư hỏng, thôn Hai có 1 lớp học hư hỏng."),
            Told("Trong đó, thôn Hai có 1 lớp học hư hỏng, thôn Một có 2 lớp học hư hỏng."),
        ),
        (
            Told("Ở nội dung 10m súng ngắn hơi nam, xạ thủ của tỉnh xếp hạng tư vòng loại."),
            Told("Trước đó ở nội dung 50m súng ngắn bắn chậm, xạ thủ của tỉnh xếp hạng 32 vòng loại."),
        ),
        (
            Told("Hiện sân bay có công suất thiết kế 2 triệu hành khách mỗi năm, theo cảng vụ."),
            Told("Dự án nâng công suất sân bay lên 5 triệu hành khách mỗi năm đã được trình."),
        ),
        (
            Told("Sạt lở đất ở xã làm 3 người chết, theo công an."),
            Told("Tháng 3/2026, một vụ sạt lở khác làm 12 người chết."),
        ),
        (
            Told("Theo báo cáo của công ty, lợi nhuận trước thuế hợp nhất năm nay đạt 1.049 tỷ đồng."),
            Told("Theo báo cáo của công ty, lợi nhuận trước thuế hợp nhất năm nay đạt 1.048,8 tỷ đồng."),
        ),
    ],
    ids=[
        "the same",
        "at least",
        "about",
        "a range",
        "another state",
        "another day",
        "another year",
        "the other article gives both",
        "one outlet's own update",
        "a part of the whole",
        "another thing",
        "says it is an update",
        "a day later and higher",
        "kitchens are no houses",
        "harmed in any way, and damaged",
        "the far end of a range",
        "one zone and another",
        "one note and another",
        "some, named one by one",
        "how far from one town and from another",
        "what is and what was planned",
        "the other article gives both, of whatever",
        "two figures of one sentence, counted in other words",
        "the same list in another order",
        "a discipline's name",
        "what is and what it is to be raised to",
        "an earlier event",
        "rounded",
    ],
)
def test_figures_that_can_both_be_true_raise_no_flag(one: Told, other: Told):
    assert check(one, other) == ()


def test_other_places_are_other_counts():
    one = Told("Ở xã Ia Dom có 12 căn nhà bị tốc mái.", places=(("Ia Dom", "c1"),))
    other = Told("Ở xã Ia Mơ có 17 căn nhà bị tốc mái.", places=(("Ia Mơ", "c2"),))
    assert check(one, other) == ()
    assert len(check(one, replace(other, places=(("Ia Mơ", "c1"),)))) == 2


def test_an_update_is_noted_where_other_figures_still_disagree():
    later = Told("Đã có 21 nhà bị tốc mái vì lốc xoáy ở xã.", hours=40)
    first = next(flag for flag in check(Told(ONE), Told(OTHER), later) if flag.article == 1)
    assert "“21 nhà” trong bài sau được coi là số cập nhật, không tính là mâu thuẫn." in first.because


def test_a_reprint_with_a_changed_figure_is_flagged_and_an_unchanged_one_is_not():
    assert check(Told(ONE), Told(ONE, copy_of=1)) == ()
    flags = check(Told(ONE), Told(ONE.replace("12 căn", "72 căn"), copy_of=1))
    assert {flag.article for flag in flags} == {1, 2}


def test_a_figure_far_from_another_with_which_it_may_be_true_does_not_speak_for_it():
    far = "Trong ngày 15/11 có hơn 3 nhà bị tốc mái vì lốc xoáy."
    flags = check(Told(ONE), Told(OTHER), Told(far))
    assert all(e.article != 3 for flag in flags for e in flag.evidence)


def test_what_another_article_gives_in_a_sentence_told_before_is_given_by_it_too():
    """The sentence counts once, for who told it first; the second article still says it."""
    shared = "Công ty nhận 100 tỷ đồng tiền hỗ trợ của tỉnh cho dự án trồng rừng."
    first = Told(f"{shared} Trời nắng.")
    second = Told(f"{shared} Công ty nhận 45 tỷ đồng tiền hỗ trợ của tỉnh cho dự án nuôi bò.")
    assert check(first, second) == ()


def test_copies_add_no_voice():
    agreeing = "Có 12 nhà bị tốc mái trong ngày 15/11 ở xã."
    first = check(Told(ONE), Told(OTHER), Told(agreeing, copy_of=1))[0]
    assert all(e.article != 3 for e in first.evidence)


def test_an_english_report_can_disagree_with_a_vietnamese_one():
    english = Told("Officials reported that 17 houses were unroofed by the storm on Sunday.", language="en")
    assert {flag.article for flag in check(Told(ONE), english)} == {1, 2}


def test_what_nobody_attributes_is_said_to_be_missing():
    flags = check(Told("Ngày 15/11 đã có 12 nhà bị tốc mái."), Told("Ngày 15/11 đã có 17 nhà bị tốc mái."))
    assert all("Không câu nào nêu nguồn của con số." in flag.missing for flag in flags)


STORIES: tuple[tuple[Told, ...], ...] = (
    (Told(ONE), Told(OTHER), Told("Có 12 nhà bị tốc mái trong ngày 15/11 ở xã.")),
    (Told(DAMAGE), Told(DAMAGE.replace("35 tỷ", "53 tỷ"), copy_of=1)),
    (Told(ONE), Told("Trong ngày 15/11 có 12 căn nhà bị tốc mái.")),
)


def seen(flags: Sequence[Flag]) -> list[tuple[object, ...]]:
    """All of a flag but who published what."""
    return [
        (
            f.check,
            f.claim,
            f.article,
            f.strength,
            f.because,
            f.missing,
            [(e.text, e.start, e.end, e.article, e.stance, e.why) for e in f.evidence],
        )
        for f in flags
    ]


def renamed(one: StoryMember, number: int) -> StoryMember:
    article = replace(
        one.item.article,
        outlet=f"foreign-{number}",
        outlet_name=f"Foreign News {number}",
        url=f"https://other{number}.example/x",
        byline="A. Writer",
        scope=Scope.FOREIGN,
    )
    return replace(one, item=replace(one.item, article=article))


@pytest.mark.parametrize("told", STORIES)
def test_other_names_addresses_countries_and_bylines_leave_every_flag_as_it_is(told: tuple[Told, ...]):
    members = tuple(member(n, each) for n, each in enumerate(told, 1))
    others = tuple(renamed(one, len(members) - n) for n, one in enumerate(members))
    assert seen(check_story(Story("s1", members))) == seen(check_story(Story("s1", others)))


@pytest.mark.parametrize("word", LOADED)
def test_a_loaded_word_in_one_article_leaves_every_score_and_flag_as_it_is(word: str):
    plain = check(Told(ONE), Told(OTHER))
    loaded = check(Told(ONE), Told(OTHER.replace("thống kê", f"thống kê {word}")))
    assert [(f.article, f.strength, f.because, f.claim.score) for f in loaded] == [
        (f.article, f.strength, f.because, f.claim.score) for f in plain
    ]


@pytest.mark.parametrize("word", ["xuyên tạc", "crackdown"])
def test_loaded_words_alone_raise_no_flag(word: str):
    assert check(Told(f"{ONE} Đây là {word}."), Told("Trong ngày 15/11 có 12 căn nhà bị tốc mái.")) == ()


@pytest.mark.parametrize(
    ("critical", "plain"),
    [
        (
            "Chính quyền chậm chạp để 12 căn nhà bị tốc mái suốt ngày 15/11 mà không ai đến giúp.",
            "Ngày 15/11 có 12 căn nhà bị tốc mái, theo UBND tỉnh Gia Lai.",
        ),
        (
            "Người dân phản đối việc thu hồi 45 ha đất rừng của làng ở xã Ia Mơ với giá rẻ mạt.",
            "UBND tỉnh quyết định thu hồi 45 ha đất rừng của làng ở xã Ia Mơ năm nay.",
        ),
        (
            "Nhà chức trách bắt giữ 5 tín đồ ở huyện Chư Prông mà không nêu lý do.",
            "Công an bắt giữ 5 tín đồ ở huyện Chư Prông để điều tra.",
        ),
    ],
    ids=["storm", "land", "faith"],
)
def test_criticism_whose_figures_agree_raises_no_flag(critical: str, plain: str):
    assert check(Told(critical), Told(plain)) == ()


def test_the_offices_own_figure_is_flagged_like_any_other():
    office = Told(ONE, outlet="cong-thong-tin-dien-tu-tinh")
    assert {flag.article for flag in check(office, Told(OTHER))} == {1, 2}


def test_the_order_of_members_does_not_decide():
    members = [member(n, each) for n, each in enumerate(STORIES[0], 1)]
    forth, back = (check_story(Story("s1", tuple(each))) for each in (members, members[::-1]))
    assert {flag.key for flag in forth} == {flag.key for flag in back}


def test_every_check_is_named_once_with_its_version_and_an_explanation_in_two_languages():
    names = [check.name for check in CHECKS]
    assert len(names) == len(set(names))
    assert all(check.version and check.vi and check.en for check in CHECKS)
    assert " ".join(f"{check.name}/{check.version}" for check in CHECKS) == CHECKS_VERSION


def test_a_story_of_many_articles_with_one_figure_is_checked_to_the_end():
    stations = [chr(97 + n % 26) + chr(97 + n // 26) for n in range(300)]
    told = [
        Told(OTHER.replace("17 nhà", f"{n % 9 + 20} nhà").replace("xã", station, 1))
        for n, station in enumerate(stations)
    ]
    assert len(check(*told)) == 200


def test_a_sentence_printed_in_ever_new_ways_is_a_formula_and_says_nothing():
    assert check(*(Told(OTHER.replace("17 nhà", f"{n + 20} nhà")) for n in range(30))) == ()


def test_a_plain_sentence_that_counts_is_set_against_another_though_it_is_no_claim():
    plain = "Từ số vé xe máy và sổ của làng, cộng với khách tham quan, lễ hội đón 85.000 lượt khách."
    assert find_claims(plain, title="", language="vi", places=()) == ()
    flags = check(Told("Theo báo cáo của sở, lễ hội đã đón 120.000 lượt khách."), Told(plain))
    assert [flag.article for flag in flags] == [1, 2]


def test_ground_is_counted_by_what_happened_to_it():
    one = "Theo ảnh vệ tinh của hai năm, phóng viên tính được ít nhất 12,4 ha rừng bị phá để trồng cây."
    flags = check(Told(one), Told("Đoàn kiểm tra xác định có 4,7 ha rừng bị chặt phá tại hai tiểu khu."))
    assert len(flags) == 2


def test_a_whole_province_is_one_scope_though_one_sentence_lists_its_communes():
    one = "Theo Sở Nông nghiệp, toàn tỉnh đã sơ tán 412 hộ dân ở xã Đề Gi và xã Cát Tiến đến nơi an toàn."
    flags = check(Told(one), Told("Theo công an, toàn tỉnh đã sơ tán 520 hộ dân đến nơi an toàn."))
    assert len(flags) == 2


def test_what_was_done_by_somebody_is_not_taken_for_a_part_of_those():
    flags = check(
        Told("Theo kết luận, chủ đầu tư phải thu hồi 7,9 tỷ đồng do nghiệm thu khống khối lượng cây xanh."),
        Told("Theo công an, chủ đầu tư phải thu hồi 9,7 tỷ đồng do nghiệm thu khống cây xanh, đá lát."),
    )
    assert len(flags) == 2
