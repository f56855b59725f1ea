"""Make config/places.yaml from the MIT package `vietnamadminunits==1.0.4` (c) 2025 Tran Ngoc Minh Hieu.

Run it in an environment of its own, for the package brings libraries that the product does not need:

    python3 -m venv /tmp/units && /tmp/units/bin/pip install vietnamadminunits==1.0.4 pyyaml
    /tmp/units/bin/python scripts/make_places.py

What is written by hand (aliases, landmarks, traps) is in config/places_extra.yaml, which this never touches.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import yaml
from vietnamadminunits.database import get_data

TARGET = Path(__file__).resolve().parents[1] / "config" / "places.yaml"
PACKAGE = "vietnamadminunits"

LAST_OLD_DAY = "2025-06-30"  # Resolution 202/2025/QH15 and 1664/NQ-UBTVQH15 are in effect from the next day
FIRST_NEW_DAY = "2025-07-01"

PROVINCE = "p52"  # today's Gia Lai took over the code of Bình Định
OLD_PROVINCES = {"Gia Lai": "p64", "Bình Định": "p52-old"}
AREA_KM2 = 21576.53  # of today's province, Resolution 202/2025/QH15; the package's communes add up to less
OUTER = (12.7, 15.0, 107.1, 109.5)  # degrees: south, north, west, east of today's province, generously

# Names that mean something else in the press besides a unit: a lake of Cambodia, a verb, a hero, a president.
OTHER_MEANINGS = {"Biển Hồ", "Gào", "Ngô Mây", "Hồ Chí Minh"}

# The written word first, then its abbreviations.
UNIT_WORDS = {
    "Tỉnh": ["tỉnh"], "Thành phố": ["thành phố", "TP"], "Thị xã": ["thị xã", "TX"], "Quận": ["quận"],
    "Huyện": ["huyện"], "Phường": ["phường"], "Xã": ["xã"], "Thị trấn": ["thị trấn", "TT"], "Đặc khu": ["đặc khu"],
}  # fmt: skip

TONES = "\u0300\u0301\u0303\u0309\u0323"

# ruff: noqa: E501 - the head of the file is prose for the office, and wide lines of tables read better
HEAD = """\
# Administrative units of the province, old and new, with the days on which they were valid, and the other provinces
# of the country. MADE BY scripts/make_places.py from {package} {version} (MIT, (c) 2025 Tran Ngoc Minh Hieu):
# do not edit; write additions in places_extra.yaml.
#
#   id           p52 today's province, p64 and p52-old the two before it, d… an old district, o… an old commune,
#                c… a commune of today, n-… another province; the figures are the official codes
#   names        the name without its unit word; spellings are added from places_extra.yaml
#   valid_from, valid_to   first and last day; nothing: no limit known
#   successors   the units of today that hold its ground; several where it was divided
#   parent       the unit it lay in
#   ambiguous    another unit of the country bears the name, or it is a word or a person's name: it needs context
#   latitude, longitude    about the middle, degrees; left out where the source's point lies outside the province

"""


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    places = make_places(get_data(table="admin_units"), get_data(table="admin_units_legacy"), read_mapping())
    used = version(PACKAGE)
    lines = [HEAD.format(package=PACKAGE, version=used), f"version: {PACKAGE}-{used}\n", "places:\n"]
    lines += [f"  - {flow(place)}\n" for place in places]
    arguments.output.write_text("".join(lines), encoding="utf-8")
    print(f"{arguments.output}: {len(places)} places")


def read_mapping() -> dict:
    """The package's table of what became of each old unit, by its keys without marks."""
    path = resources.files(PACKAGE) / "data" / "converter_2025.json"
    return json.loads(path.read_text(encoding="utf-8"))


def make_places(new: list[dict], old: list[dict], mapping: dict) -> list[dict]:
    """Rows of both layers of the country and the mapping -> the places of the file, in a fixed order."""
    ours_new = sorted((r for r in new if r["provinceShort"] == "Gia Lai"), key=lambda r: r["wardCode"])
    ours_old = sorted((r for r in old if r["provinceShort"] in OLD_PROVINCES), key=lambda r: r["wardCode"])
    successors = successors_of(ours_new, mapping)
    elsewhere_new = {name_key(r["wardShort"]) for r in new if r["provinceShort"] != "Gia Lai"}
    names_old = count_old_names(old)
    provinces = [today(ours_new), *(province_of(name, ours_old) for name in OLD_PROVINCES)]
    districts = make_districts(ours_old, successors, names_old)
    old_communes = [make_old_commune(r, successors, names_old) for r in ours_old]
    communes = [make_commune(r, elsewhere_new) for r in ours_new]
    return [*provinces, *districts, *communes, *old_communes, *make_neighbours(new, old, mapping)]


