"""What is wrong with JSON is told with its line and column and what to do, in the user's language."""

from __future__ import annotations

import json
import os
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from config.words import translator
from desk.commands import data
from desk.exchange.reading import Fault, read_reviews
from desk.json_faults import explain_json
from desk.library_words import say_note

VI = translator("vi")


def explained(text: str) -> tuple[str, str]:
    """A text that is no JSON -> the words in English and in Vietnamese."""
    try:
        json.loads(text)
    except (ValueError, RecursionError) as fault:
        note = explain_json(fault)
        return note.english, say_note(note, VI)
    raise AssertionError("it is JSON")


CASES = {
    "a comma is missing": ('{"a": 1 "b": 2}', "line 1, column 9", "thiếu dấu phẩy"),
    "a colon is missing": ('{"a" 1}', "line 1, column 6", "dấu hai chấm"),
    "single quotes": ("{'a': 1}", "line 1, column 2", "nháy kép thẳng"),
    "curly quotes": ("{“a”: 1}", "line 1, column 2", "nháy cong"),
    "no closing quote": ('{"a": "b}', "line 1, column 7", "thiếu dấu nháy đóng"),
    "a line end in a text": ('{"a": "b\nc"}', "line 1, column 9", "dấu xuống dòng"),
    "a backslash": ('{"a": "C:\\q"}', "line 1, column 10", "hai dấu gạch chéo"),
    "two objects": ('{"a": 1} {"b": 2}', "line 1, column 10", "dòng riêng"),
    "cut off": ('{"a":', "line 1, column 6", "tệp không được cụt"),
    "on the third line": ('{\n"a": 1,\n"b": x}', "line 3, column 6", "dòng 3, cột 6"),
    "a number of ten thousand digits": ("9" * 10_000, "too many digits", "quá nhiều chữ số"),
    "nested without end": ("[" * 200_000, "too deeply", "lồng nhau quá sâu"),
}


@pytest.mark.parametrize(("text", "english", "vietnamese"), CASES.values(), ids=CASES.keys())
def test_each_fault_is_told_with_its_place_and_what_to_do(text: str, english: str, vietnamese: str) -> None:
    said, told = explained(text)
    assert english in said
    assert vietnamese in told
    assert told.startswith("Không phải JSON")


@given(st.text(alphabet=string.printable + "“”ă", max_size=40).filter(lambda text: not is_json(text)))
def test_whatever_is_no_json_is_told_in_both_languages(text: str) -> None:
    said, told = explained(text)
    assert said.startswith("It is no JSON")
    assert told.startswith("Không phải JSON")


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def test_a_file_of_reviews_is_told_of_by_its_own_lines() -> None:
    (fault,) = read_reviews(b'\n\n{\n "@type": "ClaimReview"\n "url": 1}', by="x", today=None)  # type: ignore[arg-type]
    assert isinstance(fault, Fault)
    assert "line 5, column 2" in fault.why.english
    assert "dòng 5, cột 2" in say_note(fault.why, VI)


def test_a_script_of_a_page_is_told_of_by_the_lines_of_the_page() -> None:
    page = b"<html>\n<body>\n<script type='application/ld+json'>\n{'a': 1}\n</script></body></html>"
    (fault,) = read_reviews(page, by="x", today=None)  # type: ignore[arg-type]
    assert isinstance(fault, Fault)
    assert "line 4, column 2" in fault.why.english


def test_bad_lines_of_articles_are_told_in_vietnamese_with_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path))
    assert not os.environ.get("DIEMBAO_LANGUAGE", "").startswith("en")
    lines = ['{"id": 1, "text": "Một."}', "{'id': 2}", '{"id": 3}', '{"id": 4, "text": 5}', "[1]"]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(data.app, ["ingest", str(file)])
    told = done.stderr.splitlines()
    assert [line.split(":")[0] for line in told] == ["dòng 2", "dòng 3", "dòng 4", "dòng 5"]
    assert "dòng 2, cột 2" in told[0]
    assert [
        words in line for words, line in zip(("trống", "dấu nháy kép", "mỗi dòng"), told[1:], strict=True)
    ]
