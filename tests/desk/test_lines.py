"""JSON Lines at the edge: what is a record, what is a bad line, what comes back."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.filters.group import make
from desk.filters.lines import BadRecordError, Record, read_record, text_of
from desk.filters.pool import Work
from desk.filters.run import run_filter


def echo() -> object:
    return lambda record: {"id": record["id"], "said": text_of(record, "text")}


def run(lines: list[bytes], processes: int = 1) -> list[Record]:
    out = io.BytesIO()
    run_filter(Work(echo), lines, out, processes=processes)  # type: ignore[arg-type]
    return [json.loads(line) for line in out.getvalue().splitlines()]


BAD = {
    "no JSON": (b"{", "no JSON: at line 2, column 2"),
    "not an object": (b"[1]", "no object {…}"),
    "not UTF-8": (b'{"id": "\xff"}', "not UTF-8"),
    "NaN": (b'{"id": NaN}', "NaN"),
    "a text that is none": (b'{"id": 1, "text": 5}', "`text` is no text"),
    "a text that is missing": (b'{"id": 1}', "`text` is missing"),
    "a number too large to write again": (b'{"id": 1, "text": "a", "x": -1e999}', "-1e999 is too large"),
    "a number of ten thousand digits": (b'{"id": 1, "x": ' + b"9" * 10_000 + b"}", "too many digits"),
    "nested without end": (b'{"id":' + b"[" * 200_000, "too deeply"),
}


@pytest.mark.parametrize(("line", "words"), BAD.values(), ids=BAD.keys())
def test_a_bad_line_gives_an_error_object_and_the_run_goes_on(line: bytes, words: str) -> None:
    answers = run([b'{"id": 1, "text": "a"}', line, b'{"id": 3, "text": "c"}'])
    assert [answers[0]["said"], answers[2]["said"]] == ["a", "c"]
    assert words in answers[1]["error"]
    assert answers[1]["line"] == 2


def test_an_error_object_carries_the_id_where_it_can_be_read() -> None:
    assert run([b'{"id": "x7", "text": null}'])[0]["id"] == "x7"


def test_an_empty_line_is_no_record() -> None:
    assert len(run([b"\n", b'{"id": 1, "text": "a"}\n', b"  \n"])) == 1


def test_several_processes_answer_in_the_order_of_the_lines() -> None:
    lines = [json.dumps({"id": n, "text": str(n)}).encode() for n in range(700)]
    assert [a["id"] for a in run(lines, processes=2)] == list(range(700))


def test_a_broken_surrogate_comes_out_as_a_replacement_character() -> None:
    assert run([rb'{"id": 1, "text": "a\ud800b"}'])[0]["said"] == "a\ufffdb"


def test_a_surrogate_pair_stays_the_character_it_is() -> None:
    assert text_of({"text": "\U0001f600"}, "text") == "\U0001f600"


def test_a_broken_surrogate_in_an_id_does_not_end_the_run_of_grouping() -> None:
    out = io.BytesIO()
    run_filter(Work(make), [rb'{"id": "a\ud800", "text": "b"}'], out)
    assert json.loads(out.getvalue())["id"] == "a\ufffd"


def test_an_article_dated_years_ahead_does_not_part_all_others_from_what_they_copy() -> None:
    text = (
        "Nước sông Ba dâng nhanh làm 1.240 căn nhà ở xã Ia Rsai bị ngập, hàng trăm hộ dân sơ tán trong đêm."
    )
    told = [("a", text, "2026-11-14"), ("b", "Hội chợ nông sản.", "2090-01-01"), ("c", text, "2026-11-15")]
    lines = [json.dumps({"id": i, "text": t, "published": f"{day}T01:00:00Z"}).encode() for i, t, day in told]
    out = io.BytesIO()
    run_filter(Work(make), lines, out)
    answers = {answer["id"]: answer for answer in map(json.loads, out.getvalue().splitlines())}
    assert answers["c"]["copy_of"] == "a"
    assert "lies in the future" in answers["b"]["notes"][0]


def test_a_fault_at_the_end_of_a_line_is_told_on_that_line() -> None:
    with pytest.raises(BadRecordError, match="at line 7, column"):
        read_record(b'{"id": "a", "title": \n', 7)


def test_the_byte_order_mark_windows_puts_first_is_no_fault() -> None:
    assert run([b'\xef\xbb\xbf{"id": 1, "text": "a"}'])[0]["said"] == "a"


@pytest.mark.parametrize("depth", [100, 900, 960, 980, 990, 995, 1000, 5000])
def test_what_can_be_read_can_be_written_again(depth: int) -> None:
    line = b'{"id": 1, "text": "a", "x": ' + b"[" * depth + b"]" * depth + b"}"
    out = io.BytesIO()
    tally = run_filter(Work(lambda: lambda record: record), [line, b'{"id": 2}'], out)
    assert tally.good + tally.bad == len(out.getvalue().splitlines()) == 2


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_a_bad_record(line: bytes) -> None:
    try:
        record: object = read_record(line)
    except BadRecordError as fault:
        record = {"words": str(fault)}
    assert isinstance(record, dict)
    assert record.get("words") != ""