def successors_of(ours_new: list[dict], mapping: dict) -> dict[str, list[str]]:
    """The mapping's key of an old commune -> ids of today's communes that hold its ground."""
    ids = {row["wardKey"]: f"c{row['wardCode']}" for row in ours_new}
    found: dict[str, list[str]] = {}
    for ward, old_keys in mapping["DICT_PROVINCE_WARD_NO_DIVIDED"]["tinhgialai"].items():
        for key in old_keys:
            found.setdefault(key, []).append(ids[ward])
    for key, parts in mapping["DICT_PROVINCE_WARD_DIVIDED"]["tinhgialai"].items():
        first = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
        found.setdefault(key, []).extend(ids[part["newWardKey"]] for part in first)
    return {key: list(dict.fromkeys(value)) for key, value in found.items()}


def count_old_names(old: list[dict]) -> dict[str, set[str]]:
    """A name's key -> the old units of the country that bore it: d… and o… ours, x… those of other provinces."""
    found: dict[str, set[str]] = {}
    for row in old:
        district, commune = ("d", "o") if row["provinceShort"] in OLD_PROVINCES else ("x", "x")
        found.setdefault(name_key(row["districtShort"]), set()).add(f"{district}{row['districtCode']}")
        if row["wardShort"]:
            found.setdefault(name_key(row["wardShort"]), set()).add(f"{commune}{row['wardCode']}")
    return found


def today(ours_new: list[dict]) -> dict:
    """Today's province."""
    row = ours_new[0]
    return {
        "id": PROVINCE,
        "names": ["Gia Lai"],
        "level": "province",
        "unit_words": UNIT_WORDS["Tỉnh"],
        "valid_from": FIRST_NEW_DAY,
        **point(row["provinceLat"], row["provinceLon"]),
        "area_km2": AREA_KM2,
    }


def province_of(name: str, ours_old: list[dict]) -> dict:
    """One of the two provinces before the merger."""
    row = next(r for r in ours_old if r["provinceShort"] == name)
    return {
        "id": OLD_PROVINCES[name],
        "names": [name],
        "level": "province",
        "unit_words": UNIT_WORDS["Tỉnh"],
        "valid_to": LAST_OLD_DAY,
        "successors": [PROVINCE],
        **point(row["provinceLat"], row["provinceLon"]),
    }


def make_districts(ours_old: list[dict], successors: dict, names_old: dict[str, set[str]]) -> list[dict]:
    """The old districts; their successors are those of their communes."""
    groups: dict[str, list[dict]] = {}
    for row in ours_old:
        groups.setdefault(row["districtCode"], []).append(row)
    return [
        {
            "id": f"d{code}",
            "names": [rows[0]["districtShort"]],
            "level": "district",
            "unit_words": UNIT_WORDS[rows[0]["districtType"]],
            "valid_to": LAST_OLD_DAY,
            "successors": sorted({s for row in rows for s in successors[old_key(row)]}),
            "parent": OLD_PROVINCES[rows[0]["provinceShort"]],
            **ambiguity(
                rows[0]["districtShort"],
                is_shared=has_others(names_old, rows[0]["districtShort"], f"d{code}", level="d"),
            ),
            **point(rows[0]["districtLat"], rows[0]["districtLon"]),
        }
        for code, rows in sorted(groups.items())
    ]


def make_old_commune(row: dict, successors: dict, names_old: dict[str, set[str]]) -> dict:
    """A commune, ward or town of before the merger."""
    code = f"o{row['wardCode']}"
    return {
        "id": code,
        "names": [row["wardShort"]],
        "level": "commune",
        "unit_words": UNIT_WORDS[row["wardType"]],
        "valid_to": LAST_OLD_DAY,
        "successors": successors[old_key(row)],
        "parent": f"d{row['districtCode']}",
        **ambiguity(row["wardShort"], is_shared=has_others(names_old, row["wardShort"], code, level="o")),
        **point(row["wardLat"], row["wardLon"]),
    }


