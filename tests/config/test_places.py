from __future__ import annotations

import gzip
import json
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from config.load import load
from store.types import Gazetteer, Place, PlaceLevel

NATIONAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "places_2026" / "provinces_wards.json.gz"
LAST_OLD_DAY, FIRST_NEW_DAY = date(2025, 6, 30), date(2025, 7, 1)
SHARED_NAMES = {
    "An Lão", "An Hòa", "Kim Sơn", "Bình Dương", "Vĩnh Thạnh", "Vĩnh Thịnh", "Tây Sơn", "Bình Hiệp",
    "Bình Khê", "Bình An", "Bình Phú", "Hòa Hội", "Bình Định", "An Nhơn", "An Nhơn Tây", "Diên Hồng",
    "Thống Nhất", "An Phú", "An Bình", "An Khê", "Phú Túc",
}  # fmt: skip
Write = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load(None).gazetteer


@pytest.fixture(scope="module")
def by_id(gazetteer: Gazetteer) -> dict[str, Place]:
    return {place.id: place for place in gazetteer.places}


def of_kind(by_id: dict[str, Place], initial: str) -> list[Place]:
    return [place for name, place in by_id.items() if name[0] == initial and name[1:].isdigit()]


def test_all_units_of_both_layers_are_there(by_id: dict[str, Place]):
    assert len(of_kind(by_id, "c")) == 135
    assert Counter(p.unit_words[0] for p in of_kind(by_id, "c")) == {"xã": 110, "phường": 25}
    assert Counter(p.parent for p in of_kind(by_id, "d")) == {"p64": 17, "p52-old": 11}
    old = Counter(by_id[p.parent].parent for p in of_kind(by_id, "o"))
    assert old == {"p64": 218, "p52-old": 155}


def test_old_units_end_the_day_before_the_new_ones_begin(by_id: dict[str, Place]):
    assert {p.valid_to for p in (*of_kind(by_id, "o"), *of_kind(by_id, "d"))} == {LAST_OLD_DAY}
    assert {p.valid_from for p in of_kind(by_id, "c")} == {FIRST_NEW_DAY}
    assert by_id["p52"].valid_from == FIRST_NEW_DAY
    assert by_id["p64"].valid_to == by_id["p52-old"].valid_to == LAST_OLD_DAY


def test_every_old_unit_leads_to_units_of_today_and_every_unit_of_today_is_led_to(by_id: dict[str, Place]):
    reached: set[str] = set()
    for place in (*of_kind(by_id, "o"), *of_kind(by_id, "d")):
        assert place.successors, place
        assert all(name[0] == "c" for name in place.successors)
        reached.update(place.successors)
    assert reached == {place.id for place in of_kind(by_id, "c")}


@pytest.mark.parametrize(
    ("today", "olds"),
    [
        ("Pleiku", {"Hội Thương", "Phù Đổng", "Hoa Lư", "Tây Sơn", "Trà Đa"}),
        ("Đức Cơ", {"Chư Ty", "Ia Kriêng"}),
        ("Chư Prông", {"Chư Prông", "Ia Kly", "Ia Drăng", "Ia Phìn"}),
        ("Quy Nhơn", {"Đống Đa", "Hải Cảng", "Trần Phú", "Thị Nại"}),
        ("Ia Dom", {"Ia Dom"}),
        ("Ia Mơ", {"Ia Mơ"}),
    ],
)
def test_a_unit_of_today_is_made_of_the_old_ones_that_the_resolution_names(
    by_id: dict[str, Place], today: str, olds: set[str]
):
    (unit,) = [place for place in of_kind(by_id, "c") if place.names[0] == today]
    assert {place.names[0] for place in of_kind(by_id, "o") if place.successors == (unit.id,)} == olds


def test_divided_communes_lead_to_several(by_id: dict[str, Place]):
    divided = {p.names[0] for p in of_kind(by_id, "o") if len(p.successors) > 1}
    assert divided == {"An Nghĩa", "Canh Hiệp", "Canh Liên"}


def test_the_two_old_communes_of_one_name_lead_to_different_ones(by_id: dict[str, Place]):
    doubles = [place for place in of_kind(by_id, "o") if place.names[0] == "Ia Băng"]
    assert len({place.successors for place in doubles}) == len(doubles) == 2
    assert all(place.ambiguous for place in doubles)


def test_the_names_shared_with_other_provinces_need_context(by_id: dict[str, Place]):
    ambiguous = {place.names[0] for place in of_kind(by_id, "c") if place.ambiguous}
    assert ambiguous - {"Biển Hồ", "Gào", "Ngô Mây"} == SHARED_NAMES


def test_units_with_a_point_lie_in_the_province_and_most_have_one(by_id: dict[str, Place]):
    units = [*of_kind(by_id, "c"), *of_kind(by_id, "o"), *of_kind(by_id, "d")]
    points = [(p.latitude, p.longitude) for p in units if p.latitude is not None]
    assert len(points) >= 0.95 * len(units)
    assert all(12.7 < lat < 15.0 and lon is not None and 107.1 < lon < 109.5 for lat, lon in points)


def test_the_areas_of_the_communes_nearly_add_up_to_the_province(by_id: dict[str, Place]):
    total = sum(place.area_km2 or 0 for place in of_kind(by_id, "c"))
    assert total == pytest.approx(by_id["p52"].area_km2, rel=0.04)


