from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from sqlalchemy.exc import OperationalError

from desk.exits import Exit, faults_in_words, require_place


def test_a_filter_starts_without_the_database():
    program = "import sys, desk.commands.read; print('sqlalchemy' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_a_complaint_of_the_database_is_told_in_words(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(typer.Exit) as left, faults_in_words(str):
        raise OperationalError("INSERT", {}, Exception("database is locked"))
    assert left.value.exit_code == Exit.STORAGE
    assert "another process has been writing" in capsys.readouterr().err


def test_other_faults_keep_their_trace():
    with pytest.raises(ZeroDivisionError), faults_in_words(str):
        raise ZeroDivisionError


@pytest.mark.parametrize("place", ["not-there/file.txt", "."])
def test_a_file_that_cannot_be_made_is_told_before_any_work(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(typer.Exit) as left:
        require_place(tmp_path / place, str)
    assert left.value.exit_code == Exit.USAGE
    assert str(tmp_path) in capsys.readouterr().err


def test_a_file_in_a_folder_that_is_there_can_be_made(tmp_path: Path):
    require_place(tmp_path / "file.txt", str)
    require_place(None, str)
