"""Frozen values <-> JSON text, strictly: the one place that decides how a structured value lies in a column.

A key that is missing or unknown is an error that names it, never a guess: when a noun changes its shape, a
migration has to say what old rows mean.
"""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from store.errors import CodecError

T = TypeVar("T")

_PLAIN = frozenset({str, int, float, bool, types.NoneType})
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_Decoder = Callable[[Any], Any]


def to_text(value: object) -> str:
    """Write a value as JSON text that both databases can hold.

    Args:
        value: a frozen dataclass, tuple, enum, aware time, date, or plain JSON value; nested at will.

    Raises:
        CodecError: for bytes, sets and other values that have no JSON form, and for a time without zone.

    """
    text = json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))
    # UTF-8 has no lone surrogates; JSON's own escape keeps them exactly
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def from_text(kind: type[T], text: str) -> T:
    """Read what `to_text` wrote.

    Args:
        kind: the type wanted: a dataclass or a form such as `tuple[str, ...]`.
        text: the JSON text of the column.

    Raises:
        CodecError: when the text is no JSON or has not exactly the keys and types of `kind`.

    """
    try:
        loaded = json.loads(text)
    except ValueError as error:
        raise CodecError(f"a stored {_name(kind)} is not JSON ({error}): {text[:80]!r}") from error
    return from_json(kind, loaded)


def to_json(value: object) -> object:
    """A value as what `json` can write; see `to_text`."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {name: to_json(getattr(value, name)) for name in _field_names(typing.cast("Any", type(value)))}
    return _moment_to_json(value)


def from_json(kind: type[T], value: object) -> T:
    """A value of `kind` from what `json` read; see `from_text`."""
    decoded: T = _decoder(typing.cast("Any", kind))(value)
    return decoded


def _moment_to_json(value: object) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise CodecError(f"a time without a zone cannot be stored: {value.isoformat()}")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise CodecError(f"a {type(value).__name__} has no JSON form: {value!r:.80}")


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind) if field.init)


@cache
def _decoder(kind: Any) -> _Decoder:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _decode_optional(kind)
    if origin is tuple:
        return _decode_tuple(kind)
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(typing.cast("type[Any]", kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _decode_enum(kind)
    if kind in (datetime, date):
        return _decode_moment(kind)
    if kind in _PLAIN:
        return _decode_plain(kind)
    raise CodecError(f"the codec knows no {kind!r}")


def _decode_plain(kind: type[Any]) -> _Decoder:
    allowed = {float, int} if kind is float else {kind}

    def decode(value: Any) -> Any:
        if type(value) not in allowed:
            raise CodecError(f"expected {kind.__name__}, found {value!r:.80}")
        return value

    return decode


def _decode_enum(kind: type[Enum]) -> _Decoder:
    def decode(value: Any) -> Any:
        try:
            return kind(value)
        except ValueError as error:
            raise CodecError(f"{value!r:.80} is no {kind.__name__}") from error

    return decode


def _decode_moment(kind: Any) -> _Decoder:
    def decode(value: Any) -> Any:
        try:
            moment = kind.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise CodecError(f"{value!r:.80} is no {kind.__name__}") from error
        return moment

    return decode


def _decode_optional(kind: Any) -> _Decoder:
    inner = [_decoder(each) for each in typing.get_args(kind) if each is not types.NoneType]
    if len(inner) != 1:
        raise CodecError(f"the codec knows no {kind!r}")
    decode_inner = inner[0]
    return lambda value: None if value is None else decode_inner(value)


def _decode_tuple(kind: Any) -> _Decoder:
    parts = typing.get_args(kind)
    endless = len(parts) == 2 and parts[1] is Ellipsis
    decoders = [_decoder(parts[0])] if endless else [_decoder(part) for part in parts]

    def decode(value: Any) -> Any:
        if not isinstance(value, list):
            raise CodecError(f"expected a list, found {value!r:.80}")
        if endless:
            return tuple(map(decoders[0], value))
        if len(value) != len(decoders):
            raise CodecError(f"expected a list of {len(decoders)}, found {value!r:.80}")
        return tuple(each(item) for each, item in zip(decoders, value, strict=True))

    return decode


def _decode_dataclass(kind: type[Any]) -> _Decoder:
    hints = typing.get_type_hints(kind)
    decoders = {name: _decoder(hints[name]) for name in _field_names(typing.cast("Any", kind))}

    def decode(value: Any) -> Any:
        if not isinstance(value, dict) or value.keys() != decoders.keys():
            raise CodecError(_key_fault(kind, value, decoders))
        arguments = {}
        for name, decode_field in decoders.items():
            try:
                arguments[name] = decode_field(value[name])
            except CodecError as error:
                raise CodecError(f"{kind.__name__}.{name}: {error}") from error
        return kind(**arguments)

    return decode


def _key_fault(kind: type[Any], value: object, decoders: dict[str, _Decoder]) -> str:
    if not isinstance(value, dict):
        return f"expected a {kind.__name__}, found {value!r:.80}"
    missing = ", ".join(sorted(decoders.keys() - value.keys())) or "none"
    unknown = ", ".join(sorted(map(str, value.keys() - decoders.keys()))) or "none"
    return (
        f"a stored {kind.__name__} has other keys than here (missing: {missing}; unknown: {unknown});"
        " another version wrote it: run that version, or the upgrade that converts it"
    )


def _name(kind: object) -> str:
    return getattr(kind, "__name__", str(kind))
