"""What the tests of config share: a folder written from texts, and the faults of loading it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.faults import ConfigurationError, Fault
from config.load import load

# Small files without a fault, so that a test reads only what it is about.
GOOD: dict[str, str | bytes] = {
    "sources.yaml": "sources: []\n",
    "topics.yaml": """\
topics:
  - {id: T01, vi: Biên giới, en: Border, definition: The border., cues_vi: [biên giới], cues_en: [border]}
""",
    "places.yaml": "version: x\nplaces:\n  - {id: p52, names: [Gia Lai], level: province}\n",
    "units.yaml": "units:\n  - {id: u, name: Văn phòng, topics: [T01], places: [p52]}\n",
    "rules.yaml": "sender: a@b.example\nrecipients: []\ndeadlines: []\n",
    "calendar.yaml": "calendar: []\n",
}

Faults = Callable[[dict[str, str | bytes]], tuple[Fault, ...]]


@pytest.fixture
def write_folder(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Files by name -> a folder that holds them."""

    def write(files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "office"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return write


@pytest.fixture
def faults_of(write_folder: Callable[[dict[str, str | bytes]], Path]) -> Faults:
    """Files by name, beside small good ones -> the faults of loading them, () where there are none."""

    def read(files: dict[str, str | bytes]) -> tuple[Fault, ...]:
        try:
            load(write_folder(GOOD | files))
        except ConfigurationError as error:
            return error.faults
        return ()

    return read
