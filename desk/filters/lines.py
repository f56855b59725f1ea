"""JSON Lines as a stream: one object a line; a bad line answers with an `error` object, the run goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import isfinite
from typing import IO, Any

Record = dict[str, Any]
MAX_LINE_BYTES = 64 * 1024 * 1024  # a page is at most a few MB; a longer line is not a page


class BadRecordError(ValueError):
    """A record that cannot be used, with what is wrong in words."""


@dataclass(slots=True)
class Tally:
    """How many lines went well and how many did not."""

    good: int = 0
    bad: int = 0
    first_bad: str = field(default="")


def read_record(line: bytes) -> Record:
    """One line -> its object.

    Raises:
        BadRecordError: not UTF-8, not JSON, or not an object.

    """
    if len(line) > MAX_LINE_BYTES:
        raise BadRecordError(f"the line is longer than {MAX_LINE_BYTES} bytes")
    try:
        text = line.decode("utf-8-sig")  # Windows puts a byte order mark before a file's first line
        record = json.loads(text, parse_constant=_refuse_constant, parse_float=_read_float)
    except UnicodeDecodeError as fault:
        raise BadRecordError(f"not UTF-8: byte {fault.start} of the line") from fault
    except BadRecordError:
        raise
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits is a plain ValueError
        raise BadRecordError(f"not JSON: {fault}") from fault
    if not isinstance(record, dict):
        raise BadRecordError(f"not an object but {type(record).__name__}")
    return record


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON (RFC 8259), though Python reads them."""
    raise BadRecordError(f"not JSON: {name}")


def _read_float(written: str) -> float:
    """A number too large to be one ("1e999") would be read as infinite, and could not be written again."""
    number = float(written)
    if not isfinite(number):
        raise BadRecordError(f"not JSON that can be passed on: the number {written:.40} is too large")
    return number


def text_of(record: Record, key: str, *, default: str | None = None) -> str:
    """A text field of a record; JSON's null counts as absent.

    Raises:
        BadRecordError: when it is missing (and no default is given) or no text.

    """
    value = record.get(key)
    if value is None and default is not None:
        return default
    if value is None:
        raise BadRecordError(f"`{key}` is missing")
    if not isinstance(value, str):
        raise BadRecordError(f"`{key}` is {type(value).__name__}, not text")
    return clean(value)


def clean(value: str) -> str:
    """Lone surrogates (from broken escapes) become U+FFFD, one for one, so that the output is UTF-8."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def identity_of(record: Record) -> str | int:
    """The record's `id`, lone surrogates replaced: a story's id is made of its bytes.

    Raises:
        BadRecordError: when it is missing or neither text nor a whole number.

    """
    value = record.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadRecordError("`id` is missing or neither text nor a whole number")
    return clean(value) if isinstance(value, str) else value


def error_of(line: bytes, number: int, fault: BadRecordError) -> Record:
    """The answer to a bad line: its number, what is wrong, and its `id` where one can be read."""
    answer: Record = {"error": str(fault), "line": number}
    try:
        answer = {"id": identity_of(read_record(line)), **answer}
    except BadRecordError:
        answer = {"id": None, **answer}
    return answer


def answer_line(work: Callable[[Record], Record], line: bytes, number: int) -> tuple[Record, bool]:
    """One line through one filter -> the answer and whether the line was good."""
    try:
        return work(read_record(line)), True
    except BadRecordError as fault:
        return error_of(line, number, fault), False


def pass_on(record: Record, known: frozenset[str], answer: Record) -> Record:
    """The answer with the record's unknown keys passed through; the answer's own keys win."""
    return {**{k: v for k, v in record.items() if k not in known}, **answer}


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers from 1, empty lines left out (a last newline is no record)."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, line


def write_record(out: IO[bytes], record: Record) -> None:
    """One object, one line of UTF-8, flushed: a pipe's reader gets it at once."""
    line = json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n"
    out.write(line.encode("utf-8", "replace"))
    out.flush()


def count(tally: Tally, *, good: bool, number: int, answer: Record) -> None:
    """Keep the tally of one line."""
    if good:
        tally.good += 1
        return
    tally.bad += 1
    tally.first_bad = tally.first_bad or f"line {number}: {answer['error']}"