def make_commune(row: dict, elsewhere: set[str]) -> dict:
    """A commune or ward of today."""
    return {
        "id": f"c{row['wardCode']}",
        "names": [row["wardShort"]],
        "level": "commune",
        "unit_words": UNIT_WORDS[row["wardType"]],
        "valid_from": FIRST_NEW_DAY,
        "parent": PROVINCE,
        **ambiguity(row["wardShort"], is_shared=name_key(row["wardShort"]) in elsewhere),
        **point(row["wardLat"], row["wardLon"]),
        "area_km2": row["wardAreaKm2"],
    }


def make_neighbours(new: list[dict], old: list[dict], mapping: dict) -> list[dict]:
    """Every other province of the country, once by its name; those that ended lead to the one they joined."""
    words_new = {r["provinceShort"]: split_word(r["province"]) for r in new}
    words_old = {r["provinceShort"]: split_word(r["province"]) for r in old}
    keys = {r["provinceKey"]: r["provinceShort"] for r in new}
    old_keys = {r["provinceKey"]: r["provinceShort"] for r in old}
    joined = {
        old_keys[k]: keys[key]
        for key, parts in mapping["DICT_PROVINCE"].items()
        for k in parts
        if k in old_keys
    }
    names = sorted((set(words_new) | set(words_old)) - set(OLD_PROVINCES), key=name_key)
    return [make_neighbour(name, words_new, words_old, joined) for name in names]


def make_neighbour(name: str, words_new: dict, words_old: dict, joined: dict[str, str]) -> dict:
    """One other province."""
    place = {
        "id": neighbour_id(name),
        "names": [name],
        "level": "neighbour",
        "unit_words": UNIT_WORDS[words_new.get(name) or words_old[name]],
        **ambiguity(name, is_shared=False),
    }
    if name in words_new:
        return place
    return place | {"valid_to": LAST_OLD_DAY, "successors": [neighbour_id(joined[name])]}


def neighbour_id(name: str) -> str:
    """`Đắk Lắk` -> `n-dak-lak`."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return "n-" + re.sub(r"[^a-z]+", "-", bare.replace("Đ", "D").replace("đ", "d").lower()).strip("-")


def has_others(names_old: dict[str, set[str]], name: str, own: str, *, level: str) -> bool:
    """Whether another old unit of the same level, or one outside the province, bore the name.

    A town or ward that bears its own district's name lies in it, which is no ambiguity.
    """
    return any(unit[0] in (level, "x") for unit in names_old[name_key(name)] - {own})


def ambiguity(name: str, *, is_shared: bool) -> dict:
    """The key only where it is true."""
    return {"ambiguous": True} if is_shared or name in OTHER_MEANINGS else {}


def point(latitude: float | None, longitude: float | None) -> dict:
    """Coordinates, left out where the source's geocoder landed outside the province."""
    south, north, west, east = OUTER
    if latitude is None or longitude is None or not (south < latitude < north and west < longitude < east):
        return {}
    return {"latitude": round(latitude, 4), "longitude": round(longitude, 4)}


def old_key(row: dict) -> str:
    """The mapping's key of an old commune."""
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey']}"


def split_word(full: str) -> str:
    """`Tỉnh Gia Lai` -> `Tỉnh`."""
    return next(word for word in ("Thành phố", "Tỉnh") if full.startswith(word))


def name_key(name: str) -> str:
    """A name without case and without the place of its tone marks: hoà and hòa are one, Ia Mơ and Ia Mo are two."""
    return " ".join(syllable_key(s) for s in name.casefold().split())


def syllable_key(syllable: str) -> str:
    """The tone mark moved to the end of the syllable."""
    parts = unicodedata.normalize("NFD", syllable)
    return "".join(c for c in parts if c not in TONES) + "".join(c for c in parts if c in TONES)


def flow(place: dict) -> str:
    """A place on one line."""
    dates = {k: Plain(v) if k in {"valid_from", "valid_to"} else v for k, v in place.items()}
    return yaml.dump(dates, Dumper=Compact, default_flow_style=True, allow_unicode=True, sort_keys=False,
                     width=10**9).strip()  # fmt: skip


class Plain(str):
    """A text that is written without quotes: a day."""

    __slots__ = ()


class Compact(yaml.SafeDumper):
    """One line, days without quotes, no anchors for lists that happen to be the same."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's own signature
        """Write everything out: the loader refuses aliases."""
        return True


Compact.add_representer(
    Plain, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:timestamp", value)
)


if __name__ == "__main__":
    main()
