from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.faults import ConfigurationError, Fault
from config.load import FILES, load
from config.words import translator

Faults = Callable[[dict[str, str | bytes]], tuple[Fault, ...]]
Write = Callable[[dict[str, str | bytes]], Path]

SOURCES = """\
sources:
  - id: bao-nui
    name: Báo Núi
    domain: baonui.example
    scope: domestic
    country: VN
    language: vi
    kind: newspaper
    feeds:
      - url: https://baonui.example/rss/home.rss
"""


def test_the_shipped_files_load_without_a_fault():
    configuration = load(None)
    assert configuration.sources
    assert configuration.topics
    assert configuration.gazetteer.places
    assert configuration.units
    assert configuration.rules.recipients
    assert configuration.calendar


def test_a_file_of_the_folder_stands_before_the_shipped_one(write_folder: Write):
    configuration = load(write_folder({"sources.yaml": SOURCES}))
    assert [source.id for source in configuration.sources] == ["bao-nui"]


def test_a_file_missing_in_the_folder_is_the_shipped_one(write_folder: Write):
    configuration = load(write_folder({"sources.yaml": SOURCES}))
    assert configuration.topics == load(None).topics


def test_a_folder_with_its_own_places_is_not_given_the_shipped_additions(write_folder: Write):
    places = "version: mine\nplaces:\n  - {id: p52, names: [Gia Lai], level: province}\n"
    units = "units:\n  - {id: u, name: Văn phòng, places: [p52]}\n"
    rules = "sender: a@b.example\nrecipients: []\ndeadlines: []\n"
    gazetteer = load(
        write_folder({"places.yaml": places, "units.yaml": units, "rules.yaml": rules})
    ).gazetteer
    assert [place.id for place in gazetteer.places] == ["p52"]
    assert gazetteer.traps == ()
    assert gazetteer.version == "mine"


def test_a_folder_with_additions_alone_adds_them_to_the_shipped_places(write_folder: Write):
    extra = "version: mine\nplaces:\n  - {id: l-x, names: [Đồi Thử], level: landmark, parent: p52}\n"
    places = load(write_folder({"places_extra.yaml": extra})).gazetteer.places
    assert places[-1].names == ("Đồi Thử",)
    assert len(places) > 500


def test_a_folder_that_does_not_exist_is_a_fault(tmp_path: Path):
    with pytest.raises(ConfigurationError) as caught:
        load(tmp_path / "nowhere")
    assert str(caught.value) == (
        f"{tmp_path / 'nowhere'}: there is no such folder; make it, or name another in DIEMBAO_CONFIG"
    )


def test_a_file_in_the_place_of_the_folder_is_a_fault(tmp_path: Path):
    (tmp_path / "sources.yaml").write_text(SOURCES)
    with pytest.raises(ConfigurationError, match="there is no such folder"):
        load(tmp_path / "sources.yaml")


def test_a_folder_with_none_of_the_files_is_a_fault_that_names_them(write_folder: Write):
    with pytest.raises(ConfigurationError) as caught:
        load(write_folder({"notes.txt": "hello"}))
    assert ", ".join(FILES) in str(caught.value)


def test_a_file_whose_name_is_one_slip_away_is_a_fault(write_folder: Write):
    with pytest.raises(ConfigurationError) as caught:
        load(write_folder({"topics.yaml": "topics: []\n", "source.yaml": SOURCES}))
    told = "source.yaml: a file of this name is not read; call it sources.yaml, or remove it"
    assert str(caught.value) == told


def test_other_files_in_the_folder_are_no_fault(faults_of: Faults):
    assert faults_of({"sources.yaml": SOURCES, "compose.yaml": "a: 1\n"}) == ()


def test_a_folder_in_the_place_of_a_file_is_a_fault(write_folder: Write):
    folder = write_folder({"topics.yaml": "topics: []\n"})
    (folder / "sources.yaml").mkdir()
    with pytest.raises(ConfigurationError) as caught:
        load(folder)
    (fault,) = [f for f in caught.value.faults if f.file == "sources.yaml"]
    assert fault.what == "the file cannot be read ({problem})"


def test_the_faults_of_all_files_come_at_once_in_the_order_of_files_and_lines(faults_of: Faults):
    faults = faults_of(
        {
            "rules.yaml": "digest_at: soon\nsender: nobody\nrecipients: []\ndeadlines: []\n",
            "sources.yaml": SOURCES.replace("https:", "ftp:").replace("scope: domestic", "scope: local"),
        }
    )
    assert [(fault.file, fault.line) for fault in faults] == [
        ("sources.yaml", 5),
        ("sources.yaml", 10),
        ("rules.yaml", 1),
        ("rules.yaml", 2),
    ]


def test_a_file_that_cannot_be_read_brings_no_faults_about_what_refers_to_it(faults_of: Faults):
    units = "units:\n  - {id: u, name: U, topics: [T99]}\n"
    rules = "sender: a@b.example\nrecipients: []\ndeadlines: []\n"
    faults = faults_of({"topics.yaml": "topics: [", "units.yaml": units, "rules.yaml": rules})
    assert [fault.file for fault in faults] == ["topics.yaml"]


def test_a_fault_prints_as_file_line_key_what_and_what_to_do(faults_of: Faults):
    double = SOURCES + "      - url: HTTPS://BaoNui.example:443/rss/home.rss/\n"
    (fault,) = faults_of({"sources.yaml": double})
    assert str(fault) == (
        "sources.yaml:11 sources[0].feeds[1].url: the same address stands already at line 10; remove one"
    )


def test_a_fault_can_be_said_in_vietnamese(faults_of: Faults):
    (fault,) = faults_of({"sources.yaml": SOURCES.replace("scope:", "scoop: x\n    scope:")})
    assert (
        fault.say(translator("vi"))
        == "sources.yaml:5 sources[0].scoop: khóa không được biết đến; ghi scope, hoặc bỏ đi"
    )
