"""The setting that names a translation model: none, a bad one, and what the shell is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from desk.commands.serve import load_translator
from desk.exits import Exit, faults_in_words
from nlp.translation.translator import TranslationError


def test_without_the_setting_nothing_translates() -> None:
    assert load_translator(None) is None


def test_a_folder_without_a_model_is_told_and_ends_as_a_fault_of_the_configuration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(TranslationError, match=r"has no model\.bin"):
        load_translator(tmp_path)
    with pytest.raises(typer.Exit) as caught, faults_in_words(lambda msgid: msgid):
        load_translator(tmp_path)
    assert caught.value.exit_code == Exit.CONFIGURATION
    assert "has no model.bin" in capsys.readouterr().err
