"""Where the news happened: signs, features, and the decision for all mentions of a place together."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import load
from nlp.knowledge import Knowledge, make_knowledge
from nlp.measure import half_of
from nlp.places.events import HERE, features_of, gather, load_event_model, reasons
from nlp.places.evidence import Found, with_signs
from nlp.places.finding import find_places
from nlp.places.fitting import cross_validate, examples_of, fit, load_material
from nlp.places.settling import settle
from nlp.places.signs import signs_of
from nlp.read import read
from nlp.surface import make_surface
from store.types import Article, MentionKind, Place, PlaceLevel, RelevanceLabel

MakeArticle = Callable[..., Article]
_PLACE = Place("x", ("X",), PlaceLevel.COMMUNE)


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    configuration = load(None)
    return make_knowledge(configuration.gazetteer, configuration.topics)


def found_in(knowledge: Knowledge, text: str) -> list[Found]:
    surface, empty = make_surface(text, exact=True), make_surface("", exact=True)
    return list(find_places(empty, surface, knowledge.names, knowledge.traps, day=None).found)


def features_in(knowledge: Knowledge, text: str) -> dict[str, dict[str, float]]:
    candidates = gather(found_in(knowledge, text), knowledge.names.by_id)
    return {c.found[0].own or c.place.id: features_of(c, candidates, len(text)) for c in candidates}


@pytest.mark.parametrize(
    "text",
    [
        "Các xã phía Đông Gia Lai có mưa rất to.",
        "CÁC XÃ PHÍA ĐÔNG GIA LAI CÓ MƯA RẤT TO",
        "Khu vực Đông Gia Lai có mưa rất to.",
    ],
)
def test_the_east_of_the_province_is_no_commune_of_that_name(shipped: Knowledge, text: str):
    assert [found.place.id for found in found_in(shipped, text)] == ["p52"]


def test_the_commune_named_like_the_east_is_found_by_its_word_or_its_address(shipped: Knowledge):
    for text in ("Mưa rất to ở xã Đông, tỉnh Gia Lai.", "Mưa rất to ở Đông, Kbang, Gia Lai."):
        assert "o23659" in [found.place.id for found in found_in(shipped, text)]


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("Cháy tại Pleiku.", "Pleiku", "placed"),
        ("Cháy trên địa bàn các huyện Đức Cơ.", "huyện Đức Cơ", "placed"),
        ("Đoàn đã đến Pleiku.", "Pleiku", "moved"),
        ("Công an huyện Đức Cơ.", "huyện Đức Cơ", "body"),
        ("Phó chủ tịch UBND xã Ia Dom.", "xã Ia Dom", "body"),
        ("Đại học Quy Nhơn.", "Quy Nhơn", "thing"),
        ("Công ty cao su Chư Păh.", "Chư Păh", "company"),
        ("Nơi này cách Pleiku không xa.", "Pleiku", "far"),
        ("Ở đó Pleiku 12 km.", "Pleiku", "far"),
        ("Như ở Pleiku.", "Pleiku", "far"),
        ("Xe từ Kon Tum đi Pleiku.", "Pleiku", "far"),
        ("Nạn nhân được chuyển xuống Pleiku để cấp cứu.", "Pleiku", "treated"),
        ("Em được đưa xuống bệnh viện đa khoa ở Pleiku.", "Pleiku", "treated"),
        ("Vụ cháy xảy ra sáng nay tại Pleiku.", "Pleiku", "happened"),
        ("Cổng chợ (Pleiku).", "Pleiku", "bracket"),
        ("Anh Rơ Mah Num (Pleiku).", "Pleiku", "name before bracket"),
        ("Ông Nam ở Pleiku.", "Pleiku", "person"),
        ("Bài hát “Đôi mắt Pleiku” rất hay.", "Pleiku", "quoted"),
        ("Pleiku: cháy lớn.", "Pleiku", "heading"),
    ],
)
def test_the_words_around_a_name_are_signs(text: str, name: str, sign: str):
    surface = make_surface(text, exact=True)
    start = text.index(name)
    assert sign in signs_of(surface, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name", "sign"),
    [
        ("Police said a fire broke out in Pleiku.", "Pleiku", "placed"),
        ("Chay lon tren dia ban Pleiku.", "Pleiku", "placed"),
        ("Cong an Pleiku noi vay.", "Pleiku", "body"),
    ],
)
def test_signs_are_known_without_marks_and_in_english(text: str, name: str, sign: str):
    surface = make_surface(text, exact=False)
    start = text.index(name)
    assert sign in signs_of(surface, start, start + len(name))


@given(st.text(alphabet="ôông Aaở(tại)“”,. \n1km", max_size=80), st.data())
def test_any_surroundings_have_signs(text: str, data: st.DataObject):
    surface = make_surface(text, exact=True)
    start = data.draw(st.integers(0, len(surface.plain)))
    end = data.draw(st.integers(start, len(surface.plain)))
    assert signs_of(surface, start, end) >= frozenset()


def test_a_home_and_a_place_that_only_locates_are_judged_by_that_alone(knowledge: Knowledge):
    features = features_in(
        knowledge, "Cháy ở xã Ia Dom, huyện Đức Cơ. Bị hại (45 tuổi, trú huyện Chư Prông, Gia Lai) kể lại."
    )
    assert set(features["d631"]) == {"only locates", "only locates, often"}
    assert features["d632"] == {"a home beside others": 1.0}
    assert "some placed" in features["o23872"]


def test_a_district_whose_commune_is_named_holds_another(knowledge: Knowledge):
    features = features_in(knowledge, "Huyện Đức Cơ họp. Cháy ở xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai.")
    assert features["d631"]["holds another"] == 1.0
    assert "holds another" not in features["o23872"]


def test_places_of_one_level_in_a_row_are_a_row_and_an_address_is_none(knowledge: Knowledge):
    row = features_in(knowledge, "Hạn nặng ở các huyện Đức Cơ, Chư Prông của tỉnh Gia Lai.")
    assert row["d631"]["only row"] == row["d632"]["only row"] == 1.0
    address = features_in(knowledge, "Hạn nặng ở xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai.")
    assert "only row" not in address["o23872"]


def test_a_village_in_no_list_counts_by_its_own_name(knowledge: Knowledge):
    features = features_in(knowledge, "Cháy ở làng Bi và làng Klũ, xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai.")
    assert {"lang bi", "lang klu"} <= set(features)


def test_a_commune_after_its_village_is_judged_as_any_other_and_its_district_is_not(
    knowledge: Knowledge,
):
    features = features_in(knowledge, "Cháy ở làng Bi, xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai.")
    assert "commune" in features["o23872"]
    assert "only locates" in features["d631"]


def test_what_stands_before_an_address_holds_for_its_commune_too(knowledge: Knowledge):
    features = features_in(knowledge, "Cháy xảy ra tại làng Bi, xã Ia Dom, huyện Đức Cơ, tỉnh Gia Lai.")
    assert {"some placed", "some happened"} <= set(features["lang bi"]) & set(features["o23872"])


def test_what_names_a_body_holds_for_the_first_part_of_its_address_alone():
    body = Found("text", 0, 5, _PLACE, MentionKind.MENTION, "", 3, signs=frozenset({"body", "placed"}))
    assert with_signs(replace(body, signs=frozenset()), body.signs).signs == {"placed"}


def test_a_part_that_only_says_where_another_lies_takes_over_nothing():
    located = Found("text", 0, 5, _PLACE, MentionKind.MENTION, "", 3, locates=True)
    assert with_signs(located, frozenset({"placed"})) is located


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Làng Bi, xã Ia Dom, huyện Đức Cơ vào hội.", "lang bi"),
        ("Cháy ở thôn Vân Hội 1, xã Ia Dom, huyện Đức Cơ.", "thon van hoi 1"),
        ("Cháy ở thôn Vân Hội 12/4, xã Ia Dom, huyện Đức Cơ.", "thon van hoi"),
    ],
    ids=["a sentence's first word", "with its number", "a date is no number"],
)
def test_a_village_is_found_as_it_is_written(knowledge: Knowledge, text: str, name: str):
    assert name in features_in(knowledge, text)


@pytest.mark.parametrize(
    "text",
    [
        "Mưa ở Pleiku, Gia Lai. Bà Chín ở thôn Phước Thọ, huyện Bình Sơn kể lại.",
        "Mưa ở Pleiku, Gia Lai. Bà Chín ở thôn Phước Thọ xã Bình Phước, huyện Bình Sơn kể lại.",
    ],
    ids=["a district", "a commune and its district"],
)
def test_a_village_whose_address_leads_elsewhere_is_not_tied_to_a_place_near(shipped: Knowledge, text: str):
    assert not [f for f in found_in(shipped, text) if f.own]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Gia Lai: xã Chư Đăng Ya vào mùa hoa.", "o23746"),
        ("Tai nạn ở xã Đak sơmei, huyện Đak Đoa, Gia Lai.", "o23683"),
        ("Trưởng công an huyện Krông Pa Dương Văn An ở Gia Lai nói.", "d637"),
    ],
    ids=["called as its mountain", "a small second syllable", "before a person's name"],
)
def test_a_unit_with_its_word_is_found_however_it_is_written(shipped: Knowledge, text: str, unit: str):
    assert unit in {f.place.id for f in found_in(shipped, text)}


def test_a_name_told_beyond_doubt_once_means_the_same_place_everywhere(shipped: Knowledge):
    far = "Trời rất đẹp và mọi người vui. " * 20
    text = f"Cháy ở Krông Pa, Gia Lai. {far} Tại huyện Sơn Hòa, Phú Yên, công an huyện Krông Pa đã đến. {far}"
    assert [f.place.id for f in found_in(shipped, text)].count("d637") == 2


@pytest.mark.parametrize(
    "text",
    [
        "Khai mạc Làng Văn hóa ở huyện Đức Cơ, Gia Lai.",
        "Các làng Tây Nguyên ở Gia Lai vào hội.",
        "Lễ ở làng TNLN, huyện Đức Cơ, Gia Lai.",
        "Các làng Jrai, Gia Lai.",
    ],
    ids=["of culture", "a region", "a short form", "a people"],
)
def test_a_word_that_says_what_kind_of_village_it_is_names_none(knowledge: Knowledge, text: str):
    assert not [f for f in found_in(knowledge, text) if f.own]


def test_an_age_after_a_name_says_that_somebody_lives_there(knowledge: Knowledge):
    found = found_in(knowledge, "Ở Pleiku, Gia Lai: K'Sor, người làng Lang, 27 tuổi, tham gia phiên chợ.")
    assert {f.own: f.kind for f in found}["lang lang"] is MentionKind.ORIGIN


@pytest.mark.parametrize(
    ("district", "ward"), [("thành phố Pleiku", "o23575"), ("thị xã An Khê, Gia Lai", "o23617")]
)
def test_a_ward_far_from_its_district_is_known_by_it(shipped: Knowledge, district: str, ward: str):
    text = f"Vụ việc ở {district}. {'Trời rất đẹp và mọi người vui. ' * 20} Công an phường Tây Sơn đã đến."
    assert ward in {f.place.id for f in found_in(shipped, text)}


def test_a_ward_of_another_province_is_not_taken_for_ours(shipped: Knowledge):
    far = "Trời rất đẹp và mọi người vui. " * 20
    found = found_in(shipped, f"Vụ việc ở thành phố Pleiku. {far} Đã đến phường Tây Sơn, Hà Nội.")
    assert {f.place.id for f in found} == {"d622"}


def test_the_district_around_the_only_home_is_weaker_than_the_home(knowledge: Knowledge):
    features = features_in(knowledge, "Bệnh nhân (45 tuổi, trú xã Ia Dom, huyện Đức Cơ, Gia Lai) đã khỏi.")
    assert features["o23872"] == {"a home alone": 1.0}
    assert features["d631"] == {"a home around": 1.0}


def test_all_mentions_of_a_place_play_one_part_and_say_why(knowledge: Knowledge, article: MakeArticle):
    text = "Cháy ở huyện Đức Cơ, tỉnh Gia Lai. Công an huyện Đức Cơ vào cuộc. Đức Cơ mưa to."
    places = [p for p in read(article(text), knowledge).places if p.unit == "d631"]
    assert [p.kind for p in places] == [MentionKind.EVENT_PLACE] * 3
    assert all("nơi xảy ra 0." in p.rule or "nơi xảy ra 1." in p.rule for p in places)


def test_a_home_is_no_event_place_where_another_is_named(knowledge: Knowledge, article: MakeArticle):
    text = "Cháy ở xã Ia Dom, tỉnh Gia Lai. Ông B. (45 tuổi, trú huyện Chư Prông, Gia Lai) bị bỏng."
    kinds = {p.unit: p.kind for p in read(article(text), knowledge).places}
    assert kinds["c23872"] is MentionKind.EVENT_PLACE
    assert kinds["d632"] is MentionKind.ORIGIN


def test_an_article_not_about_the_province_has_no_event_here(knowledge: Knowledge):
    found = found_in(knowledge, "Cháy ở huyện Đức Cơ, tỉnh Gia Lai.")
    settled = settle(found, RelevanceLabel.MENTION, places=knowledge.names.by_id, length=40)
    assert all(f.kind is not MentionKind.EVENT_PLACE for f in settled)


def test_a_stricter_model_lets_no_place_through(knowledge: Knowledge):
    found = found_in(knowledge, "Cháy ở huyện Đức Cơ, tỉnh Gia Lai.")
    strict = replace(load_event_model(), least=1.1)
    settled = settle(found, RelevanceLabel.ABOUT, places=knowledge.names.by_id, length=40, model=strict)
    assert all(f.kind is not MentionKind.EVENT_PLACE for f in settled)


def test_every_weight_of_the_model_has_its_words_for_people():
    model = load_event_model()
    for name in model.linear.weights:
        told = reasons({name: 1.0}, model, 0.5)
        assert name not in told


def test_the_reasons_name_the_three_features_that_counted_most():
    model = load_event_model()
    top = sorted(model.linear.weights, key=lambda name: -abs(model.linear.weights[name][HERE]))
    assert reasons(dict.fromkeys(top, 1.0), model, 0.5).count("(") == 3


@pytest.mark.data
def test_the_shipped_model_is_what_fitting_gives_and_has_not_seen_half_b(data: Path, shipped: Knowledge):
    labels = Path(__file__).resolve().parents[2] / "nlp/training/labels_places.jsonl"
    material = load_material(data, labels)
    examples = examples_of(material, shipped)
    fitted, kept = fit(examples), load_event_model()
    assert fitted.linear.bias[HERE] == pytest.approx(kept.linear.bias[HERE], abs=0.005)
    assert set(fitted.linear.weights) == set(kept.linear.weights)
    for name, row in fitted.linear.weights.items():
        assert row[HERE] == pytest.approx(kept.linear.weights[name][HERE], abs=0.005)
    ours = {json.loads(line)["id"] for line in labels.read_text("utf-8").splitlines()}
    gold = [item for item in material if item.id not in ours]
    assert gold
    assert all(half_of(item.id) == "A" for item in gold)
    scores = cross_validate(material, examples)
    assert scores["precision"] >= 0.90
    assert scores["recall"] >= 0.93
