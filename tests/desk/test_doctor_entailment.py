from __future__ import annotations

from pathlib import Path

from desk import doctor


def say(text: str) -> str:
    return text


def test_without_a_folder_nothing_is_said_of_a_model_of_entailment() -> None:
    assert list(doctor._entailment(None, say)) == []


def test_a_folder_without_a_model_is_a_fault_that_says_what_is_missing(tmp_path: Path) -> None:
    (found,) = doctor._entailment(tmp_path, say)
    assert found.state is doctor.State.FAULT
    assert "has no model.onnx" in found.words
    assert "DIEMBAO_NLI_FOLDER" in found.do
