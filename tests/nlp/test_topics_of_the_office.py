"""Topics with the office's own cues: other languages' floods, and names that are no subject."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nlp.knowledge import Knowledge
from nlp.read import read
from store.types import Article

MakeArticle = Callable[..., Article]
Tag = Callable[..., set[str]]


@pytest.fixture
def tag(office: Knowledge, article: MakeArticle) -> Tag:
    def tagged(text: str, title: str = "") -> set[str]:
        return {t.id for t in read(article(text, title), office).topics}

    return tagged


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Floods kill five in Vietnam's central highlands",
            "Flash floods swept through Gia Lai province on Tuesday, killing five people.",
        ),
        (
            "Inondations meurtrières à Gia Lai",
            "Au moins cinq personnes sont mortes dans les inondations qui ont frappé la province de Gia Lai.",
        ),
        ("Landslides cut off villages", "Landslides cut off three villages in Gia Lai after typhoons."),
    ],
    ids=["en", "fr", "en plural"],
)
def test_disasters_told_in_other_languages_are_disasters(tag: Tag, title: str, text: str):
    assert "T12" in tag(text, title)


def test_firemen_make_no_crime(tag: Tag):
    text = "Quán cà phê bốc cháy rạng sáng nay. Cảnh sát phòng cháy chữa cháy dập lửa sau 20 phút."
    assert "T07" not in tag(text, "Cháy quán cà phê ở Pleiku")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Phố đi bộ quanh Quảng trường Đại Đoàn Kết",
            "Phường mở phố đi bộ gần Quảng trường Đại Đoàn Kết, Pleiku.",
        ),
        (
            "Pho di bo quanh Quang truong Dai Doan Ket",
            "Phuong mo pho di bo gan Quang truong Dai Doan Ket, Pleiku.",
        ),
        (
            "Walking street near Dai Doan Ket Square",
            "A walking street opened near Dai Doan Ket Square in Pleiku.",
        ),
    ],
    ids=["marks", "unaccented", "en"],
)
def test_a_squares_name_is_no_subject(tag: Tag, title: str, text: str):
    assert "T05" not in tag(text, title)


def test_the_same_words_as_a_subject_are_one(tag: Tag):
    text = "Ngày hội đại đoàn kết của đồng bào dân tộc thiểu số, già làng và người Jrai ở làng Plei Ốp."
    assert "T05" in tag(text, "Ngày hội đại đoàn kết dân tộc")


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        (
            "Un poste-frontière rouvre à Gia Lai",
            "À Gia Lai, la frontière avec le Cambodge avait été fermée pendant un mois.",
            "T01",
        ),
        (
            "Des chrétiens montagnards condamnés à Gia Lai",
            "Deux protestants de Gia Lai sont jugés: une atteinte à la liberté de religion, dit leur église.",
            "T03",
        ),
        (
            "嘉莱省口岸延长开放时间",
            "嘉莱省与柬埔寨腊塔纳基里省同意延长边境口岸开放时间,加强边防合作。",
            "T01",
        ),
        ("嘉莱省少数民族学生", "嘉莱省为少数民族学生开设宿舍,原住民家庭表示欢迎。", "T05"),
        (
            "ច្រកទ្វារព្រំដែនខេត្តយ៉ាឡាយ",
            "អាជ្ញាធរខេត្តយ៉ាឡាយ ប្រទេសវៀតណាម បានពន្យារម៉ោងបើកច្រកទ្វារព្រំដែន និងទប់ស្កាត់ការឆ្លងដែនខុសច្បាប់។",
            "T01",
        ),
    ],
    ids=["fr border", "fr faith", "zh border", "zh minorities", "km border"],
)
def test_articles_in_french_chinese_and_khmer_have_their_topics(tag: Tag, title: str, text: str, wanted: str):
    assert wanted in tag(text, title)


def test_french_words_say_nothing_in_an_english_article(office: Knowledge, article: MakeArticle):
    found = read(article("The crue of the old ship met at the culte in Pleiku.", "A ship"), office).topics
    assert not [why for tag in found for why in tag.why if why in {"crue", "culte"}]


def test_a_plural_weighs_as_much_as_its_cue(tag: Tag):
    text = "A court in Bangkok delayed its ruling. About 900 Montagnards live in crowded rooms there."
    assert "T05" in tag(text, "Montagnards wait in Thailand")


def test_mud_and_water_after_a_flood_are_a_disaster_without_marks_too(tag: Tag):
    text = "Nuoc lu rut cham, nhieu thon o xa Tuy Phuoc Bac, tinh Gia Lai con ngap sau. Nguoi dan don bun."
    assert "T12" in tag(text, "Lu rut, nguoi dan don bun")


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        (
            "Man dies in police custody, family says",
            "Relatives said his body bore bruises. Rights groups count nine deaths in custody.",
            "T04",
        ),
        (
            "Tuần tra song phương giữ từng mốc giới",
            "Hai bên tuần tra song phương, kiểm tra hệ thống mốc giới và thông báo cho nhau.",
            "T01",
        ),
        (
            "Một tháng sau hợp nhất",
            "Từ khi bỏ cấp huyện, người dân tỉnh mới nộp giấy tờ ở trung tâm hành chính.",
            "T13",
        ),
        ("Bờ biển bị khoét sâu", "Triều cường và sóng lớn xâm thực bờ biển, đe dọa 30 căn nhà.", "T12"),
    ],
    ids=["custody", "markers", "merger", "tide"],
)
def test_words_of_recent_years_tell_their_topic(tag: Tag, title: str, text: str, wanted: str):
    assert wanted in tag(text, title)


def test_a_fire_without_marks_is_no_fraud(tag: Tag):
    text = "Lua bung len tu phia sau nha, lua lan nhanh. Bo doi va bo dan quan den giup dap lua o xa Gao."
    found = tag(text, "Lua lon o xa Gao")
    assert not found & {"T07", "T09"}
