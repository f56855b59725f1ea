"""The map's file: valid GeoJSON, counts by place and month, nothing of persons."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desk.geojson import Happening, feature_collection, iter_happenings, place_records, write_geojson
from store.types import (
    Article,
    Gazetteer,
    LanguageGuess,
    MentionKind,
    Place,
    PlaceLevel,
    PlaceMention,
    PublicationDate,
    ReadArticle,
    Reading,
    Relevance,
    RelevanceLabel,
    Scope,
    Story,
    StoryMember,
)

OLD = Place(
    "d631",
    ("Đức Cơ",),
    PlaceLevel.DISTRICT,
    ("huyện",),
    valid_to=date(2025, 6, 30),
    successors=("c23857", "c23872"),
    parent="p64",
    latitude=13.7752,
    longitude=107.6215,
)
BARE = Place("l-plei-op", ("Plei Ốp",), PlaceLevel.LANDMARK, parent="p52")
GAZETTEER = Gazetteer((OLD, BARE), (), "test-1")


def happening(place: str, story: str, article: int, day: str) -> Happening:
    return Happening(place, story, article, date.fromisoformat(day))


def test_a_point_has_the_longitude_first_and_both_inside_their_range() -> None:
    records = place_records([happening("d631", "s1", 1, "2026-11-02")], GAZETTEER)
    (feature,) = feature_collection(records)["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [107.6215, 13.7752]}
    longitude, latitude = feature["geometry"]["coordinates"]
    assert abs(latitude) <= 90 < longitude <= 180  # in Viet Nam the two cannot be mistaken for each other


def test_the_box_around_all_points_is_west_south_east_north_and_missing_where_there_is_none() -> None:
    other = replace(OLD, id="d999", latitude=14.5, longitude=109.2)
    gazetteer = Gazetteer((OLD, BARE, other), (), "test-1")
    told = [happening(place, "s1", 1, "2026-11-02") for place in ("d631", "d999", "l-plei-op")]
    out = io.BytesIO()
    write_geojson(place_records(told, gazetteer), out)
    assert json.loads(out.getvalue())["bbox"] == [107.6215, 13.7752, 109.2, 14.5]
    assert "bbox" not in feature_collection(place_records(told[2:], gazetteer))


def test_a_place_without_coordinates_is_listed_with_a_null_geometry() -> None:
    records = place_records([happening("l-plei-op", "s1", 1, "2026-11-02")], GAZETTEER)
    (feature,) = feature_collection(records)["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["name"] == "Plei Ốp"


def test_a_place_that_left_the_gazetteer_keeps_its_id_and_its_counts() -> None:
    (record,) = place_records([happening("gone", "s1", 1, "2026-11-02")], GAZETTEER)
    assert (record["id"], record["name"], record["stories"]) == ("gone", None, 1)


def test_stories_and_articles_are_counted_once_and_stories_by_month() -> None:
    told = [
        happening("d631", "s1", 1, "2026-10-30"),
        happening("d631", "s1", 2, "2026-11-01"),
        happening("d631", "s1", 2, "2026-11-01"),
        happening("d631", "s2", 3, "2026-11-05"),
    ]
    (record,) = place_records(told, GAZETTEER)
    assert (record["stories"], record["articles"]) == (2, 3)
    assert record["stories_by_month"] == {"2026-10": 1, "2026-11": 2}
    assert (record["first_day"], record["last_day"]) == ("2026-10-30", "2026-11-05")


def test_a_name_stands_with_the_days_on_which_it_was_borne_and_what_followed() -> None:
    (record,) = place_records([happening("d631", "s1", 1, "2026-11-02")], GAZETTEER)
    assert (record["unit"], record["name"], record["valid_to"]) == ("huyện", "Đức Cơ", "2025-06-30")
    assert record["successors"] == ["c23857", "c23872"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_file_is_one_feature_collection_of_all_places(count: int) -> None:
    told = [happening(f"x{number}", "s1", number, "2026-11-02") for number in range(count)]
    out = io.BytesIO()
    assert write_geojson(place_records(told, GAZETTEER), out) == count
    parsed = json.loads(out.getvalue().decode("utf-8"))
    assert parsed["type"] == "FeatureCollection"
    assert [f["type"] for f in parsed["features"]] == ["Feature"] * count
    assert "crs" not in parsed  # RFC 7946, section 4: WGS 84 and no other


def read_article(number: int, *kinds: MentionKind) -> ReadArticle:
    at = datetime(2026, 10, 31, 18, tzinfo=UTC)  # already 1 November in the province
    article = Article(
        f"https://bao.example/{number}",
        "bao",
        "Báo",
        Scope.DOMESTIC,
        title="Tin",
        byline="Nguyễn Văn Mẫu",
        text="Ông Rơ Mah Lan ở huyện Đức Cơ.",
        published=PublicationDate(at, "given", 1.0),
    )
    mentions = tuple(PlaceMention("huyện Đức Cơ", "d631", 17, 29, kind, "quy tắc") for kind in kinds)
    about = Relevance(RelevanceLabel.ABOUT, 0.9, ())
    reading = Reading(LanguageGuess("vi", "x", 1.0), about, (), mentions, (), "v")
    return ReadArticle(number, 1, article, reading, at)


def test_only_event_places_count_each_once_an_article_on_the_local_day() -> None:
    twice = read_article(1, MentionKind.EVENT_PLACE, MentionKind.EVENT_PLACE, MentionKind.ORIGIN)
    home = read_article(2, MentionKind.ORIGIN)
    story = Story("s1", (StoryMember(twice, 0, ()), StoryMember(home, 0, ())))
    assert list(iter_happenings([story])) == [happening("d631", "s1", 1, "2026-11-01")]


def test_no_person_no_author_and_no_text_is_in_the_file() -> None:
    story = Story("s1", (StoryMember(read_article(1, MentionKind.EVENT_PLACE), 0, ()),))
    out = io.BytesIO()
    write_geojson(place_records(iter_happenings([story]), GAZETTEER), out)
    written = out.getvalue().decode("utf-8")
    assert "Đức Cơ" in written
    assert not any(word in written for word in ("Rơ Mah", "Nguyễn", "Báo", "https"))
