"""The command line: help, exit codes, and faults in words of one or two lines, never a trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from desk.cli import COMMANDS, app
from desk.commands.help import HELP

COMMAND = str(Path(sys.executable).with_name("diembao"))
Diembao = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(command: str, root: Path) -> None:
    done = CliRunner().invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert len(done.stdout) > 80
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert f"diembao {command}" in readme or f"|{command}" in readme.replace("\\|", "|")


def installed(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Start the installed command, imports and all."""
    command, environment = [COMMAND, *words], {**os.environ, **settings}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_help_is_in_vietnamese_unless_english_is_asked_for() -> None:
    assert "theo dõi báo chí" in installed("--help").stdout
    assert "follows published coverage" in installed("--help", DIEMBAO_LANGUAGE="en").stdout


def test_the_installed_command_ends_with_the_code_of_the_fault(tmp_path: Path) -> None:
    done = installed("flags", "((", DIEMBAO_HOME=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "((\n  ^" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_list_of_commands_and_its_completion_import_no_command() -> None:
    words = (
        "import sys, desk.cli as cli; from typer.testing import CliRunner; "
        "listed = CliRunner().invoke(cli.app, ['--help']).stdout; "
        "print([name for name in cli.COMMANDS if f'  {name}' not in listed], "
        "[m for m in sys.modules if m.startswith('desk.commands.') and m != 'desk.commands.help'])"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"


@pytest.mark.parametrize(("begun", "offered"), [("exp", ["explain", "export"]), ("nope", [])])
def test_the_shell_completes_the_name_of_a_command(
    begun: str, offered: list[str], tmp_path: Path, diembao: Diembao
) -> None:
    asked = {"_DIEMBAO_COMPLETE": "complete_bash", "COMP_WORDS": f"diembao {begun}", "COMP_CWORD": "1"}
    assert diembao(home=tmp_path, **asked).stdout.split() == offered


def test_each_command_says_of_itself_what_the_list_says(root: Path) -> None:
    assert set(HELP) == set(COMMANDS)
    for name, module in COMMANDS.items():
        assert f'HELP["{name}"]' in (root / f"desk/commands/{module}.py").read_text(encoding="utf-8")


FAULTS = {
    "a configuration folder that is not there": (["cycle"], {"DIEMBAO_CONFIG": "/nowhere"}, 3, "/nowhere"),
    "a setting that cannot be used": (["doctor"], {"DIEMBAO_DESK_PORT": "x"}, 3, "DIEMBAO_DESK_PORT"),
    "a search that cannot be read": (["flags", "(("], {}, 2, "((\n  ^"),
    "a story that is not there": (["pack", "nope"], {}, 2, "nope"),
    "an unknown command": (["nope"], {}, 2, "nope"),
    "an unknown kind of export": (["export", "people"], {}, 2, "people"),
    "a file that is not there": (["ingest", "none.jsonl"], {}, 2, "none.jsonl"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_in_words_with_its_exit_code(
    fault: tuple[list[str], dict[str, str], int, str], tmp_path: Path, diembao: Diembao
) -> None:
    words, settings, code, said = fault
    done = diembao(*words, home=tmp_path, **settings)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 5


def test_a_damaged_database_is_told_in_words(tmp_path: Path, diembao: Diembao) -> None:
    (tmp_path / "diembao.sqlite3").write_text("this is no database", encoding="utf-8")
    done = diembao("flags", home=tmp_path)
    assert done.returncode == 4
    assert "restore a backup" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_told_in_words_and_costs_nothing_stored(tmp_path: Path, diembao: Diembao) -> None:
    line = json.dumps({"id": 1, "text": "Nội dung."})
    first = diembao("ingest", "/dev/stdin", home=tmp_path, given=line)
    assert first.returncode == 0, first.stderr
    done = diembao("export", "articles", "-o", "/dev/full", home=tmp_path)
    assert done.returncode == 4
    assert "disk is full" in done.stderr
    assert len(diembao("export", "articles", home=tmp_path).stdout.splitlines()) == 1


def test_a_filter_needs_no_database(tmp_path: Path, diembao: Diembao) -> None:
    line = json.dumps({"id": "a", "title": "Mưa lớn", "text": "Mưa lớn ở xã Ia Dom, tỉnh Gia Lai."})
    done = diembao("read", home=tmp_path / "none", given=line)
    assert json.loads(done.stdout)["relevance"]["label"] == "about"
    assert not (tmp_path / "none").exists()


def test_a_filter_starts_without_the_crawler_and_the_desk() -> None:
    heavy = "('scrapy', 'fastapi', 'docx')"
    words = f"import sys, desk.commands.read; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_doctor_gives_findings_as_json(tmp_path: Path, diembao: Diembao) -> None:
    findings = json.loads(diembao("doctor", "--json", home=tmp_path).stdout)
    assert {f["state"] for f in findings} <= {"ok", "note", "fault"}
    assert {"Configuration", "Database", "Disk", "Clock"} <= {f["name"] for f in findings}


def test_sources_lists_every_feed_as_json(tmp_path: Path, diembao: Diembao) -> None:
    rows = json.loads(diembao("sources", "--json", home=tmp_path).stdout)
    feeds = [feed for row in rows for feed in row["feeds"]]
    assert len(feeds) > 200
    assert {"disabled", "never"} == {feed["state"] for feed in feeds}
