"""JSON Lines as a stream: one object a line; a bad line answers with an `error` object, the run goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import isfinite
from typing import IO, Any

from config.faults import in_english
from desk.json_faults import explain_json
from store.types import Note

_t = in_english
Record = dict[str, Any]
MAX_LINE_BYTES = 64 * 1024 * 1024  # a page is at most a few MB; a longer line is not a page


class BadRecordError(ValueError):
    """A record that cannot be used; `note` says what is wrong in words of the catalogue, str() in English."""

    def __init__(self, msgid: str, **values: object) -> None:
        """`msgid`: of the catalogue, with the names of `values` in braces."""
        self.note = Note(msgid, tuple((name, str(value)) for name, value in values.items()))
        super().__init__(self.note.english)

    @classmethod
    def of(cls, note: Note) -> BadRecordError:
        """From words that are made already."""
        return cls(note.msgid, **dict(note.values))


class ErrorRecord(dict[str, Any]):
    """The answer to a bad line; `note` is its `error` in words of the catalogue, for people."""

    note: Note


@dataclass(slots=True)
class Tally:
    """How many lines went well and how many did not."""

    good: int = 0
    bad: int = 0
    first_bad: tuple[int, Note] | None = None  # the number of the line, and what is wrong


def read_record(line: bytes, number: int = 1) -> Record:
    """One line, and its number in its file -> its object.

    Raises:
        BadRecordError: not UTF-8, not JSON, or not an object.

    """
    if len(line) > MAX_LINE_BYTES:
        raise BadRecordError(_t("The line is longer than {most} MiB."), most=MAX_LINE_BYTES >> 20)
    try:
        # Windows puts a byte order mark before a file's first line
        text = line.decode("utf-8-sig").rstrip("\r\n")  # what ends with the line is missing on it
        record = json.loads(text, parse_constant=_refuse_constant, parse_float=_read_float)
    except UnicodeDecodeError as fault:
        raise BadRecordError(
            _t("It is not UTF-8 from byte {byte} of the line on. Save the file as UTF-8."),
            byte=fault.start + 1,
        ) from fault
    except BadRecordError:
        raise
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits is a plain ValueError
        raise BadRecordError.of(explain_json(fault, first_line=number)) from fault
    if not isinstance(record, dict):
        raise BadRecordError(_t("It is no object {{…}}. Write one object a line."))
    return record


def _refuse_constant(name: str) -> None:
    """NaN and Infinity are no JSON (RFC 8259), though Python reads them."""
    raise BadRecordError(_t("It is no JSON: {name} is no number. Write null."), name=name)


def _read_float(written: str) -> float:
    """A number too large to be one ("1e999") would be read as infinite, and could not be written again."""
    number = float(written)
    if not isfinite(number):
        raise BadRecordError(
            _t("It is no JSON that can be passed on: the number {number} is too large."), number=written[:40]
        )
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
        raise BadRecordError(_t("`{key}` is missing"), key=key)
    if not isinstance(value, str):
        raise BadRecordError(_t("`{key}` is no text. Write it in double quotes."), key=key)
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
        raise BadRecordError(_t("`id` is missing or neither text nor a whole number"))
    return clean(value) if isinstance(value, str) else value


def error_of(line: bytes, number: int, fault: BadRecordError) -> Record:
    """The answer to a bad line: its number, what is wrong, and its `id` where one can be read."""
    identity: str | int | None = None
    with suppress(BadRecordError):  # then there is none to give
        identity = identity_of(read_record(line))
    answer = ErrorRecord(id=identity, error=str(fault), line=number)
    answer.note = fault.note
    return answer


def answer_line(work: Callable[[Record], Record], line: bytes, number: int) -> tuple[Record, bool]:
    """One line through one filter -> the answer and whether the line was good."""
    try:
        return work(read_record(line, number)), True
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
    if tally.first_bad is None:
        note = answer.note if isinstance(answer, ErrorRecord) else Note("{error}", (("error", str(answer)),))
        tally.first_bad = number, note
