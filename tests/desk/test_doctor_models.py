"""What the doctor says of local models: nothing without a folder, and what is missing in a bad one."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import Settings
from desk import doctor


def say(text: str) -> str:
    return text


def test_without_a_folder_nothing_is_said_of_a_model(tmp_path: Path) -> None:
    assert list(doctor._models(Settings(home=tmp_path), say)) == []


@pytest.mark.parametrize(
    ("key", "setting", "missing"),
    [
        ("nli_folder", "DIEMBAO_NLI_FOLDER", "has no model.onnx"),
        ("translation_model", "DIEMBAO_TRANSLATION_MODEL", "has no model.bin"),
    ],
)
def test_a_folder_without_a_model_is_a_fault_that_says_what_is_missing(
    tmp_path: Path, key: str, setting: str, missing: str
) -> None:
    settings = Settings(home=tmp_path).model_copy(update={key: tmp_path})
    (found,) = doctor._models(settings, say)
    assert found.state is doctor.State.FAULT
    assert missing in found.words
    assert setting in found.do
