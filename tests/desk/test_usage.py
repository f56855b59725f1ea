"""What is typed wrongly is told in the user's language; every page of help has an example that works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from config.words import translator
from desk.cli import COMMANDS, app
from desk.help_examples import EXAMPLES
from desk.usage import WrongUsageError, usage_in_words

ROOT: Any = get_command(app)


def complain(*words: str, language: str = "vi") -> str:
    """What is said of words that cannot be run."""
    with pytest.raises(WrongUsageError) as told, usage_in_words(translator(language), list(COMMANDS)):
        _find(words)
    return told.value.message


def _find(words: tuple[str, ...]) -> None:
    """Read words as the command line does, down to the last command; nothing is run."""
    context, command, rest = typer.Context(ROOT, info_name="diembao"), ROOT, list(words)
    while hasattr(command, "list_commands"):
        _, command, rest = command._click_resolve_command(context, rest)
        context = command.make_context(command.name, list(rest), parent=context)
        rest = [*context._protected_args, *context.args] if hasattr(command, "list_commands") else []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("flag",), "Không có lệnh flag. Có phải ý bạn là flags?"),
        (("flags", "--nope"), "Không có tùy chọn --nope. Có phải ý bạn là --page?"),
        (("flags", "--limit"), "Tùy chọn --limit cần một giá trị."),
        (("flags", "--limit", "0"), "--limit: phải từ 1 trở lên"),
        (("flags", "--limit", "99999"), "--limit: phải từ 10000 trở xuống"),
        (("flags", "--limit", "ba"), "--limit: phải là số nguyên"),
        (("flags", "a", "b"), "Thừa từ: b"),
        (("explain",), "Thiếu flag."),
        (("digest", "--every", "nam"), "--every: nam không thuộc 'day', 'week', 'month'"),
        (("ingest", "/khong-co"), "file: không có /khong-co"),
        (("train", "--data", "/khong-co"), "--data: không có /khong-co"),
        (("backfill", "/tmp"), "files: /tmp là thư mục, không phải tệp"),
        (("backfill", "x.warc", "--since", "homqua"), "--since: phải là một ngày như 2026-11-22"),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese(words: tuple[str, ...], said: str) -> None:
    assert complain(*words) == said


def test_what_is_wrong_is_said_in_english_where_that_is_asked_for() -> None:
    assert complain("flag", language="en") == "There is no command flag. Did you mean flags?"


def test_a_choice_that_is_missing_is_told_with_what_there_is_to_choose() -> None:
    assert complain("export").startswith("Thiếu what. Hãy chọn một trong: articles, stories, ")


def test_a_wrong_command_ends_with_two_and_says_where_to_read_more() -> None:
    done = CliRunner().invoke(app, ["evidence", "ad"])
    assert done.exit_code == 2
    assert "Có phải ý bạn là add?" in done.stderr
    assert "diembao evidence --help" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_is_vietnamese_and_has_an_example(command: str) -> None:
    page = CliRunner().invoke(app, [command, "--help"]).stdout
    assert page.startswith("Cách dùng: ")
    assert "Hiện trang này." in page
    assert "Ví dụ:" in page
    assert all(example in page for example in EXAMPLES[command])


@pytest.mark.parametrize("example", [each for many in EXAMPLES.values() for each in many])
def test_every_example_can_be_typed(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    typed = re.split(r" && | > ", example)[0]
    words = shlex.split(typed.rpartition(" | ")[2])
    for word in words:
        if "/" not in word and Path(word).suffix:
            Path(word).touch()
        if word == "FOLDER":
            Path(word).mkdir()
    _find(tuple(words[words.index("diembao") + 1 :]))