def test_names_are_nfc_without_their_unit_word(gazetteer: Gazetteer):
    for place in gazetteer.places:
        for name in place.names:
            assert unicodedata.is_normalized("NFC", name)
            if place.level is not PlaceLevel.LANDMARK:
                assert not name.lower().startswith(("xã ", "phường ", "huyện ", "tỉnh "))


@pytest.mark.parametrize(
    ("place", "spelling"),
    [
        ("c23575", "Plei Ku"),
        ("d622", "Plây Ku"),
        ("c23575", "波来古"),
        ("d540", "Qui Nhơn"),
        ("c21601", "Qui Nhơn Đông"),
        ("d625", "K'Bang"),
        ("c23677", "Đăk Đoa"),
        ("d634", "Đak Pơ"),
        ("n-dak-lak", "Đắc Lắc"),
        ("n-dak-lak", "Đăk Lắk"),
        ("c23938", "Ia Mơr"),
        ("p52", "嘉莱"),
        ("l-le-thanh", "Le Thanh"),
        ("n-o-yadav", "O'Yadao"),
        ("l-song-kon", "sông Côn"),
    ],
)
def test_a_place_knows_its_spellings(by_id: dict[str, Place], place: str, spelling: str):
    assert spelling in by_id[place].names


def test_the_official_name_stays_first(by_id: dict[str, Place]):
    assert by_id["c23575"].names[0] == "Pleiku"
    assert by_id["c23677"].names[0] == "Đak Đoa"


def test_other_provinces_are_neighbours_and_those_that_ended_lead_on(by_id: dict[str, Place]):
    assert by_id["n-kon-tum"].successors == ("n-quang-ngai",)
    assert by_id["n-kon-tum"].valid_to == LAST_OLD_DAY
    assert by_id["n-phu-yen"].successors == ("n-dak-lak",)
    foreign = {"n-ratanakiri", "n-stung-treng", "n-mondulkiri", "n-attapeu", "n-champasak"}
    words = (("tỉnh",), ("thành phố",))
    neighbours = [p for p in by_id.values() if p.level is PlaceLevel.NEIGHBOUR and p.unit_words[:1] in words]
    vietnamese = [p for p in neighbours if p.id not in foreign]
    assert len(vietnamese) == 61
    assert sum(p.valid_to is None for p in vietnamese) == 33


def test_the_gate_lies_in_the_commune_that_the_catalogue_of_law_names(by_id: dict[str, Place]):
    assert by_id[by_id["l-le-thanh"].parent].names[0] == "Ia Dom"


def test_no_trap_stands_twice_and_every_label_has_some(gazetteer: Gazetteer):
    patterns = [trap.pattern.casefold() for trap in gazetteer.traps]
    assert len(patterns) == len(set(patterns))
    labels = {trap.label for trap in gazetteer.traps}
    assert labels == {"sport", "company", "street", "history", "origin", "product", "list", "homonym"}


def test_a_spelling_group_replaces_whole_words_only(write_folder: Write):
    places = "version: a\nplaces:\n  - {id: p1, names: [Krông Pa], level: commune}\n"
    extra = "version: b\nspellings:\n  - [Krông, Krong]\n  - [Pa, Ba]\n  - [K, Q]\n"
    files = {
        "units.yaml": "units: []\n",
        "rules.yaml": "sender: a@b.example\nrecipients: []\ndeadlines: []\n",
    }
    folder = write_folder({"places.yaml": places, "places_extra.yaml": extra, **files})
    gazetteer = load(folder).gazetteer
    assert gazetteer.places[0].names == ("Krông Pa", "Krong Pa", "Krông Ba", "Krong Ba")
    assert gazetteer.version == "a + b"


@pytest.mark.data
def test_the_communes_of_today_are_those_of_another_source(by_id: dict[str, Place]):
    """The codes and unit words agree with an independent list of July 2026; names but for marks and case."""
    if not NATIONAL.exists():
        pytest.skip("../shared/data/places_2026 is absent")
    provinces = json.loads(gzip.decompress(NATIONAL.read_bytes()))
    (ours,) = [province for province in provinces if province["Name"] == "Gia Lai"]
    theirs = {
        f"c{ward['Code']}": (ward["FullName"].split()[0].lower(), plain(ward["Name"]))
        for ward in ours["Wards"]
    }
    mine = {p.id: (p.unit_words[0], plain(p.names[0])) for p in of_kind(by_id, "c")}
    assert mine == theirs


@pytest.mark.data
def test_the_shared_names_are_those_of_another_source(by_id: dict[str, Place]):
    if not NATIONAL.exists():
        pytest.skip("../shared/data/places_2026 is absent")
    provinces = json.loads(gzip.decompress(NATIONAL.read_bytes()))
    elsewhere = {
        tone_free_of_place(w["Name"]) for p in provinces if p["Name"] != "Gia Lai" for w in p["Wards"]
    }
    shared = {p.names[0] for p in of_kind(by_id, "c") if tone_free_of_place(p.names[0]) in elsewhere}
    assert shared == SHARED_NAMES


def plain(name: str) -> str:
    """Without marks and case."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare.replace("Đ", "D").replace("đ", "d").casefold()


def tone_free_of_place(name: str) -> tuple[str, ...]:
    """Syllables as sorted marks and letters, so that hoà and hòa are one."""
    return tuple("".join(sorted(unicodedata.normalize("NFD", s.casefold()))) for s in name.split())
