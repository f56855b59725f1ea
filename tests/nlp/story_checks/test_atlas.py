from __future__ import annotations

import pytest

from nlp.checks.atlas import Atlas


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("c23872", "c23857", True),
        ("o23872", "c23872", False),
        ("d631", "c23872", False),
        ("d631", "d632", True),
        ("p52", "d631", False),
        ("p52", "p64", False),
        ("p64", "p52-old", True),
        ("l-le-thanh", "c23872", False),
        ("l-le-thanh", "c23857", True),
        ("l-tay-nguyen", "c23857", False),
        ("n-kon-tum", "n-quang-ngai", False),
        ("n-quang-ngai", "p52", True),
        ("nowhere", "p52", False),
    ],
    ids=[
        "two communes",
        "an old name and its new one",
        "a district and a commune in it",
        "two districts",
        "the province and a district",
        "the province of today and before",
        "the two old provinces",
        "a landmark and its commune",
        "a landmark and another commune",
        "a region without ground of its own",
        "a merged province and the one it is in",
        "another province",
        "a place nobody knows",
    ],
)
def test_places_are_apart_only_where_they_share_no_ground(atlas: Atlas, one: str, other: str, apart: bool):
    assert atlas.are_apart(one, other) is apart
    assert atlas.are_apart(other, one) is apart


def test_the_empty_atlas_holds_no_two_places_apart():
    assert not Atlas().are_apart("c23872", "c23857")
    assert list(Atlas().find_elsewhere("Hà Nội và Đà Nẵng")) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Lũ về tỉnh Quảng Ngãi và Hà Nội.", ["tỉnh Quảng Ngãi", "Hà Nội"]),
        ("Họp ở đường Đà Nẵng, theo báo Đà Nẵng.", []),
        ("Ông Nguyễn Hà Nội kể.", []),
        ("Mong hòa bình; Hòa Bình là tên.", []),
        ("Lũ ở tỉnh Hòa Bình.", ["tỉnh Hòa Bình"]),
        ("ha noi", []),
    ],
    ids=[
        "provinces",
        "a street, an outlet",
        "a person's name",
        "peace",
        "with its unit word",
        "small letters",
    ],
)
def test_other_provinces_are_found_where_they_are_places(atlas: Atlas, text: str, names: list[str]):
    assert [where.name for where in atlas.find_elsewhere(text)] == names
    assert all(text[w.start : w.end] == w.name for w in atlas.find_elsewhere(text))
